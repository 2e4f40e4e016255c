import type { Hex } from 'viem'
import { getAddress, keccak256, stringToHex } from 'viem'
import { Funding } from '../../src/generated/constants.ts'
import type { Binding } from '../../src/protocol/Binding.ts'
import * as Bindings from '../../src/protocol/Binding.ts'
import { fromHex, toHex } from '../../src/protocol/Bytes.ts'
import type { Credential } from '../../src/protocol/Credential.ts'
import * as Domain from '../../src/protocol/Domain.ts'
import type { Enrolment } from '../../src/protocol/Enrolment.ts'
import * as Enrolments from '../../src/protocol/Enrolment.ts'
import type { Freshness } from '../../src/protocol/Freshness.ts'
import * as FreshnessChain from '../../src/protocol/FreshnessChain.ts'
import * as LeafTree from '../../src/protocol/LeafTree.ts'
import * as SignerId from '../../src/protocol/SignerId.ts'
import * as StatusList from '../../src/protocol/StatusList.ts'
import * as TrustList from '../../src/protocol/TrustList.ts'
import type { SignatureVerifier } from '../../src/ports/SignatureVerifier.ts'
import type { Signer } from '../../src/ports/Signer.ts'
import { p256KeyOf, p256Signer } from '../../src/adapters/signer/p256.ts'
import { secp256k1Signer } from '../../src/adapters/signer/secp256k1.ts'
import { loadFastestBackend } from '../../src/adapters/signer/secp256k1Backend.ts'
import { createSignatureVerifier } from '../../src/adapters/signer/signatureVerifier.ts'
import { signStatusSnapshot } from '../../src/roles/statusSnapshots.ts'
import { signTrustList } from '../../src/roles/trustLists.ts'
import { readVectors } from './vectors.ts'

/** A world without a chain: who vouches, who is liable, and machines that show it to each other. */
export const DAY = FreshnessChain.DAY_SECONDS
export const START = 1_800_000_000
export const CHAIN_DAYS = 365
/** When things are shown, unless a test says otherwise: half a day into day 30. */
export const NOW = START + 30 * DAY + DAY / 2
export const ZERO_HASH: Hex = `0x${'00'.repeat(32)}`
export const PURPOSE = named('purpose of the tests')

// The contracts of the other tests of roles, so that a session's machines can be shown.
const { chainId, contracts } = readVectors('domains.json')
const contract = (name: string) => getAddress(`0x${named(name).slice(-40)}`)
export const registry = { chainId, address: contracts.identityRegistry }
export const domain = Domain.registry(registry)
export const p256Verifier = contracts.p256Sha256Verifier

const backend = await loadFastestBackend()
export const verifier: SignatureVerifier = createSignatureVerifier({ backend, p256Verifier })

export function named(meaning: string): Hex {
  return keccak256(stringToHex(meaning))
}

export function secp256k1Key(name: string): Signer {
  return secp256k1Signer(named(`key of ${name}`), backend)
}

export function p256Key(name: string, contractOfIt = p256Verifier): Signer {
  return p256Signer(p256KeyOf(named(`key of ${name}`)), contractOfIt)
}

export const attester = secp256k1Key('attester')
export const party = secp256k1Key('party')
/** Whoever runs the verifiers. */
export const runner = secp256k1Key('runner')
export const car = secp256k1Key('car')
export const van = p256Key('van')
export const charger = secp256k1Key('charger')
export const chargerId = SignerId.of(charger.signer)

export const seed = named('seed of freshness')

type Signers = { readonly party?: Signer; readonly attester?: Signer }

