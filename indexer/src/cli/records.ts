import type { OnProgress } from '@musubi/cli'
import { facts, print, showing } from '@musubi/cli'
import { Argument, type Command } from 'commander'
import { parseCycle } from '../billing/Cycle.ts'
import { planFreeze } from '../billing/freeze.ts'
import type { Json } from '../hash.ts'
import type { Journal } from '../journal/Journal.ts'
import { readLines } from '../receipts/readLines.ts'
import { readRegister } from '../registers/readRegister.ts'
import { readGlobals, softwareVersion, withJournal } from './context.ts'
import { defaultCycle, REGISTERS } from './operations.ts'
import { noSuchCycle } from './noSuchCycle.ts'

type RegisterName = keyof typeof REGISTERS

export function addRegister(program: Command): void {
  program
    .command('register')
    .description('add dated rows to a register; the formats are in the indexer’s README')
    .addArgument(new Argument('<register>', 'which one').choices(Object.keys(REGISTERS)))
    .argument('<file>', 'CSV with a header, UTF-8')
    .addHelpText('after', registerHelp)
    .action(async (name: RegisterName, file: string, _: unknown, command: Command) => {
      const { schema, columns } = REGISTERS[name]
      const rows = readRegister(file, schema, columns)
      await perform(command, `register-${name}`, () => Promise.resolve([...rows]))
    })
}

function registerHelp(): string {
  const columns = Object.entries(REGISTERS).map(([name, register]) => `  ${name}: ${register.columns.join(',')}`)
  return `
Columns, in any order:
${columns.join('\n')}

A file is taken whole or not at all. A row that is registered already changes nothing; a change is a row with a later
valid_from. Card numbers are refused: give the acquirer’s token or the member id.

  musubi-indexer register accounts accounts.csv`
}

export function addImport(program: Command): void {
  program
    .command('import')
    .description('import what others keep')
    .command('receipts')
    .description('histories of channels, as payees export them (JSON lines); each file is taken whole or not at all')
    .argument('<files...>', 'files of JSON lines')
    .addHelpText('after', IMPORT_HELP)
    .action(async (files: string[], _: unknown, command: Command) => {
      const globals = readGlobals(command)
      const contents = files.map((file) => readLines(file))
      const sums = await showing('lines', globals, (onProgress) =>
        withJournal(globals, (_house, journal) => importAll(journal, contents, onProgress)),
      )
      print(globals.json, sums, () => [facts(Object.entries(sums).map(([name, value]) => [name, String(value)]))])
    })
}

const IMPORT_HELP = `
The chain has to be synced first: every line is proved against it, and by the signatures of both devices. What is known
already changes nothing.

  musubi-indexer import receipts station-1.jsonl station-2.jsonl`

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
    .addHelpText('after', OPEN_HELP)
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
    .addHelpText('after', FREEZE_HELP)
    .action(async (name: string, _: unknown, command: Command) => {
      const plan: Plan = (db) => planFreeze(db, name, BigInt(Math.floor(Date.now() / 1_000)))
      await perform(command, 'cycle-freeze', plan, ({ cycle }) => cycle === name)
    })
}

const OPEN_HELP = `
A time is a day (its first second) or as 2026-11-30T18:00:00, in the cycle’s time zone, or with an offset of its own.

  musubi-indexer cycle open 2026-11 --from 2026-11-01 --cut-off 2026-12-01 --grace PT48H`

const FREEZE_HELP = `
Cut-off and grace have to be over. What cannot be billed is held, with a code that \`musubi-indexer status\` lists, and is
looked at again at every later freeze.

  musubi-indexer cycle freeze 2026-11`

const SEAL_HELP = `
Cycles are sealed in order. Lines, amounts and files are the same for ever from then on.

  musubi-indexer seal 2026-11`

export function addSeal(program: Command): void {
  program
    .command('seal')
    .description('fix the lines of a frozen cycle for ever, and post what they request')
    .argument('[cycle]', 'a frozen cycle; the first one by default')
    .addHelpText('after', SEAL_HELP)
    .action(async (name: string | undefined, _: unknown, command: Command) => {
      const plan: Plan = async (db) => {
        const cycle = name ?? (await defaultCycle(db, 'frozen'))
        if (cycle === undefined) throw noSuchCycle('frozen')
        return { cycle, softwareVersion: softwareVersion() }
      }
      await perform(command, 'cycle-seal', plan, ({ cycle }) => name === undefined || cycle === name)
    })
}

/** What is counted while a kind of record is worked out. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ['cycle-freeze', 'settlements'],
  ['cycle-seal', 'lines'],
])

type Plan = (db: Parameters<typeof planFreeze>[0]) => Promise<Json>

/** Whether a record is what this command was going to record. */
type IsSame = (content: { readonly [field: string]: Json }) => boolean

/**
 * Records what the plan says, and prints what came of it. When the same command was killed after its record was on disk,
 * opening the journal has just finished its work, and nothing is left to do.
 */
async function perform(command: Command, kind: string, plan: Plan, isSame: IsSame = () => false): Promise<void> {
  const globals = readGlobals(command)
  const { changed, result } = await showing(UNITS.get(kind) ?? 'rows', globals, (onProgress) =>
    withJournal(globals, async ({ db }, journal) => {
      const { finished } = journal
      if (finished?.kind === kind && isSame(finished.content as { [field: string]: Json })) return finished.outcome
      return journal.perform(kind, await plan(db), onProgress)
    }),
  )
  const shown = { changed, ...(result as { [key: string]: Json }) }
  print(globals.json, shown, () => [facts(Object.entries(shown).map(([name, value]) => [name, String(value)]))])
}
