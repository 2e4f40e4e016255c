import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ChainProcess } from './ChainProcess.ts'
import type { Devices } from './Devices.ts'
import type { Programs } from './Programs.ts'
import type { Registers } from './registers.ts'

/** What the billing team ends up with. */
export type Bill = {
  readonly charges: string | undefined
  readonly statements: string | undefined
  readonly manifest: string
  readonly billedYen: string
  readonly prepaidYen: string
  readonly carryE18: string
  readonly carryKeys: number
  readonly verified: boolean
  readonly span: Span
}

const CYCLE = 'DEMO-1'
/** Commands of which the first word alone says too little. */
const COMMAND_WORDS: Readonly<Record<string, number>> = { register: 2, import: 2, cycle: 2, keys: 2 }

/** Takes finalized settlements to a sealed, verified card-billing file, by the indexer's own command line. */
export async function bill({
  root,
  folder,
  programs,
  chain,
  deployment,
  devices,
  registers,
  span,
  onStep,
}: bill.Options): Promise<Bill> {
  const paths = { books: join(folder, 'books'), delivery: join(folder, 'billing'), receipts: join(folder, 'receipts') }
  for (const path of Object.values(paths)) await mkdir(path, { recursive: true })
  const key = join(folder, 'signing-key.pem')
  const indexer = (what: string, ...args: string[]): Promise<Record<string, unknown>> => {
    onStep(`${what} (musubi-indexer ${args.slice(0, COMMAND_WORDS[args[0] ?? ''] ?? 1).join(' ')})`)
    return programs.runJson(join(root, 'indexer', 'dist', 'cli.js'), {
      args: [...args, '--data', paths.books, '--json'],
    })
  }

  await indexer('who advances the money', 'register', 'funders', registers.funders)
  await indexer('who pays, by which card', 'register', 'accounts', registers.accounts)
  await indexer('who was paid', 'register', 'merchants', registers.merchants)
  await indexer('booking what the chain has finalized', 'sync', '--deployment', deployment, '--rpc-url', chain.url)
  const histories = await exportReceipts(devices, paths.receipts)
  await indexer('reading signed receipts', 'import', 'receipts', ...histories)
  const bounds = ['--from', span.from, '--cut-off', span.cutOff, '--grace', 'PT0S']
  await indexer('opening the billing cycle', 'cycle', 'open', CYCLE, ...bounds)
  await indexer('freezing it: what comes later waits', 'cycle', 'freeze', CYCLE)
  await indexer('making lines of whole yen', 'seal', CYCLE)
  await indexer('making a key to sign the files with', 'keys', 'new', '--out', key)
  const files = ['--out', paths.delivery, '--signing-key', key]
  const exported = await indexer('writing the billing files', 'export', CYCLE, ...files)
  const proof = ['--public-key', `${key}.pub`]
  const { verified } = await indexer('checking them as their reader does', 'verify', paths.delivery, ...proof)
  return {
    charges: textOf(exported['charges']),
    statements: textOf(exported['statements']),
    manifest: String(exported['manifest']),
    billedYen: String(exported['billedYen']),
    prepaidYen: String(exported['prepaidYen']),
    carryE18: String(exported['carryE18']),
    carryKeys: Number(exported['carryKeys']),
    verified: verified === true,
    span,
  }
}
export declare namespace bill {
  type Options = {
    readonly root: string
    readonly folder: string
    readonly programs: Programs
    readonly chain: ChainProcess
    /** Path of the deployment file. */
    readonly deployment: string
    readonly devices: Devices
    readonly registers: Registers
    readonly span: Span
    readonly onStep: (step: string) => void
  }
}

/** A billing cycle: ISO dates in Tokyo. */
export type Span = { readonly from: string; readonly cutOff: string }

const TOKYO_OFFSET_SECONDS = 9 * 3600

/** The cycle that holds everything up to `untilSeconds`: cut off on the 16th or the 1st, whichever comes first. */
export function spanOf(fromSeconds: number, untilSeconds: number): Span {
  const until = new Date((untilSeconds + TOKYO_OFFSET_SECONDS) * 1000)
  const [year, month] = [until.getUTCFullYear(), until.getUTCMonth()]
  const cutOff = until.getUTCDate() < 16 ? Date.UTC(year, month, 16) : Date.UTC(year, month + 1, 1)
  return { from: dateOf((fromSeconds + TOKYO_OFFSET_SECONDS) * 1000), cutOff: dateOf(cutOff) }
}

function dateOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10)
}

async function exportReceipts(devices: Devices, folder: string): Promise<string[]> {
  const paths: string[] = []
  for (const name of devices.stationNames) {
    const { process } = await devices.station(name)
    const { path } = await process.ask({ type: 'export', path: join(folder, `${name}.jsonl`) }, 'exported')
    paths.push(path)
  }
  return paths
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
