import type { Hex } from 'viem'
import { concat, maxUint64, maxUint96, numberToHex } from 'viem'
import { named, required } from './cast.ts'
import { histories } from './channels.ts'
import { agreementDigest, agreementHash, agreements } from './identity.ts'
import { tariffs } from './layouts.ts'

const VERSION = 1
const CODES = {
  hello: 1,
  empty: 2,
  newest: 3,
  offer: 4,
  agree: 5,
  payment: 6,
  accepted: 7,
  refused: 8,
  acknowledge: 9,
  acknowledgement: 10,
  identify: 11,
  identified: 12,
  identity: 13,
} as const

const REFUSALS = [
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
]

type Type = keyof typeof CODES
const frameOf = (type: Type, fields: readonly Hex[]) =>
  concat([numberToHex(VERSION, { size: 1 }), numberToHex(CODES[type], { size: 1 }), ...fields]).toLowerCase() as Hex
export const uint = (value: bigint | number, size: number) => numberToHex(value, { size })

const ONES: Hex = `0x${'ff'.repeat(32)}`
const ONES_64: Hex = `0x${'ff'.repeat(64)}`

export async function wireVectors() {
  const vectors = []
  for (const [index, { channelId, payments, newest }] of histories.entries()) {
    const { voucher, signature } = newest
    vectors.push(hello(channelId, voucher.version))
    vectors.push({ message: { type: 'empty', channelId }, frame: frameOf('empty', [channelId]) })
    vectors.push(total('newest', { ...voucher, signature }))
    vectors.push(await offer(channelId, index))
    vectors.push(await agree(channelId, index))
    for (const payment of payments) {
      const { channelId, version, cumulativeAmount, amount, timestamp } = payment.receipt
      const step = { channelId, version, cumulativeAmount, amount, timestamp, ...payment.item }
      vectors.push(paymentFrame({ ...step, signature: payment.signature }))
    }
    vectors.push(accepted(voucher))
    vectors.push({ message: { type: 'acknowledge', channelId }, frame: frameOf('acknowledge', [channelId]) })
    vectors.push(total('acknowledgement', { ...voucher, signature }))
  }
  const [{ channelId }] = histories as [(typeof histories)[number]]
  for (const reason of REFUSALS) vectors.push(refused(channelId, reason))
  return [...vectors, ...largest(), ...introduction(channelId)]
}

/** Frames that are no messages. The error's name is `Codec.BadMessageError` unless `error` says otherwise. */
export async function refusedFrames() {
  const [{ channelId }] = histories as [(typeof histories)[number]]
  const sound = hello(channelId, 3n).frame
  const { frame: offered } = await offer(channelId, 0)
  // The tariff starts after head, channelId, payer, payee, the two times and the salt.
  const taxCategoryAt = 2 + 2 * (2 + 4 * 32 + 10 + 47)
  return [
    { name: 'empty', frame: '0x' },
    { name: 'a version and no type', frame: '0x01' },
    { name: 'version 0', frame: `0x00${sound.slice(4)}` },
    { name: 'version 2', frame: `0x02${sound.slice(4)}` },
    { name: 'type 0', frame: `0x0100${sound.slice(6)}` },
    { name: 'type 14', frame: `0x010e${sound.slice(6)}` },
    { name: 'type 255', frame: `0x01ff${sound.slice(6)}` },
    { name: 'one byte short', frame: sound.slice(0, -2) },
    { name: 'one byte long', frame: `${sound}00` },
    { name: 'an unknown reason', frame: frameOf('refused', [channelId, uint(1, 8), '0x0d']) },
    { name: 'an identity without a presentation', frame: frameOf('identity', [channelId]) },
    {
      name: 'an identity with more than a presentation has',
      frame: frameOf('identity', [channelId, `0x${'00'.repeat(3073)}`]),
    },
    { name: 'identify with a byte too many', frame: frameOf('identify', [channelId, channelId, '0x00']) },
    {
      name: 'an offer with an unknown tax category',
      frame: `${offered.slice(0, taxCategoryAt)}05${offered.slice(taxCategoryAt + 2)}`,
      error: 'Tariff.BadTariffError',
    },
  ]
}

