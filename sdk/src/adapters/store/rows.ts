import type { Hex } from 'viem'
import type { SignedAgreement } from '../../protocol/Agreement.ts'
import { WrongSizeError, fromHex, writeUint } from '../../protocol/Bytes.ts'
import type { ChannelView } from '../../protocol/ChannelView.ts'
import type { CooperativeClose } from '../../protocol/CooperativeClose.ts'
import type { Payment } from '../../protocol/Payment.ts'
import * as Tariff from '../../protocol/Tariff.ts'
import type { SignedVoucher } from '../../protocol/Voucher.ts'
import type { ChannelRecord, StoreOwner } from '../../ports/Store.ts'
import { StoreConflictError, StoreDamagedError } from '../../ports/StoreErrors.ts'
import type { Fields, Row } from './seal.ts'

const AMOUNT_BYTES = 12
const VERSION_BYTES = 8
const SIGNER_BYTES = { address: 20, p256: 84 }

export function ownerRow({ chainId, escrow, deviceId }: StoreOwner): Row {
  return [1, integer(chainId), fromHex(escrow, 20), fromHex(deviceId, 32)]
}

export function ownerOf(fields: Fields): StoreOwner {
  fields.integer()
  return { chainId: fields.integer(), escrow: fields.address(), deviceId: fields.hex() }
}

/** Without the leading `channel_ref`, as are the rows below. */
export function channelRow({ channelId, channel, payerSigner, payeeSigner }: ChannelRecord): Row {
  const { payer, beneficiary, token, terms } = channel
  return [
    fromHex(channelId, 32),
    fromHex(payer, 32),
    fromHex(beneficiary, 20),
    fromHex(token, 20),
    fromHex(terms.payerBinding, 32),
    fromHex(terms.funder, 20),
    fromHex(terms.payee, 32),
    fromHex(terms.payeeBinding, 32),
    integer(terms.closeDelaySeconds),
    fromHex(terms.salt, 32),
    signerBytes(payerSigner),
    signerBytes(payeeSigner),
  ]
}

export function channelOf(fields: Fields): { ref: number; record: ChannelRecord } {
  const ref = fields.integer()
  const channelId = fields.hex()
  const head = { payer: fields.hex(), beneficiary: fields.address(), token: fields.address() }
  const terms = {
    payerBinding: fields.hex(),
    funder: fields.address(),
    payee: fields.hex(),
    payeeBinding: fields.hex(),
    closeDelaySeconds: fields.integer(),
    salt: fields.hex(),
  }
  const signers = { payerSigner: fields.hex(), payeeSigner: fields.hex() }
  return { ref, record: { channelId, channel: { ...head, terms }, ...signers } }
}

export function viewRow(view: ChannelView): Row {
  return [
    integer(view.finalizedAtSeconds),
    amount(view.deposit),
    amount(view.settled),
    view.closeAtSeconds === undefined ? null : integer(view.closeAtSeconds),
    view.status,
    integer(view.payerBindingEndsAtSeconds),
  ]
}

export function viewOf(fields: Fields): ChannelView {
  fields.integer()
  return {
    finalizedAtSeconds: fields.integer(),
    deposit: fields.uint(),
    settled: fields.uint(),
    closeAtSeconds: fields.integerOrNull(),
    status: statusOf(fields.text()),
    payerBindingEndsAtSeconds: fields.integer(),
  }
}

export function agreementRow(agreementHash: Hex, signed: SignedAgreement): Row {
  const { agreement, tariff, payeeSignature, payerSignature } = signed
  return [
    fromHex(agreementHash, 32),
    fromHex(agreement.payer, 32),
    fromHex(agreement.payee, 32),
    fromHex(agreement.tariffHash, 32),
    integer(agreement.validFrom),
    integer(agreement.validUntil),
    fromHex(agreement.salt, 32),
    Tariff.encode(tariff),
    fromHex(payeeSignature, 64),
    fromHex(payerSignature, 64),
  ]
}

export function agreementOf(fields: Fields): SignedAgreement {
  // agreement_ref, channel_ref and the hash say where the row belongs, not what was agreed.
  fields.integer()
  fields.integer()
  fields.bytes()
  const agreement = {
    payer: fields.hex(),
    payee: fields.hex(),
    tariffHash: fields.hex(),
    validFrom: fields.integer(),
    validUntil: fields.integer(),
    salt: fields.hex(),
  }
  const tariff = Tariff.decode(fields.bytes())
  return { agreement, tariff, payeeSignature: fields.hex(), payerSignature: fields.hex() }
}

function voucherRow(voucher: SignedVoucher): Row {
  const { version, cumulativeAmount, receiptsRoot, signature } = voucher
  return [versionBytes(version), amount(cumulativeAmount), fromHex(receiptsRoot, 32), fromHex(signature, 64)]
}

/** A voucher without the payment that it signed. */
export function adoptedRow(voucher: SignedVoucher): Row {
  return [...voucherRow(voucher), null, null, null, null, null]
}

export function paymentRow(payment: Payment): Row {
  const { item, agreementHash, timestamp } = payment
  return [
    ...voucherRow(payment),
    amount(payment.amount),
    fromHex(agreementHash, 32),
    fromHex(item.reference, 32),
    uint(item.quantity, 8),
    integer(timestamp),
  ]
}

export function voucherOf(fields: Fields, channelId: Hex): SignedVoucher {
  fields.integer()
  const version = fields.uint()
  return { channelId, version, cumulativeAmount: fields.uint(), receiptsRoot: fields.hex(), signature: fields.hex() }
}

export function paymentOf(fields: Fields, channelId: Hex): Payment {
  return {
    ...voucherOf(fields, channelId),
    amount: fields.uint(),
    agreementHash: fields.hex(),
    item: { reference: fields.hex(), quantity: fields.uint() },
    timestamp: fields.integer(),
  }
}

export function closeRow({ cumulativeAmount, version, receiptsRoot }: CooperativeClose): Row {
  return [amount(cumulativeAmount), versionBytes(version), fromHex(receiptsRoot, 32)]
}

export function closeOf(fields: Fields, channelId: Hex): CooperativeClose {
  fields.integer()
  return { channelId, cumulativeAmount: fields.uint(), version: fields.uint(), receiptsRoot: fields.hex() }
}

export function versionBytes(version: bigint): Uint8Array {
  return uint(version, VERSION_BYTES)
}

function amount(value: bigint): Uint8Array {
  return uint(value, AMOUNT_BYTES)
}

function uint(value: bigint, size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  writeUint(bytes, value, { offset: 0, size })
  return bytes
}

/** An address, or a P-256 verifier and key: devices have no other signers. */
function signerBytes(signer: Hex): Uint8Array {
  const bytes = fromHex(signer)
  if (bytes.length === SIGNER_BYTES.address || bytes.length === SIGNER_BYTES.p256) return bytes
  throw new WrongSizeError({ given: bytes.length, expected: SIGNER_BYTES.p256 })
}

function integer(value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw new StoreConflictError({
    what: 'Integer to store',
    given: value,
    expected: 'a whole number from 0 to 2^53 - 1',
  })
}

const STATUSES = ['none', 'open', 'closed'] as const

function statusOf(text: string): ChannelView['status'] {
  const status = STATUSES.find((known) => known === text)
  if (status === undefined) throw new StoreDamagedError({ given: `the status of a view is ${text}` })
  return status
}
