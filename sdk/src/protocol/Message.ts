import type { Hex } from 'viem'
import type { Agreement, OfferedAgreement } from './Agreement.ts'
import { concat, fromHex, toHex } from './Bytes.ts'
import type { Field, Layout, Values } from './Codec.ts'
import { BadMessageError, bytes, frameBytes, read, typeOf, uint, write } from './Codec.ts'
import { PRESENTATION_BYTES_MAX } from './Presentation.ts'
import * as Tariff from './Tariff.ts'

/** What the two machines of a channel say to each other. All layouts are fixed; docs/PROTOCOL.md has the table. */
export type Message =
  /** payer: I am here, and this is how far I have signed. */
  | { readonly type: 'hello'; readonly channelId: Hex; readonly version: bigint }
  /** payee, to whoever has agreed: nothing was paid yet. */
  | { readonly type: 'empty'; readonly channelId: Hex }
  /** payee, to whoever has agreed: the newest voucher that I hold. */
  | {
      readonly type: 'newest'
      readonly channelId: Hex
      readonly version: bigint
      readonly cumulativeAmount: bigint
      readonly receiptsRoot: Hex
      readonly signature: Hex
    }
  /** payee: the contract under which I sell. */
  | { readonly type: 'offer'; readonly channelId: Hex; readonly offered: OfferedAgreement }
  /** payer: I signed it too. */
  | { readonly type: 'agree'; readonly channelId: Hex; readonly agreementHash: Hex; readonly signature: Hex }
  /** payer: one payment. The receipts root is not sent: the payee computes it. */
  | {
      readonly type: 'payment'
      readonly channelId: Hex
      readonly version: bigint
      readonly cumulativeAmount: bigint
      readonly amount: bigint
      readonly timestamp: number
      readonly reference: Hex
      readonly quantity: bigint
      readonly signature: Hex
    }
  /** payee: verified, and durably stored. */
  | { readonly type: 'accepted'; readonly channelId: Hex; readonly version: bigint; readonly cumulativeAmount: bigint }
  /** payee: refused, for this reason. The session is over. */
  | { readonly type: 'refused'; readonly channelId: Hex; readonly version: bigint; readonly reason: Refusal }
  /** payer: sign that you received it. */
  | { readonly type: 'acknowledge'; readonly channelId: Hex }
  /** payee: I received this total. */
  | {
      readonly type: 'acknowledgement'
      readonly channelId: Hex
      readonly version: bigint
      readonly cumulativeAmount: bigint
      readonly receiptsRoot: Hex
      readonly signature: Hex
    }
  /** payer, before hello: who are you? */
  | { readonly type: 'identify'; readonly channelId: Hex; readonly challenge: Hex }
  /** payee: this is who I am, and who are you? */
  | {
      readonly type: 'identified'
      readonly channelId: Hex
      readonly challenge: Hex
      readonly presentation: Hex
    }
  /** payer: this is who I am. */
  | { readonly type: 'identity'; readonly channelId: Hex; readonly presentation: Hex }

/** Why a payee refuses. Order is the wire value. */
export const REFUSALS = [
  'unknown-channel',
  'wrong-signer',
  'stale-voucher',
  'wrong-amount',
  'wrong-agreement',
  'wrong-time',
  'deposit-exceeded',
  'channel-closing',
  'channel-closed',
  'channel-frozen',
  'bad-message',
  'not-identified',
  'busy',
] as const
export type Refusal = (typeof REFUSALS)[number]

/** A message as bytes: version 1 || type 1 || fields. */
export function encode(message: Message): Uint8Array {
  switch (message.type) {
    case 'hello':
      return write(HELLO, message)
    case 'empty':
      return write(EMPTY, message)
    case 'newest':
      return write(NEWEST, message)
    case 'offer':
      return write(OFFER, fromOffered(message.channelId, message.offered))
    case 'agree':
      return write(AGREE, message)
    case 'payment':
      return write(PAYMENT, { ...message, timestamp: BigInt(message.timestamp) })
    case 'accepted':
      return write(ACCEPTED, message)
    case 'refused':
      return write(REFUSED, { ...message, reason: BigInt(REFUSALS.indexOf(message.reason)) })
    case 'acknowledge':
      return write(ACKNOWLEDGE, message)
    case 'acknowledgement':
      return write(ACKNOWLEDGEMENT, message)
    case 'identify':
      return write(IDENTIFY, message)
    case 'identified':
      return withPresentation(write(IDENTIFIED, message), message.presentation)
    case 'identity':
      return withPresentation(write(IDENTITY, message), message.presentation)
  }
}

