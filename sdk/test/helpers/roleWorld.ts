import type { Hex } from 'viem'
import { keccak256, stringToHex } from 'viem'
import { MemoryStore } from '../../src/adapters/store/memoryStore.ts'
import { p256KeyOf, p256Signer } from '../../src/adapters/signer/p256.ts'
import { secp256k1Signer } from '../../src/adapters/signer/secp256k1.ts'
import { createSignatureVerifier } from '../../src/adapters/signer/signatureVerifier.ts'
import type { Channel } from '../../src/protocol/Channel.ts'
import * as Channels from '../../src/protocol/Channel.ts'
import type { ChannelView } from '../../src/protocol/ChannelView.ts'
import * as Domain from '../../src/protocol/Domain.ts'
import type { Item } from '../../src/protocol/Item.ts'
import * as SignerId from '../../src/protocol/SignerId.ts'
import type { Tariff } from '../../src/protocol/Tariff.ts'
import type { Chain } from '../../src/ports/Chain.ts'
import type { Signer } from '../../src/ports/Signer.ts'
import type { ChannelRecord, Store } from '../../src/ports/Store.ts'
import type { PayeeTerms } from '../../src/roles/Payee.ts'
import { Payee } from '../../src/roles/Payee.ts'
import type { PayerLimits } from '../../src/roles/Payer.ts'
import { Payer } from '../../src/roles/Payer.ts'
import { fastest } from './backends.ts'
import { readVectors } from './vectors.ts'

const { chainId, contracts, domains } = readVectors('domains.json')
export { domains }

export const START = 1_800_000_000
export const DAY = 86_400
export const YEN = 10n ** 18n
export const DEPOSIT = 100n * YEN
/** A tenth of a yen a unit. */
export const PRICE = YEN / 10n

export const verifier = createSignatureVerifier({ backend: fastest, p256Verifier: contracts.p256Sha256Verifier })
export const elsewhere = Domain.escrow({ chainId: chainId + 1, address: contracts.channelEscrow })

export function named(meaning: string): Hex {
  return keccak256(stringToHex(meaning))
}

export function secp256k1Machine(name: string): Signer {
  return secp256k1Signer(named(name), fastest)
}

export function p256Machine(name: string): Signer {
  return p256Signer(p256KeyOf(named(name)), contracts.p256Sha256Verifier)
}

export const tariff: Tariff = {
  token: contracts.settlementToken,
  currency: 'JPY',
  unit: 'Wh',
  pricePerUnit: PRICE,
  taxCategory: 'STANDARD',
  taxRateBp: 1000,
  merchantRef: 'station-operator-1',
}

export function itemOf(quantity: bigint, reference = 'charging session 1'): Item {
  return { reference: named(reference), quantity }
}

/** The id of a machine's binding. */
type BindingOf = (machine: Signer, side: 'payer' | 'payee') => Hex
const namedBinding: BindingOf = (_, side) => named(`the ${side}'s binding`)

type Machines = { readonly payer: Signer; readonly payee: Signer }

export function recordOf(
  { payer, payee }: Machines,
  salt = 'first channel',
  bindingOf: BindingOf = namedBinding,
): ChannelRecord {
  const channel: Channel = {
    payer: SignerId.of(payer.signer),
    beneficiary: contracts.accessManager,
    token: contracts.settlementToken,
    terms: {
      payerBinding: bindingOf(payer, 'payer'),
      funder: contracts.identityRegistry,
      payee: SignerId.of(payee.signer),
      payeeBinding: bindingOf(payee, 'payee'),
      closeDelaySeconds: 2 * DAY,
      salt: named(salt),
    },
  }
  const channelId = Channels.id(channel, domains.escrow)
  return { channelId, channel, payerSigner: payer.signer, payeeSigner: payee.signer }
}

/** When a payee stops that saw the chain of {@link roleWorld}, by its close delay and its margin. */
export const TRUSTED_UNTIL = START + 900 + 2 * DAY - 3600

/** A clock that stands still until a test moves it. */
export class ManualClock {
  seconds = START + 1000
  now(): number {
    return this.seconds
  }
}

/** A chain that shows what a test puts there, or cannot be reached. */
export class ShownChain implements Chain {
  shown: ChannelView | Error = {
    finalizedAtSeconds: START + 900,
    deposit: DEPOSIT,
    settled: 0n,
    closeAtSeconds: undefined,
    status: 'open',
    payerBindingEndsAtSeconds: START + 365 * DAY,
  }
  async view(): Promise<ChannelView> {
    if (this.shown instanceof Error) throw this.shown
    return this.shown
  }
  change(change: Partial<ChannelView>): void {
    if (this.shown instanceof Error) throw this.shown
    this.shown = { ...this.shown, ...change }
  }
}

export type RoleWorld = ReturnType<typeof roleWorld>
export type Kinds = {
  readonly payerKind?: 'secp256k1' | 'p256'
  readonly payeeKind?: 'secp256k1' | 'p256'
  /** For machines that show their bindings; the others have names for them. */
  readonly bindingOf?: BindingOf
}

/** Two machines, a channel between them, and all that their roles need, each to be replaced by a test. */
export function roleWorld({ payerKind = 'secp256k1', payeeKind = 'secp256k1', bindingOf }: Kinds = {}) {
  const machine = { secp256k1: secp256k1Machine, p256: p256Machine }
  const payer = machine[payerKind]('car')
  const payee = machine[payeeKind]('charger')
  const record = recordOf({ payer, payee }, undefined, bindingOf)
  const clock = new ManualClock()
  const chain = new ShownChain()
  const stores: { payer: Store; payee: Store } = { payer: new MemoryStore(), payee: new MemoryStore() }
  const limits: PayerLimits = {
    maxPerPayment: 10n * YEN,
    maxTotal: DEPOSIT,
    validUntilSeconds: START + 365 * DAY,
    tariff: { currency: 'JPY', unit: 'Wh', maxPricePerUnit: PRICE },
  }
  const terms: PayeeTerms = {
    beneficiary: record.channel.beneficiary,
    tariff,
    validFrom: START,
    validUntil: START + 30 * DAY,
    settleMarginSeconds: 3600,
    clockSkewMaxSeconds: 300,
  }
  const shared = { record, domains, verifier, clock }
  return {
    payer,
    payee,
    record,
    clock,
    chain,
    stores,
    limits,
    terms,
    openPayer: (overrides: Partial<Payer.Options> = {}) =>
      Payer.open({ ...shared, store: stores.payer, signer: payer, limits, ...overrides }),
    openPayee: (overrides: Partial<Payee.Options> = {}) =>
      Payee.open({ ...shared, store: stores.payee, signer: payee, chain, terms, ...overrides }),
  }
}

/** Payer and payee that have agreed, the payee with a view of the chain: the next thing is a payment. */
export async function agreedRoles(
  world: RoleWorld,
  options: { payer?: Partial<Payer.Options>; payee?: Partial<Payee.Options> } = {},
) {
  const payer = await world.openPayer(options.payer)
  const payee = await world.openPayee(options.payee)
  await payee.refresh()
  await agree(payer, payee)
  return { payer, payee }
}

export async function agree(payer: Payer, payee: Payee): Promise<void> {
  const offered = await payee.offer()
  const { signature } = await payer.agree(offered)
  await payee.agree(offered, signature)
}
