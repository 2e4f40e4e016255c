import { Argument, type Command } from 'commander'
import { parseCycle } from '../billing/Cycle.ts'
import { planFreeze } from '../billing/freeze.ts'
import type { Json } from '../hash.ts'
import type { Journal } from '../journal/Journal.ts'
import type { OnProgress } from '../progress.ts'
import { readLines } from '../receipts/readLines.ts'
import { readRegister } from '../registers/readRegister.ts'
import { readGlobals, softwareVersion, withJournal } from './context.ts'
import { defaultCycle, REGISTERS } from './operations.ts'
import { noSuchCycle } from './noSuchCycle.ts'
import { facts, print } from './output.ts'
import { showing } from './Progress.ts'

type RegisterName = keyof typeof REGISTERS

export function addRegister(program: Command): void {
  program
    .command('register')
    .description('add dated rows to a register; the formats are in the indexer’s README')
    .addArgument(new Argument('<register>', 'which one').choices(Object.keys(REGISTERS)))
    .argument('<file>', 'CSV with a header')
    .action(async (name: RegisterName, file: string, _: unknown, command: Command) => {
      const { schema, columns } = REGISTERS[name]
      const rows = readRegister(file, schema, columns)
      await perform(command, `register-${name}`, () => Promise.resolve([...rows]))
    })
}

export function addImport(program: Command): void {
  program
    .command('import')
    .description('import what others keep')
    .command('receipts')
    .description('histories of channels, as payees export them (JSON lines); each file is taken whole or not at all')
    .argument('<files...>', 'files of JSON lines')
    .action(async (files: string[], _: unknown, command: Command) => {
      const globals = readGlobals(command)
      const contents = files.map((file) => readLines(file))
      const sums = await showing('lines', globals, (onProgress) =>
        withJournal(globals, (_house, journal) => importAll(journal, contents, onProgress)),
      )
      print(globals.json, sums, () => [facts(Object.entries(sums).map(([name, value]) => [name, String(value)]))])
    })
}

async function importAll(journal: Journal, contents: readonly (readonly string[])[], onProgress: OnProgress) {
  const total = contents.reduce((sum, lines) => sum + lines.length, 0)
  const sums = { files: contents.length, channels: 0, receipts: 0, vouchers: 0, unchanged: 0 }
  let before = 0
  for (const lines of contents) {
    const watch: OnProgress = (done) => onProgress(before + done, total)
    const { changed, result } = await journal.perform('import-receipts', { lines: [...lines] }, watch)
    const counts = result as { channels: number; receipts: number; vouchers: number }
    sums.channels += counts.channels
    sums.receipts += counts.receipts
    sums.vouchers += counts.vouchers
    sums.unchanged += changed ? 0 : 1
    before += lines.length
  }
  return sums
}

export function addCycle(program: Command): void {
  const cycle = program.command('cycle').description('open and freeze billing cycles')
  cycle
    .command('open')
    .description('open a cycle; its dates are fixed from then on')
    .argument('<cycle>', 'a name of 1 to 20 capital letters, digits and hyphens')
    .requiredOption('--from <time>', 'first moment of the cycle; the cut-off of the cycle before')
    .requiredOption('--cut-off <time>', 'first moment after the cycle')
    .option('--time-zone <name>', 'in which days are counted', 'Asia/Tokyo')
    .option('--grace <duration>', 'ISO duration between cut-off and freeze', 'PT48H')
    .option('--charge-date <date>', 'day whose card is charged; the day after the cut-off by default')
    .action(async (name: string, options: Omit<parseCycle.Options, 'cycle'>, command: Command) => {
      const content = parseCycle({ ...options, cycle: name })
      await perform(command, 'cycle-open', () => Promise.resolve(content))
    })
  cycle
    .command('freeze')
    .description(
      'take every settlement before the cut-off into the cycle, as of the last finalized block that was read',
    )
    .argument('<cycle>', 'an open cycle')
    .action(async (name: string, _: unknown, command: Command) => {
      await perform(command, 'cycle-freeze', (db) => planFreeze(db, name, BigInt(Math.floor(Date.now() / 1_000))))
    })
}

export function addSeal(program: Command): void {
  program
    .command('seal')
    .description('fix the lines of a frozen cycle for ever, and post what they request')
    .argument('[cycle]', 'a frozen cycle; the first one by default')
    .action(async (name: string | undefined, _: unknown, command: Command) => {
      await perform(command, 'cycle-seal', async (db) => {
        const cycle = name ?? (await defaultCycle(db, 'frozen'))
        if (cycle === undefined) throw noSuchCycle('frozen')
        return { cycle, softwareVersion: softwareVersion() }
      })
    })
}

/** What is counted while a kind of record is worked out. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ['cycle-freeze', 'settlements'],
  ['cycle-seal', 'lines'],
])

type Plan = (db: Parameters<typeof planFreeze>[0]) => Promise<Json>

/** Records what the plan says, and prints what came of it. */
async function perform(command: Command, kind: string, plan: Plan): Promise<void> {
  const globals = readGlobals(command)
  const { changed, result } = await showing(UNITS.get(kind) ?? 'rows', globals, (onProgress) =>
    withJournal(globals, async ({ db }, journal) => journal.perform(kind, await plan(db), onProgress)),
  )
  const shown = { changed, ...(result as { [key: string]: Json }) }
  print(globals.json, shown, () => [facts(Object.entries(shown).map(([name, value]) => [name, String(value)]))])
}
