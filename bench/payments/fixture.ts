import {
  Channel,
  Domain,
  SignerId,
  createSignatureVerifier,
  loadFastestBackend,
  openSqliteStore,
  secp256k1Signer,
} from '@musubi/sdk'
import type {
  Chain,
  ChannelRecord,
  ChannelView,
  PayeeTerms,
  PayerLimits,
  SignatureVerifier,
  Signer,
  Store,
} from '@musubi/sdk'
import { keccak256, padHex, toHex } from 'viem'
import type { Hex } from 'viem'

const YEN = 10n ** 18n
const CHAIN_ID = 31337
const address = (number: number): Hex => padHex(toHex(number), { size: 20 })
const ESCROW = address(1)
const TOKEN = address(2)
const BENEFICIARY = address(3)
const P256_VERIFIER = address(4)
/** Nothing here depends on what time it is. */
const NOW = 1_700_000_000

export const DOMAINS = {
  escrow: Domain.escrow({ chainId: CHAIN_ID, address: ESCROW }),
  registry: Domain.registry({ chainId: CHAIN_ID, address: address(5) }),
}
export const CLOCK = { now: () => NOW }
export const REFERENCE: Hex = keccak256('0x01')

export const LIMITS: PayerLimits = {
  maxPerPayment: YEN,
  maxTotal: 10n ** 9n * YEN,
  validUntilSeconds: NOW + 3600,
  tariff: { currency: 'JPY', unit: 'Wh', maxPricePerUnit: YEN },
}
export const TERMS: PayeeTerms = {
  beneficiary: BENEFICIARY,
  tariff: {
    token: TOKEN,
    currency: 'JPY',
    unit: 'Wh',
    pricePerUnit: YEN / 1000n,
    taxCategory: 'STANDARD',
    taxRateBp: 1000,
    merchantRef: 'bench',
  },
  validFrom: NOW - 3600,
  validUntil: NOW + 3600,
  settleMarginSeconds: 0,
  clockSkewMaxSeconds: 60,
}

/** The chain is not what is measured: every channel is open and well funded. */
export const OPEN_CHAIN: Chain = {
  view: (): Promise<ChannelView.ChannelView> =>
    Promise.resolve({
      finalizedAtSeconds: NOW,
      deposit: 10n ** 9n * YEN,
      settled: 0n,
      closeAtSeconds: undefined,
      status: 'open',
      payerBindingEndsAtSeconds: NOW + 3600,
    }),
}

/** One side of every channel: a key, a store on disk, and the cryptography that runs here. */
export type Side = { readonly signer: Signer; readonly verifier: SignatureVerifier; readonly store: Store }

export async function openSide(role: 'payer' | 'payee', path: string): Promise<Side> {
  const backend = await loadFastestBackend()
  const signer = secp256k1Signer(keccak256(toHex(role)), backend)
  const owner = { chainId: CHAIN_ID, escrow: ESCROW, deviceId: SignerId.of(signer.signer) }
  const verifier = createSignatureVerifier({ backend, p256Verifier: P256_VERIFIER })
  return { signer, verifier, store: await openSqliteStore({ path, owner }) }
}

/** The channels from the payer's to the payee's key, told apart by their salt. */
export async function channelRecords(count: number): Promise<ChannelRecord[]> {
  const backend = await loadFastestBackend()
  const payerSigner = secp256k1Signer(keccak256(toHex('payer')), backend).signer
  const payeeSigner = secp256k1Signer(keccak256(toHex('payee')), backend).signer
  return Array.from({ length: count }, (_, index) => {
    const channel: Channel.Channel = {
      payer: SignerId.of(payerSigner),
      beneficiary: BENEFICIARY,
      token: TOKEN,
      terms: {
        payerBinding: keccak256('0x02'),
        funder: address(6),
        payee: SignerId.of(payeeSigner),
        payeeBinding: keccak256('0x03'),
        closeDelaySeconds: 172_800,
        salt: padHex(toHex(index), { size: 32 }),
      },
    }
    return { channelId: Channel.id(channel, DOMAINS.escrow), channel, payerSigner, payeeSigner }
  })
}
