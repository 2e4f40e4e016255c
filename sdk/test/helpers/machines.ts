import type { Hex } from 'viem'
import { keccak256, stringToHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { Channel } from '../../src/protocol/Channel.ts'
import * as Channels from '../../src/protocol/Channel.ts'
import type { Binding } from '../../src/protocol/Binding.ts'
import * as Bindings from '../../src/protocol/Binding.ts'
import { fromHex, toHex } from '../../src/protocol/Bytes.ts'
import * as CooperativeClose from '../../src/protocol/CooperativeClose.ts'
import { escrowDomain, registryDomain } from '../../src/protocol/Deployment.ts'
import * as RequestClose from '../../src/protocol/RequestClose.ts'
import * as SignerId from '../../src/protocol/SignerId.ts'
import * as Voucher from '../../src/protocol/Voucher.ts'
import type { ChannelRecord } from '../../src/ports/Store.ts'
import type { Signer } from '../../src/ports/Signer.ts'
import { registryClient } from '../../src/adapters/chain/registryClient.ts'
import { p256KeyOf, p256Signer } from '../../src/adapters/signer/p256.ts'
import { secp256k1Signer } from '../../src/adapters/signer/secp256k1.ts'
import { loadFastestBackend } from '../../src/adapters/signer/secp256k1Backend.ts'
import { Funding } from '../../src/generated/constants.ts'
import type { LocalChain } from './localChain.ts'
import { CLOSE_DELAY_FLOOR_SECONDS, YEN } from './localChain.ts'

const backend = await loadFastestBackend()
export const DAY_SECONDS = 86_400
export const ZERO_HASH: Hex = `0x${'00'.repeat(32)}`

/** Keys come from a seed, so that a failing test fails again. */
export function secp256k1Machine(seed: string): Signer {
  return secp256k1Signer(keccak256(stringToHex(seed)), backend)
}

export function p256Machine(seed: string, { deployment }: LocalChain): Signer {
  return p256Signer(p256KeyOf(keccak256(stringToHex(seed))), deployment.p256Sha256Verifier)
}

export const attester = privateKeyToAccount(keccak256(stringToHex('attester')))
export const party = secp256k1Machine('party')

export async function signed(signer: Signer, digest: Hex | Uint8Array): Promise<Hex> {
  return toHex(await signer.sign(typeof digest === 'string' ? fromHex(digest) : digest))
}

/** A sound binding of the device to the one liable party of these tests: a year, 10,000 yen in 30 days. */
export async function makeBinding(
  chain: LocalChain,
  device: Signer,
  overrides: Partial<Binding> = {},
): Promise<Binding> {
  const { timestamp } = await chain.reader.getBlock()
  return {
    deviceId: SignerId.of(device.signer),
    partyId: SignerId.of(party.signer),
    attester: attester.address,
    validFrom: Number(timestamp),
    validUntil: Number(timestamp) + 365 * DAY_SECONDS,
    funder: chain.funder.writer.account.address,
    funding: Funding.CREDIT,
    token: chain.deployment.settlementToken,
    maxPerPayment: 100n * YEN,
    maxPerPeriod: 10_000n * YEN,
    periodSeconds: 30 * DAY_SECONDS,
    approvers: ZERO_HASH,
    billingRef: keccak256(stringToHex('salt and billing account')),
    freshnessTip: ZERO_HASH,
    previous: ZERO_HASH,
    ...overrides,
  }
}

/** The binding with its three signatures, as `bind` takes it. */
export async function signBinding({ deployment }: LocalChain, device: Signer, binding: Binding) {
  const digest = Bindings.digest(binding, registryDomain(deployment))
  const signatures = {
    device: await signed(device, digest),
    party: await signed(party, digest),
    attester: await attester.sign({ hash: digest }),
  }
  return { binding, deviceSigner: device.signer, partySigner: party.signer, signatures }
}

export function signAsParty(digest: Hex): Promise<Hex> {
  return signed(party, digest)
}

/** Binds for real. The attester must be accredited. */
export async function bindMachine(
  chain: LocalChain,
  device: Signer,
  overrides: Partial<Binding> = {},
): Promise<Binding> {
  const binding = await makeBinding(chain, device, overrides)
  const registry = registryClient({ clients: chain.relayer, deployment: chain.deployment })
  await registry.bind(await signBinding(chain, device, binding))
  return binding
}

type Ends = {
  readonly payer: Signer
  readonly payee: Signer
  readonly payerBinding: Binding
  readonly payeeBinding: Binding
}

/** A channel between two bound machines; not open yet. */
export function makeChannel(chain: LocalChain, ends: Ends, salt: string): ChannelRecord {
  const channel: Channel = {
    payer: SignerId.of(ends.payer.signer),
    beneficiary: chain.beneficiary,
    token: chain.deployment.settlementToken,
    terms: {
      payerBinding: Bindings.id(ends.payerBinding),
      funder: chain.funder.writer.account.address,
      payee: SignerId.of(ends.payee.signer),
      payeeBinding: Bindings.id(ends.payeeBinding),
      closeDelaySeconds: 2 * CLOSE_DELAY_FLOOR_SECONDS,
      salt: keccak256(stringToHex(salt)),
    },
  }
  const channelId = Channels.id(channel, escrowDomain(chain.deployment))
  return { channelId, channel, payerSigner: ends.payer.signer, payeeSigner: ends.payee.signer }
}

type Total = { readonly cumulativeAmount: bigint; readonly version: bigint }

export async function signVoucher(chain: LocalChain, { channelId }: ChannelRecord, payer: Signer, total: Total) {
  const message = { channelId, ...total, receiptsRoot: keccak256(stringToHex(`receipts up to ${total.version}`)) }
  const digest = Voucher.hasher({ channelId, domain: escrowDomain(chain.deployment) })(message)
  return { ...message, signature: await signed(payer, digest) }
}

export async function signClose(chain: LocalChain, { channelId }: ChannelRecord, payee: Signer, total: Total) {
  const message = { channelId, ...total, receiptsRoot: keccak256(stringToHex(`receipts up to ${total.version}`)) }
  const digest = CooperativeClose.hasher({ channelId, domain: escrowDomain(chain.deployment) })(message)
  return { ...message, signature: await signed(payee, digest) }
}

/** Signs a request to close, of a channel that is named, with any key. */
export async function signRequestClose(
  chain: LocalChain,
  { channelId }: { readonly channelId: Hex },
  sign: (digest: Hex) => Promise<Hex>,
  deadline = 2 ** 40 - 1,
) {
  const request = { channelId, deadline }
  return { ...request, signature: await sign(RequestClose.digest(request, escrowDomain(chain.deployment))) }
}
