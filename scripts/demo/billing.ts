import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ChainProcess } from './ChainProcess.ts'
import { runJson } from './command.ts'
import type { Devices } from './Devices.ts'
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
}

const CYCLE = 'DEMO-1'

/** Takes finalized settlements to a sealed, verified card-billing file, by the indexer's own command line. */
export async function bill({
  root,
  folder,
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
  const indexer = (...args: string[]): Promise<Record<string, unknown>> => {
    onStep(args.slice(0, 2).join(' '))
    return runJson(join(root, 'indexer', 'dist', 'cli.js'), { args: [...args, '--data', paths.books, '--json'] })
  }

  for (const name of ['funders', 'accounts', 'merchants'] as const) await indexer('register', name, registers[name])
  await indexer('sync', '--deployment', deployment, '--rpc-url', chain.url)
  await indexer('import', 'receipts', ...(await exportReceipts(devices, paths.receipts)))
  await indexer('cycle', 'open', CYCLE, '--from', span.from, '--cut-off', span.cutOff, '--grace', 'PT0S')
  await indexer('cycle', 'freeze', CYCLE)
  await indexer('seal', CYCLE)
  await indexer('keys', 'new', '--out', key)
  const exported = await indexer('export', CYCLE, '--out', paths.delivery, '--signing-key', key)
  const { verified } = await indexer('verify', paths.delivery, '--public-key', `${key}.pub`)
  return {
    charges: textOf(exported['charges']),
    statements: textOf(exported['statements']),
    manifest: String(exported['manifest']),
    billedYen: String(exported['billedYen']),
    prepaidYen: String(exported['prepaidYen']),
    carryE18: String(exported['carryE18']),
    carryKeys: Number(exported['carryKeys']),
    verified: verified === true,
  }
}
export declare namespace bill {
  type Options = {
    readonly root: string
    readonly folder: string
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
