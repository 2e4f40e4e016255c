import { createHash } from 'node:crypto'
import { YEN, named } from './cast.ts'

/** The word in which `VoucherSettled` and `ChannelClosed` carry their totals: 8, 12 and 12 bytes from the highest down. */
export function totalsVectors() {
  return [
    { settled: 1n, cumulativeAmount: 2n, version: 3n },
    { settled: 5n * YEN + 31n, cumulativeAmount: 5n * YEN + 31n, version: 1_000n },
    { settled: 7n * YEN, cumulativeAmount: 2n ** 96n - 1n, version: 2n ** 64n - 1n },
  ].map((totals) => ({ ...totals, word: wordOf(totals) }))
}

/** Names and hashes of a billing file's lines: what a line, its carry key and its content are called. */
export function lineVectors() {
  return [
    lineVector({ cycle: '2026-11', amount: '315', carryIn: '0', kana: 'ﾑｽﾋﾞ', payee: 'Harbour Charging' }),
    // Text that JSON escapes, or might: quotes, a backslash, letters beyond ASCII.
    lineVector({ cycle: '2026-12', amount: '316', carryIn: '7', kana: '', payee: 'Café "結び" \\ 充電' }),
  ]
}

/** Merkle roots of one, two, three and five settlements: a last one without a pair moves up as it is. */
export function proofVectors() {
  return [1, 2, 3, 5].map((count) => {
    const leaves = Array.from({ length: count }, (_, index) => proofLeaf(index))
    return { leaves, root: rootOf(leaves.map(({ hash }) => hash)) }
  })
}

function wordOf({
  settled,
  cumulativeAmount,
  version,
}: {
  settled: bigint
  cumulativeAmount: bigint
  version: bigint
}) {
  return `0x${hexOf(version, 8)}${hexOf(cumulativeAmount, 12)}${hexOf(settled, 12)}`
}

function hexOf(value: bigint, bytes: number): string {
  return value.toString(16).padStart(2 * bytes, '0')
}

function proofLeaf(index: number) {
  const place = { chainId: '84532', txHash: named(`settlement ${index}`), logIndex: 256 + index }
  const voucher = { settled: BigInt(index + 1), cumulativeAmount: BigInt(index + 1), version: BigInt(index + 1) }
  const event = { channelId: named('channel'), totals: wordOf(voucher), receiptsRoot: named(`root ${index}`) }
  // Nobody has imported the last one's receipts yet.
  const signature = index === 4 ? undefined : `${named(`r ${index}`)}${named(`vs ${index}`).slice(2)}`
  const finalStateHash = sha256(bytesOf(event.channelId, event.totals, event.receiptsRoot))
  const signatureHash = signature === undefined ? '00'.repeat(32) : sha256(bytesOf(signature))
  const at = [hexOf(BigInt(place.chainId), 8), place.txHash, hexOf(BigInt(place.logIndex), 4)]
  const hash = sha256(bytesOf('00', ...at, finalStateHash, signatureHash))
  return { ...place, event, ...(signature === undefined ? {} : { signature }), finalStateHash, signatureHash, hash }
}

/** By halves and not level by level: the left part of a tree is the largest power of two below its size. */
function rootOf(hashes: readonly string[]): string {
  const [only] = hashes
  if (only !== undefined && hashes.length === 1) return only
  const left = 2 ** Math.floor(Math.log2(hashes.length - 1))
  return sha256(bytesOf('01', rootOf(hashes.slice(0, left)), rootOf(hashes.slice(left))))
}

type LineOf = { cycle: string; amount: string; carryIn: string; kana: string; payee: string }

function lineVector({ cycle, amount, carryIn, kana, payee }: LineOf) {
  const [party, key] = [named('liable party'), ['STANDARD', '1000'] as const]
  const fields = ['issuer-1', 'credit', party, 'acct-001', 'operator-1', ...key, 'JPYL', 'JPY']
  const content = contentOf({ cycle, amount, carryIn, kana, payee, party })
  const outside = { batch_id: `${cycle}-C-0A1B2C3D`, line_no: '1', attempt: '1', line_seq: '0' }
  return {
    key: { cycle, lineSeq: 0, party },
    carryKeyId: sha256(JSON.stringify(['carry', ...fields])),
    lineId: sha256(JSON.stringify(['line', ...fields, cycle, '0'])),
    content,
    outside: { ...outside, cutoff_date: '2026-12-01', charge_date: '2026-12-02' },
    contentHash: sha256(JSON.stringify(['content', ...Object.entries(content)])),
  }
}

/** The columns that a content hash covers, in the order of the file. */
function contentOf({ cycle, amount, carryIn, kana, payee, party }: LineOf & { party: string }) {
  return {
    schema_version: 'musubi-billing-1',
    record_type: 'CHARGE',
    related_line_id: '',
    case_id: '',
    ...{ book_entity: 'issuer-1', rail: 'ISSUER', funding: 'credit', charge_id: `C-${cycle}-1` },
    ...{ liable_party_ref: party, billing_account: 'acct-001' },
    ...{ card_ref_type: 'MEMBER_ID', card_ref: 'member-7Q2K', card_seq: '', par: '' },
    ...{ consent_ref: 'consent-7', initial_network_ref: '', original_acquirer_ref: '', merchant_id: '' },
    ...{ mcc: '5552', descriptor: 'MUSUBI CHARGING', descriptor_kana: kana },
    ...{ payee_merchant_ref: 'operator-1', payee_name: payee, item: 'EV charging' },
    ...{ period_from: '2026-11-01T00:00:00+09:00', period_to: '2026-12-01T00:00:00+09:00' },
    ...{ currency: 'JPY', exponent: '0', amount_minor: amount },
    ...{ tax_category: 'STANDARD', tax_rate_bp: '1000', taxable_minor: '287', tax_minor: '28' },
    ...{ invoice_no: '', invoice_reg_no: 'T1234567890123' },
    ...{ asset: 'JPYL', asset_decimals: '18', source_atomic: '315300000000000000000' },
    ...{ fx_rate: '1', fx_source: 'PAR', fx_as_of: '2026-12-01T00:00:00+09:00' },
    ...{ carry_in_e18: carryIn, carry_out_e18: '300000000000000000' },
    ...{ payment_count: '100', device_count: '1', settlement_count: '1', proof_root: named('proof').slice(2) },
  }
}

function bytesOf(...hex: readonly string[]): Buffer {
  return Buffer.from(hex.map((text) => text.replace(/^0x/, '')).join(''), 'hex')
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}