/** The only way from a peer's bytes to a message: refuses any other length, type or version. */
export function decode(frame: Uint8Array): Message {
  const code = typeOf(frame)
  switch (code) {
    case HELLO.code:
      return { type: 'hello', ...read(frame, HELLO) }
    case EMPTY.code:
      return { type: 'empty', ...read(frame, EMPTY) }
    case NEWEST.code:
      return { type: 'newest', ...read(frame, NEWEST) }
    case OFFER.code:
      return toOffer(read(frame, OFFER))
    case AGREE.code:
      return { type: 'agree', ...read(frame, AGREE) }
    case PAYMENT.code:
      return toPayment(read(frame, PAYMENT))
    case ACCEPTED.code:
      return { type: 'accepted', ...read(frame, ACCEPTED) }
    case REFUSED.code:
      return toRefused(read(frame, REFUSED))
    case ACKNOWLEDGE.code:
      return { type: 'acknowledge', ...read(frame, ACKNOWLEDGE) }
    case ACKNOWLEDGEMENT.code:
      return { type: 'acknowledgement', ...read(frame, ACKNOWLEDGEMENT) }
    case IDENTIFY.code:
      return { type: 'identify', ...read(frame, IDENTIFY) }
    case IDENTIFIED.code:
      return { type: 'identified', ...readWithPresentation(frame, IDENTIFIED) }
    case IDENTITY.code:
      return { type: 'identity', ...readWithPresentation(frame, IDENTITY) }
    default:
      throw new BadMessageError({ problem: 'of an unknown type', given: code, expected: 'a type from 1 to 13' })
  }
}

const channelId = bytes('channelId', 32)
const version = uint('version', 8)
const cumulativeAmount = uint('cumulativeAmount', 12)
const receiptsRoot = bytes('receiptsRoot', 32)
const signature = bytes('signature', 64)

const HELLO = { code: 1, fields: [channelId, version] } as const
const EMPTY = { code: 2, fields: [channelId] } as const
const NEWEST = { code: 3, fields: [channelId, version, cumulativeAmount, receiptsRoot, signature] } as const
const OFFER = {
  code: 4,
  fields: [
    channelId,
    bytes('payer', 32),
    bytes('payee', 32),
    uint('validFrom', 5),
    uint('validUntil', 5),
    bytes('salt', 32),
    bytes('tariff', Tariff.TARIFF_BYTES),
    signature,
  ],
} as const
const AGREE = { code: 5, fields: [channelId, bytes('agreementHash', 32), signature] } as const
const PAYMENT = {
  code: 6,
  fields: [
    channelId,
    version,
    cumulativeAmount,
    uint('amount', 12),
    uint('timestamp', 5),
    bytes('reference', 32),
    uint('quantity', 8),
    signature,
  ],
} as const
const ACCEPTED = { code: 7, fields: [channelId, version, cumulativeAmount] } as const
const REFUSED = { code: 8, fields: [channelId, version, uint('reason', 1)] } as const
const ACKNOWLEDGE = { code: 9, fields: [channelId] } as const
const ACKNOWLEDGEMENT = { code: 10, fields: [channelId, version, cumulativeAmount, receiptsRoot, signature] } as const
const challenge = bytes('challenge', 32)
const IDENTIFY = { code: 11, fields: [channelId, challenge] } as const
/** These two go on with a presentation, which has a length of its own. */
const IDENTIFIED = { code: 12, fields: [channelId, challenge] } as const
const IDENTITY = { code: 13, fields: [channelId] } as const

function withPresentation(head: Uint8Array, presentation: Hex): Uint8Array {
  const rest = fromHex(presentation)
  requirePresentation(rest.length)
  return concat(head, rest)
}

function readWithPresentation<fields extends readonly Field[]>(frame: Uint8Array, layout: Layout<fields>) {
  const size = frameBytes(layout)
  requirePresentation(frame.length - size)
  return { ...read(frame.subarray(0, size), layout), presentation: toHex(frame.subarray(size)) }
}

/** Its own decoder looks at the rest. */
function requirePresentation(given: number): void {
  if (given > 0 && given <= PRESENTATION_BYTES_MAX) return
  const expected = `a presentation of 1 to ${PRESENTATION_BYTES_MAX} bytes`
  throw new BadMessageError({ problem: 'of the wrong length', given, expected })
}

function fromOffered(
  channelId: Hex,
  { agreement, tariff, payeeSignature }: OfferedAgreement,
): Values<typeof OFFER.fields> {
  const { payer, payee, validFrom, validUntil, salt } = agreement
  return {
    channelId,
    payer,
    payee,
    validFrom: BigInt(validFrom),
    validUntil: BigInt(validUntil),
    salt,
    tariff: toHex(Tariff.encode(tariff)),
    signature: payeeSignature,
  }
}

function toOffer(values: Values<typeof OFFER.fields>): Message {
  const tariff = Tariff.decode(fromHex(values.tariff))
  const agreement: Agreement = {
    payer: values.payer,
    payee: values.payee,
    tariffHash: Tariff.hash(tariff),
    validFrom: Number(values.validFrom),
    validUntil: Number(values.validUntil),
    salt: values.salt,
  }
  return {
    type: 'offer',
    channelId: values.channelId,
    offered: { agreement, tariff, payeeSignature: values.signature },
  }
}

function toPayment(values: Values<typeof PAYMENT.fields>): Message {
  return { type: 'payment', ...values, timestamp: Number(values.timestamp) }
}

function toRefused(values: Values<typeof REFUSED.fields>): Message {
  const reason = REFUSALS[Number(values.reason)]
  if (reason === undefined) {
    throw new BadMessageError({ problem: 'a refusal of an unknown reason', given: values.reason, expected: REFUSALS })
  }
  return { type: 'refused', channelId: values.channelId, version: values.version, reason }
}
