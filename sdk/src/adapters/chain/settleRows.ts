import type { Address, Hex } from 'viem'
import { slice } from 'viem'
import { fromHex } from '../../protocol/Bytes.ts'
import * as Channel from '../../protocol/Channel.ts'
import { WrongChannelError } from '../../protocol/PaymentErrors.ts'
import * as SignerId from '../../protocol/SignerId.ts'
import type { SignedVoucher } from '../../protocol/Voucher.ts'
import type { ChannelRecord } from '../../ports/Store.ts'

/** A device's signature as the escrow takes it. */
export type SignatureParts = {
  readonly r: Hex
  readonly vs: Hex
  /** Empty for secp256k1, whose address is recovered; the whole signer for P-256. */
  readonly signer: Hex
}

/** One voucher to settle. See the contract's `SettleRow`. */
export type SettleRow = SignatureParts & {
  readonly payer: Hex
  readonly termsHash: Hex
  /** Token base units. */
  readonly cumulativeAmount: bigint
  readonly version: bigint
  readonly receiptsRoot: Hex
}

/** Rows of one beneficiary and one token, so that neither is sent twice. */
export type SettleGroup = {
  readonly beneficiary: Address
  readonly token: Address
  readonly rows: readonly SettleRow[]
}

/** A channel, and the newest voucher that is held of it. */
export type Settleable = { readonly record: ChannelRecord; readonly voucher: SignedVoucher }

/** Makes the row of one voucher. */
export function toSettleRow({ record, voucher }: Settleable): SettleRow {
  const { channelId, cumulativeAmount, version, receiptsRoot, signature } = voucher
  if (channelId !== record.channelId) throw new WrongChannelError({ given: channelId, expected: record.channelId })
  const { payer, terms } = record.channel
  const parts = toSignatureParts(signature, record.payerSigner)
  return { payer, termsHash: Channel.termsHash(terms), cumulativeAmount, version, receiptsRoot, ...parts }
}

/** Takes a device's signature of 64 bytes apart. */
export function toSignatureParts(signature: Hex, signer: Hex): SignatureParts {
  fromHex(signature, SIGNATURE_BYTES)
  const { kind } = SignerId.parse(signer)
  return { r: slice(signature, 0, 32), vs: slice(signature, 32), signer: kind === 'p256' ? signer : '0x' }
}

/** Groups vouchers by beneficiary and token. Of several vouchers of one channel only the largest can pay, so it alone goes. */
export function toSettleGroups(entries: Iterable<Settleable>): readonly SettleGroup[] {
  const groups = new Map<string, { beneficiary: Address; token: Address; rows: SettleRow[] }>()
  for (const entry of largest(entries)) {
    const { beneficiary, token } = entry.record.channel
    const key = `${beneficiary}${token}`.toLowerCase()
    const group = groups.get(key) ?? { beneficiary, token, rows: [] }
    group.rows.push(toSettleRow(entry))
    groups.set(key, group)
  }
  return [...groups.values()]
}

const SIGNATURE_BYTES = 64

function largest(entries: Iterable<Settleable>): Iterable<Settleable> {
  const byChannel = new Map<Hex, Settleable>()
  for (const entry of entries) {
    const known = byChannel.get(entry.record.channelId)
    if (known === undefined || entry.voucher.cumulativeAmount > known.voucher.cumulativeAmount) {
      byChannel.set(entry.record.channelId, entry)
    }
  }
  return byChannel.values()
}