/** What is in a presentation has vectors of its own. */
function introduction(channelId: Hex) {
  const challenge = named('challenge')
  const presentation: Hex = '0x0102030405'
  const shown = { channelId, presentation }
  return [
    { message: { type: 'identify', channelId, challenge }, frame: frameOf('identify', [channelId, challenge]) },
    {
      message: { type: 'identified', challenge, ...shown },
      frame: frameOf('identified', [channelId, challenge, presentation]),
    },
    { message: { type: 'identity', ...shown }, frame: frameOf('identity', [channelId, presentation]) },
  ]
}

function hello(channelId: Hex, version: bigint) {
  return { message: { type: 'hello', channelId, version }, frame: frameOf('hello', [channelId, uint(version, 8)]) }
}

type Total = {
  readonly channelId: Hex
  readonly version: bigint
  readonly cumulativeAmount: bigint
  readonly receiptsRoot: Hex
  readonly signature: Hex
}

function total(type: 'newest' | 'acknowledgement', given: Total) {
  const { channelId, version, cumulativeAmount, receiptsRoot, signature } = given
  const fields = [channelId, uint(version, 8), uint(cumulativeAmount, 12), receiptsRoot, signature]
  const message = { type, channelId, version, cumulativeAmount, receiptsRoot, signature }
  return { message, frame: frameOf(type, fields) }
}

async function offer(channelId: Hex, index: number) {
  const { agreement, tariff, payee } = required(agreements[index], 'agreement')
  const { payer, payee: payeeId, validFrom, validUntil, salt } = agreement
  const payeeSignature = await payee.sign(agreementDigest(agreement))
  const times = [uint(validFrom, 5), uint(validUntil, 5)]
  const { tariff: terms, bytes } = tariffs[tariff]
  const frame = frameOf('offer', [channelId, payer, payeeId, ...times, salt, bytes, payeeSignature])
  return { message: { type: 'offer', channelId, offered: { agreement, tariff: terms, payeeSignature } }, frame }
}

async function agree(channelId: Hex, index: number) {
  const { agreement, payer } = required(agreements[index], 'agreement')
  const hash = agreementHash(agreement)
  const signature = await payer.sign(agreementDigest(agreement))
  const message = { type: 'agree', channelId, agreementHash: hash, signature }
  return { message, frame: frameOf('agree', [channelId, hash, signature]) }
}

type Payment = Omit<Total, 'receiptsRoot'> & {
  readonly amount: bigint
  readonly timestamp: number
  readonly reference: Hex
  readonly quantity: bigint
}

function paymentFrame(given: Payment) {
  const { channelId, version, cumulativeAmount, amount, timestamp, reference, quantity, signature } = given
  const money = [uint(version, 8), uint(cumulativeAmount, 12), uint(amount, 12)]
  const fields = [channelId, ...money, uint(timestamp, 5), reference, uint(quantity, 8), signature]
  return { message: { type: 'payment', ...given }, frame: frameOf('payment', fields) }
}

function accepted({ channelId, version, cumulativeAmount }: Pick<Total, 'channelId' | 'version' | 'cumulativeAmount'>) {
  const message = { type: 'accepted', channelId, version, cumulativeAmount }
  return { message, frame: frameOf('accepted', [channelId, uint(version, 8), uint(cumulativeAmount, 12)]) }
}

function refused(channelId: Hex, reason: string) {
  const message = { type: 'refused', channelId, version: 7n, reason }
  return { message, frame: frameOf('refused', [channelId, uint(7, 8), uint(REFUSALS.indexOf(reason), 1)]) }
}

/** Every integer at its end of the range. */
function largest() {
  const ends = { channelId: ONES, version: maxUint64, cumulativeAmount: maxUint96, signature: ONES_64 }
  const last = { ...ends, amount: maxUint96, timestamp: 2 ** 40 - 1, reference: named('last'), quantity: maxUint64 }
  return [
    hello(ONES, maxUint64),
    total('newest', { ...ends, receiptsRoot: ONES }),
    paymentFrame(last),
    accepted(ends),
    total('acknowledgement', { ...ends, receiptsRoot: ONES }),
  ]
}
