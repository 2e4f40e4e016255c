import type { OnProgress } from '@musubi/cli'
import { ProgramError } from '@musubi/cli'
import { Agreement, createSignatureVerifier, History, loadFastestBackend } from '@musubi/sdk'
import { getAddress } from 'viem'
import { z } from 'zod'
import { insertRows } from '../database/bulk.ts'
import type { Database } from '../database/open.ts'
import type { Json } from '../hash.ts'
import { type ChannelHistory, HistoryReader, type Place } from './ChannelHistory.ts'
import { badHistory } from './errors.ts'

export const importedReceipts = z.strictObject({ lines: z.array(z.string()).min(1) })

/** Proves a receipts file and adds what is new in it. The same content again changes nothing; other content is refused. */
export async function importReceipts(
  db: Database,
  content: Json,
  seq: bigint,
  onProgress: OnProgress,
): Promise<{ changed: boolean; result: Json }> {
  const { lines } = importedReceipts.parse(content)
  const histories = readHistories(lines, await loadPlaces(db), onProgress)
  let receipts = 0
  let vouchers = 0
  for (const history of histories) {
    await addAgreements(db, history, seq)
    receipts += await addReceipts(db, history, seq)
    vouchers += await addVoucher(db, history, seq)
  }
  return { changed: receipts + vouchers > 0, result: { channels: histories.length, receipts, vouchers } }
}

/** By chain, what a history is checked against: the deployment that the books follow. */
async function loadPlaces(db: Database): Promise<ReadonlyMap<number, Place>> {
  const chains = await db.selectFrom('chain').selectAll().execute()
  const backend = await loadFastestBackend()
  return new Map(
    chains.map((chain) => [
      Number(chain.chain_id),
      {
        chainId: Number(chain.chain_id),
        registry: getAddress(chain.registry),
        escrow: getAddress(chain.escrow),
        verifier: createSignatureVerifier({ backend, p256Verifier: getAddress(chain.p256_verifier) }),
      },
    ]),
  )
}

function readHistories(
  lines: readonly string[],
  places: ReadonlyMap<number, Place>,
  onProgress: OnProgress,
): readonly ChannelHistory[] {
  const histories: ChannelHistory[] = []
  let reader: HistoryReader | undefined
  lines.forEach((text, index) => {
    const number = index + 1
    const line = parseLine(text, number)
    if (line.kind === 'channel') {
      if (reader !== undefined) throw badHistory(number, 'the next channel', 'the newest voucher of the one before')
      const place = places.get(line.chainId)
      if (place === undefined) {
        throw badHistory(
          number,
          `chain ${String(line.chainId)}`,
          'a chain that was read; run `musubi-indexer sync` first',
        )
      }
      reader = new HistoryReader(line, number, place)
    } else if (reader === undefined) throw badHistory(number, `a line of kind ${line.kind}`, 'a channel first')
    else if (line.kind === 'agreement') reader.agreement(line, number)
    else if (line.kind === 'receipt') reader.receipt(line, number)
    else {
      histories.push(reader.finish(line, number))
      reader = undefined
    }
    onProgress(number, lines.length)
  })
  if (reader !== undefined)
    throw badHistory(lines.length, 'the end of the file', 'the newest voucher of the last channel')
  return histories
}

function parseLine(text: string, number: number): History.Line {
  try {
    return History.parse(text, number)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const cut = { given: text.slice(0, 80), expected: error.message }
    throw badHistory(number, cut.given, cut.expected, error)
  }
}

async function addAgreements(db: Database, history: ChannelHistory, seq: bigint): Promise<void> {
  const rows = history.agreements.map(({ agreement, tariff, payerSignature, payeeSignature }) => ({
    agreement_hash: Agreement.hash(agreement),
    payer: agreement.payer,
    payee: agreement.payee,
    valid_from: BigInt(agreement.validFrom),
    valid_until: BigInt(agreement.validUntil),
    salt: agreement.salt,
    tariff_hash: agreement.tariffHash,
    token: tariff.token.toLowerCase(),
    currency: tariff.currency,
    unit: tariff.unit,
    price_per_unit: tariff.pricePerUnit,
    tax_category: tariff.taxCategory,
    tax_rate_bp: tariff.taxRateBp,
    merchant_ref: tariff.merchantRef,
    payer_signature: payerSignature,
    payee_signature: payeeSignature,
    journal_seq: seq,
  }))
  if (rows.length === 0) return
  // The hash covers agreement and tariff, so a known hash is a known agreement.
  await db
    .insertInto('agreement')
    .values(rows)
    .onConflict((conflict) => conflict.column('agreement_hash').doNothing())
    .execute()
}

async function addReceipts(db: Database, { channelId, receipts }: ChannelHistory, seq: bigint): Promise<number> {
  const known = await db.selectFrom('receipt').select(['version', 'root']).where('channel_id', '=', channelId).execute()
  const roots = new Map(known.map((row) => [row.version, row.root]))
  const added = receipts.filter((receipt) => {
    const root = roots.get(receipt.version)
    // The root covers the receipt and every one before it.
    if (root !== undefined && root !== receipt.root) throw conflict(channelId, receipt.version)
    return root === undefined
  })
  const newestKnown = known.reduce((newest, row) => (row.version > newest ? row.version : newest), 0n)
  const first = added[0]
  // New receipts follow all known ones: a version in between would be a second history of the same channel.
  if (first !== undefined && first.version < newestKnown) throw conflict(channelId, first.version)
  await insertRows(
    db,
    'receipt',
    added.map((receipt) => ({
      channel_id: channelId,
      version: receipt.version,
      amount: receipt.amount,
      cumulative_amount: receipt.cumulativeAmount,
      agreement_hash: receipt.agreementHash,
      item_hash: receipt.itemHash,
      root: receipt.root,
      at_seconds: BigInt(receipt.timestamp),
      journal_seq: seq,
    })),
  )
  return added.length
}

async function addVoucher(db: Database, { channelId, voucher }: ChannelHistory, seq: bigint): Promise<number> {
  const known = await db
    .selectFrom('voucher')
    .select(['version', 'signature'])
    .where('channel_id', '=', channelId)
    .where('version', '=', voucher.version)
    .executeTakeFirst()
  if (known !== undefined) return 0
  await insertRows(db, 'voucher', [
    {
      channel_id: channelId,
      version: voucher.version,
      cumulative_amount: voucher.cumulativeAmount,
      receipts_root: voucher.receiptsRoot,
      signature: voucher.signature,
      journal_seq: seq,
    },
  ])
  return 1
}

function conflict(channelId: string, version: bigint): ProgramError {
  return new ProgramError(
    'Receipts.ContentConflictError',
    'Another history of the channel is known (CONTENT_CONFLICT).',
    {
      given: `channel ${channelId}, version ${String(version)}`,
      expected: 'the receipts that were imported before, and later ones',
      next: 'Nothing of the file was imported; ask the payee which of its histories is right.',
    },
  )
}
