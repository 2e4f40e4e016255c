import { readFile } from 'node:fs/promises'
import Table from 'cli-table3'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { Bill } from './billing.ts'
import type { Figures } from './Figures.ts'
import type { Party } from './identities.ts'

const line = z.object({
  record_type: z.string(),
  liable_party_ref: z.string(),
  card_ref: z.string(),
  period_from: z.string(),
  period_to: z.string(),
  payment_count: z.string(),
  amount_minor: z.string(),
  tax_minor: z.string(),
  source_atomic: z.string(),
  carry_out_e18: z.string(),
})
type Line = z.infer<typeof line>

/** The lines of both files, as a billing clerk reads them. */
export async function billTable(
  bill: Bill,
  { parties, pricePerWh }: { parties: readonly Party[]; pricePerWh: bigint },
): Promise<string> {
  const table = new Table({
    head: ['liable party', 'record', 'card reference', 'period', 'payments', 'kWh', 'yen', 'of it tax', 'carry (yen)'],
    colAligns: ['left', 'left', 'left', 'left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  })
  for (const path of [bill.charges, bill.statements]) {
    if (path === undefined) continue
    for (const row of await readLines(path)) table.push(clerkRow(row, { parties, pricePerWh }))
  }
  return table.toString()
}

/** What a person should know at the end. */
export function closingWords(figures: Figures, { kept, folder }: { kept: boolean; folder: string }): string {
  const yen = (value: bigint): string =>
    `${(value / 10n ** 18n).toString()}.${(value % 10n ** 18n).toString().padStart(18, '0').slice(0, 4)} yen`
  const lines = [
    `${figures.sessions} sessions, ${figures.energyWh} Wh, ${figures.payments} signed payments, in ${figures.seconds} s.`,
    `Signed by the cars: ${yen(BigInt(figures.authorised))}; settled on the chain: ${yen(BigInt(figures.settled))}.`,
    `Charged to cards: ${figures.billedYen} yen; on prepaid statements: ${figures.prepaidYen} yen; carried on: ${yen(BigInt(figures.carryE18))}.`,
    kept
      ? `Everything is in ${folder}: \`billing/\` has the files and their manifest, \`books/\` the database, \`stores/\` the devices' own records. Next: npx musubi-indexer status --data ${folder}/books`
      : 'Nothing was kept. Run again with `-- --keep DIR` to look at the files, then read docs/ARCHITECTURE.md for the way of one payment.',
  ]
  return lines.join('\n')
}

async function readLines(path: string): Promise<Line[]> {
  return z.array(line).parse(parse(await readFile(path, 'utf8'), { columns: true, record_delimiter: '\r\n' }))
}

function clerkRow(row: Line, { parties, pricePerWh }: { parties: readonly Party[]; pricePerWh: bigint }): string[] {
  const party = parties.find(({ partyId }) => partyId.toLowerCase() === row.liable_party_ref.toLowerCase())
  const energy = Number(BigInt(row.source_atomic) / pricePerWh) / 1000
  return [
    `${party?.name ?? row.liable_party_ref} (${party?.billingAccount ?? '?'})`,
    row.record_type,
    row.card_ref === '' ? '-' : row.card_ref,
    `${row.period_from.slice(0, 10)} to ${row.period_to.slice(0, 10)}`,
    row.payment_count,
    energy.toFixed(3),
    row.amount_minor,
    row.tax_minor,
    (Number(BigInt(row.carry_out_e18) / 10n ** 14n) / 10_000).toFixed(4),
  ]
}
