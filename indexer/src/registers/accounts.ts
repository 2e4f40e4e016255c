import { z } from 'zod'
import { insertRows } from '../database/bulk.ts'
import type { Database } from '../database/open.ts'
import { dateField, hashField, Patterns, textField } from '../text/fields.ts'
import { conflict, newRows } from './merge.ts'

/** Billing accounts, the references by which bindings name them, and the card that each is charged to. */
export const ACCOUNT_COLUMNS = [
  ...['billing_account', 'billing_ref', 'liable_party_ref', 'book_entity', 'rail', 'card_ref_type', 'card_ref'],
  ...['card_seq', 'par', 'consent_ref', 'initial_network_ref', 'merchant_id', 'mcc', 'descriptor'],
  ...['descriptor_kana', 'valid_from'],
] as const

const optionalReference = z.union(
  [z.literal(''), textField(Patterns.reference, 'a reference')],
  'expected nothing, or 1 to 64 letters, digits and . _ : / - that are no card number',
)

export const accountRow = z
  .strictObject({
    billing_account: textField(Patterns.account, 'expected 1 to 32 letters, digits and . _ : / -'),
    billing_ref: hashField,
    liable_party_ref: hashField,
    book_entity: textField(Patterns.entity, 'expected 1 to 32 letters, digits and . _ -'),
    rail: z.enum(['ISSUER', 'PSP'], 'expected ISSUER or PSP'),
    card_ref_type: z.enum(['', 'PSP_TOKEN', 'MEMBER_ID'], 'expected PSP_TOKEN, MEMBER_ID or nothing'),
    card_ref: optionalReference,
    card_seq: z.string().regex(Patterns.cardSequence, 'expected at most 4 digits'),
    par: z.string().regex(Patterns.par, 'expected nothing, or 29 capital letters and digits'),
    consent_ref: optionalReference,
    initial_network_ref: optionalReference,
    merchant_id: z.union(
      [z.literal(''), textField(Patterns.merchantId, '')],
      'expected at most 15 letters and digits, no card number',
    ),
    mcc: z.string().regex(Patterns.mcc, 'expected 4 digits'),
    descriptor: textField(Patterns.descriptor, 'expected 1 to 22 ASCII characters'),
    descriptor_kana: textField(Patterns.descriptorKana, 'expected half-width kana, or nothing'),
    valid_from: dateField,
  })
  .refine((row) => (row.card_ref === '') === (row.card_ref_type === ''), {
    path: ['card_ref_type'],
    error: 'expected together with card_ref, or neither',
  })
  .refine((row) => (row.rail === 'PSP') === (row.merchant_id !== ''), {
    path: ['merchant_id'],
    error: 'expected for the rail PSP alone: it is the book entity’s own acquirer account',
  })
export type AccountRow = z.output<typeof accountRow>

/** Adds rows to the register; answers how many were new. */
export async function registerAccounts(db: Database, rows: readonly AccountRow[], seq: bigint): Promise<number> {
  const addedReferences = await registerReferences(db, rows, seq)
  const known = (await db.selectFrom('account').selectAll().execute()).map(({ journal_seq: _, ...row }) => row)
  const given = rows.map(({ billing_ref: _, ...row }) => ({ ...row, card_ref_type: row.card_ref_type }))
  const added = newRows(given, known, (row) => `${row.billing_account} from ${row.valid_from}`)
  refuseSecondParty([...known, ...added])
  await insertRows(
    db,
    'account',
    added.map((row) => ({ ...row, journal_seq: seq })),
  )
  return Math.max(added.length, addedReferences)
}

/** A reference names one account of one party for ever; its date is that of the first row that has it. */
async function registerReferences(db: Database, rows: readonly AccountRow[], seq: bigint): Promise<number> {
  const known = await db
    .selectFrom('billing_reference')
    .select(['billing_ref', 'billing_account', 'liable_party_ref'])
    .execute()
  const given = rows.map(({ billing_ref, billing_account, liable_party_ref }) => ({
    billing_ref,
    billing_account,
    liable_party_ref,
  }))
  const added = newRows(given, known, (row) => row.billing_ref)
  const startOf = (ref: string): string =>
    rows.reduce(
      (first, row) => (row.billing_ref === ref && row.valid_from < first ? row.valid_from : first),
      '9999-12-31',
    )
  await insertRows(
    db,
    'billing_reference',
    added.map((row) => ({ ...row, valid_from: startOf(row.billing_ref), journal_seq: seq })),
  )
  return added.length
}

function refuseSecondParty(rows: readonly { billing_account: string; liable_party_ref: string }[]): void {
  const owners = new Map<string, string>()
  for (const row of rows) {
    const party = owners.get(row.billing_account) ?? row.liable_party_ref
    if (party !== row.liable_party_ref) throw conflict(`${row.billing_account}, column liable_party_ref`)
    owners.set(row.billing_account, party)
  }
}