export function bindingOf(device: Signer, overrides: Partial<Binding> = {}): Binding {
  return {
    deviceId: SignerId.of(device.signer),
    partyId: SignerId.of(party.signer),
    attester: getAddress(attester.signer),
    validFrom: START,
    validUntil: START + 365 * DAY,
    funder: contract('funder'),
    funding: Funding.CREDIT,
    token: contract('token'),
    maxPerPayment: 100n,
    maxPerPeriod: 10_000n,
    periodSeconds: 30 * DAY,
    approvers: ZERO_HASH,
    billingRef: named('salt and account'),
    freshnessTip: FreshnessChain.tip({ seed, days: CHAIN_DAYS }),
    previous: ZERO_HASH,
    ...overrides,
  }
}

async function bySigners(digest: Hex, signers: Signers) {
  const { party: liable = party, attester: vouching = attester } = signers
  return { partySignature: await signed(liable, digest), attesterSignature: await signed(vouching, digest) }
}

export async function signed(signer: Signer, digest: Hex): Promise<Hex> {
  return toHex(await signer.sign(fromHex(digest)))
}

/** A credential whose party and attester signed the binding. Other signers than it names, for what must be refused. */
export async function credentialOf(
  device: Signer,
  {
    binding: overrides = {},
    freshness,
    ...signers
  }: Signers & { binding?: Partial<Binding>; freshness?: Freshness } = {},
): Promise<Credential> {
  const binding = bindingOf(device, overrides)
  const proof = { kind: 'binding' as const, ...(await bySigners(Bindings.digest(binding, domain), signers)) }
  const partySigner = signers.party?.signer ?? party.signer
  return { registry, binding, deviceSigner: device.signer, partySigner, proof, ...(freshness && { freshness }) }
}

type LeafOptions = Signers & {
  readonly binding?: Partial<Binding>
  readonly enrolment?: Partial<Enrolment>
  readonly freshness?: Freshness
}

/** The same for a leaf of a fleet of nine. */
export async function leafOf(device: Signer, options: LeafOptions = {}): Promise<Credential> {
  const binding = bindingOf(device, options.binding)
  const index = 6
  const others = Array.from({ length: 8 }, (_, other) => named(`another device's binding ${other}`))
  const tree = LeafTree.build({ bindingIds: others.toSpliced(index, 0, Bindings.id(binding)) })
  const { partyId, attester: vouching, validFrom, validUntil } = bindingOf(device)
  const { root, count } = tree
  const enrolment = { root, count, partyId, attester: vouching, validFrom, validUntil, ...options.enrolment }
  const signatures = await bySigners(Enrolments.digest(enrolment, domain), options)
  const proof = { kind: 'leaf' as const, enrolment, index, siblings: LeafTree.proof(tree, index), ...signatures }
  const { freshness } = options
  return {
    registry,
    binding,
    deviceSigner: device.signer,
    partySigner: party.signer,
    proof,
    ...(freshness && { freshness }),
  }
}

export function tokenOf(day: number): Freshness {
  return { kind: 'token', ...FreshnessChain.token({ seed, days: CHAIN_DAYS }, day) }
}

type SnapshotOptions = {
  readonly asOf?: number
  readonly attester?: Signer
  readonly by?: Signer
  readonly count?: number
}

/** A proof that a list without the binding does not have it. */
export async function absentOf(binding: Binding, options: SnapshotOptions = {}): Promise<Freshness> {
  const { asOf = NOW - 600, attester: named_ = attester, by = named_, count = 20 } = options
  const bindingIds = Array.from({ length: count }, (_, index) => named(`ended ${index}`)).sort()
  const list = StatusList.build({ attester: getAddress(named_.signer), asOf, bindingIds })
  const snapshot = await signStatusSnapshot(list.snapshot, { domain, signer: by })
  return { kind: 'snapshot', snapshot, proof: StatusList.prove(list, Bindings.id(binding)) }
}

export async function trustListOf(overrides: Partial<TrustList.TrustList> = {}, signer = runner) {
  const attesters = [getAddress(attester.signer)]
  const list = { version: 1, validFrom: START, validUntil: START + 90 * DAY, attesters, ...overrides }
  return signTrustList({ ...list, attesters: TrustList.sorted(list.attesters) }, { domain, signer })
}
