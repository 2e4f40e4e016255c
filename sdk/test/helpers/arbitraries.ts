import fc from 'fast-check'
import type { Address, Hex } from 'viem'
import { getAddress } from 'viem'
import { Funding } from '../../src/generated/constants.ts'
import type { Binding } from '../../src/protocol/Binding.ts'
import { toHex } from '../../src/protocol/Bytes.ts'
import type { Channel } from '../../src/protocol/Channel.ts'
import type { ChannelMessage } from '../../src/protocol/ChannelMessage.ts'
import type { Enrolment } from '../../src/protocol/Enrolment.ts'
import type { Item } from '../../src/protocol/Item.ts'
import type { Tariff } from '../../src/protocol/Tariff.ts'
import { TAX_CATEGORIES } from '../../src/protocol/Tariff.ts'

/** A record with a prototype, as the code under test makes them. */
export function recordOf<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record<T>(model, { noNullPrototype: true })
}

export function bytesOf(size: number): fc.Arbitrary<Hex> {
  return fc.uint8Array({ minLength: size, maxLength: size }).map(toHex)
}

export function uintOf(bits: number): fc.Arbitrary<bigint> {
  return fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n })
}

export const hash32 = bytesOf(32)
export const signature64 = bytesOf(64)
export const address: fc.Arbitrary<Address> = bytesOf(20).map((hex) => getAddress(hex))
/** What 40 bits hold. */
export const seconds = fc.integer({ min: 0, max: 2 ** 40 - 1 })

const printable = (maxLength: number) =>
  fc
    .array(fc.integer({ min: 0x21, max: 0x7e }), { minLength: 1, maxLength })
    .map((codes) => String.fromCharCode(...codes))

export const tariff: fc.Arbitrary<Tariff> = recordOf({
  token: address,
  currency: printable(3),
  unit: printable(12),
  pricePerUnit: uintOf(96),
  taxCategory: fc.constantFrom(...TAX_CATEGORIES),
  taxRateBp: fc.integer({ min: 0, max: 10_000 }),
  merchantRef: printable(32),
})

export const item: fc.Arbitrary<Item> = recordOf({ reference: hash32, quantity: uintOf(64) })

export const channelMessage: fc.Arbitrary<ChannelMessage> = recordOf({
  channelId: hash32,
  cumulativeAmount: uintOf(96),
  version: uintOf(64),
  receiptsRoot: hash32,
})

export const channel: fc.Arbitrary<Channel> = recordOf({
  payer: hash32,
  beneficiary: address,
  token: address,
  terms: recordOf({
    payerBinding: hash32,
    funder: address,
    payee: hash32,
    payeeBinding: hash32,
    closeDelaySeconds: seconds,
    salt: hash32,
  }),
})

export const binding: fc.Arbitrary<Binding> = recordOf<Binding>({
  deviceId: hash32,
  partyId: hash32,
  attester: address,
  validFrom: seconds,
  validUntil: seconds,
  funder: address,
  funding: fc.constantFrom(Funding.CREDIT, Funding.PREPAID, Funding.OWN),
  token: address,
  maxPerPayment: uintOf(96),
  maxPerPeriod: uintOf(96),
  periodSeconds: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  approvers: hash32,
  billingRef: hash32,
  freshnessTip: hash32,
  previous: hash32,
})

export const enrolment: fc.Arbitrary<Enrolment> = recordOf<Enrolment>({
  root: hash32,
  count: fc.integer({ min: 1, max: 2 ** 20 }),
  partyId: hash32,
  attester: address,
  validFrom: seconds,
  validUntil: seconds,
})

export const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/** A secret of secp256k1, often one of the first or last. */
export const privateKey: fc.Arbitrary<Hex> = fc
  .bigInt({ min: 1n, max: SECP256K1_ORDER - 1n })
  .map((value): Hex => `0x${value.toString(16).padStart(64, '0')}`)
