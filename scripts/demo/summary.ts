import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import Table from 'cli-table3'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { Bill } from './billing.ts'
import type { ChainKind } from './ChainProcess.ts'
import type { Figures } from './Figures.ts'
import type { Party } from './identities.ts'
import { counted, kWh, plural, yen } from './numbers.ts'
import { plainTable } from './tables.ts'

/** The tariff is 0.03153 yen for a Wh: with these, no amount is cut. */
const YEN_DECIMALS = 5
const wholeNumber = z.string().regex(/^\d+$/).transform(BigInt)
const line = z.object({
  record_type: z.string(),
  liable_party_ref: z.string(),
  billing_account: z.string(),
  card_ref: z.string(),
  period_from: z.string(),
  period_to: z.string(),
  payment_count: wholeNumber,
  amount_minor: wholeNumber,
  tax_minor: wholeNumber,
  source_atomic: wholeNumber,
  carry_out_e18: wholeNumber,
})
type Line = z.infer<typeof line>

const COLUMNS = ['liable party', 'account', 'record', 'payments', 'kWh', 'yen', 'tax', 'carry'] as const

/** The lines of both files, as a billing clerk reads them. */
export async function billTable(
  { charges, statements, span }: Pick<Bill, 'charges' | 'statements' | 'span'>,
  { parties, pricePerWh }: { parties: readonly Pick<Party, 'partyId' | 'name'>[]; pricePerWh: bigint },
): Promise<string> {
  const table = new Table({
    ...plainTable(COLUMNS),
    colAligns: ['left', 'left', 'left', 'right', 'right', 'right', 'right', 'right'],
  })
  const rows: Line[] = []
  for (const path of [charges, statements]) if (path !== undefined) rows.push(...(await readLines(path)))
  const nameOf = (row: Line): string =>
    parties.find(({ partyId }) => partyId.toLowerCase() === row.liable_party_ref.toLowerCase())?.name ?? '?'
  for (const row of rows) {
    table.push([nameOf(row), row.billing_account, row.record_type, ...amounts([row], pricePerWh)])
    table.push([{ colSpan: COLUMNS.length, content: `  ${cardAndPeriod(row)}` }])
  }
  table.push(['all', '', '', ...amounts(rows, pricePerWh)])
  const title = `Billing cycle from ${span.from}, cut off at the start of ${span.cutOff}.`
  const words = 'Amounts in yen, tax included; the carry is what each line has below one yen.'
  return `\n${title}\n${words}\n\n${table.toString()}\n`
}

/** What a person should know at the end. `kept` is the folder of everything that was kept. */
export function closingWords(
  figures: Figures,
  { chain, kept }: { chain: ChainKind; kept: string | undefined },
): string {
  const { sessions, energyWh, payments, seconds } = figures
  const lines = [
    `${plural(sessions, 'session', 'sessions')}, ${kWh(energyWh)} kWh, ${plural(payments, 'signed payment', 'signed payments')}, in ${seconds} s.`,
    '',
    moneyTable(figures),
    '',
    ...incidents(figures),
    ...(chain === 'hardhat' ? ["Hardhat's node calls its newest block final: no finality lag is shown here."] : []),
    '',
    ...(kept === undefined ? NOTHING_KEPT : whereThingsAre(kept)),
  ]
  return lines.join('\n')
}

const NOTHING_KEPT = [
  'Nothing was kept. To look at the files:  npm run demo -- --keep out',
  'The way of one payment:                  docs/ARCHITECTURE.md',
]

function moneyTable({ authorised, settled, billedYen, prepaidYen, carryE18 }: Figures): string {
  const whole = (amount: string): string => `${counted(BigInt(amount))}${' '.repeat(YEN_DECIMALS + 1)}`
  const part = (amount: string): string => yen(BigInt(amount), YEN_DECIMALS)
  const rows = [
    ['signed by the cars', part(authorised)],
    ['settled on the chain', part(settled)],
    ['  charged to cards', whole(billedYen)],
    ['  on prepaid statements', whole(prepaidYen)],
    ['  carried to the next cycle', part(carryE18)],
  ] as const
  const width = Math.max(...rows.map(([, amount]) => amount.length))
  return rows.map(([what, amount]) => `  ${what.padEnd(28)}${amount.padStart(width)} yen`).join('\n')
}

function incidents({ introductions, killedAndResumed, offlineSession }: Figures): string[] {
  return [
    `In ${plural(introductions, 'session', 'sessions')} car and station first showed each other who answers for them.`,
    killedAndResumed
      ? 'A car and a station were killed in the middle of a session, and went on.'
      : 'No session was long enough to kill a car and a station in the middle of it.',
    ...(offlineSession ? ['One session was paid for while its station could not reach the chain.'] : []),
  ]
}

function whereThingsAre(folder: string): string[] {
  const here = relative('', folder)
  const short = here === '' ? '.' : here.startsWith('..') ? folder : here
  return [
    `Everything is in ${folder}:`,
    '  billing/    charges, statements, signed manifest: what the billing team gets',
    "  books/      the indexer's database and journal",
    '  receipts/   the signed histories that the stations exported',
    "  stores/     each device's own records",
    'Look at next:',
    `  npx musubi-indexer verify ${short}/billing --public-key ${short}/signing-key.pem.pub`,
    `  npx musubi-indexer status --data ${short}/books`,
  ]
}

async function readLines(path: string): Promise<Line[]> {
  return z.array(line).parse(parse(await readFile(path, 'utf8'), { columns: true, record_delimiter: '\r\n' }))
}

/** On a line of its own: beside the amounts it would not fit into 80 columns. */
function cardAndPeriod({ card_ref: card, period_from: from, period_to: to }: Line): string {
  const reference = card === '' ? 'no card: a statement' : `card reference ${card}`
  return `${reference}, period ${from.slice(0, 10)} to ${to.slice(0, 10)}`
}

function amounts(rows: readonly Line[], pricePerWh: bigint): string[] {
  const sum = (pick: (row: Line) => bigint): bigint => rows.reduce((all, row) => all + pick(row), 0n)
  return [
    counted(sum((row) => row.payment_count)),
    kWh(sum((row) => row.source_atomic) / pricePerWh),
    counted(sum((row) => row.amount_minor)),
    counted(sum((row) => row.tax_minor)),
    yen(
      sum((row) => row.carry_out_e18),
      YEN_DECIMALS,
    ),
  ]
}
