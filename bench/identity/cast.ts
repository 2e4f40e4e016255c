import {
  Binding,
  Bytes,
  Domain,
  FreshnessChain,
  Funding,
  SignerId,
  loadFastestBackend,
  p256KeyOf,
  p256Signer,
  secp256k1Signer,
  signTrustList,
} from '@musubi/sdk'
import type { Credential, Freshness, Signer, TrustList } from '@musubi/sdk'
import type { Hex } from 'viem'
import { getAddress, keccak256, padHex, stringToHex, toHex } from 'viem'

/** Who takes part where there is no chain: an attester, the verifier's runner, and machines of both kinds of keys. */
export type KeyType = 'secp256k1' | 'p256'
export const KEY_TYPES: readonly KeyType[] = ['secp256k1', 'p256']

const DAY = FreshnessChain.DAY_SECONDS
const START = 1_800_000_000
const CHAIN_DAYS = 365
/** The day on which everything is shown: as many hashes from the tip. */
const TODAY = 30
/** Nothing here depends on what time it is. */
export const NOW = START + TODAY * DAY + DAY / 2
export const CLOCK = { now: () => NOW }
export const PURPOSE = named('charging')
export const NONE: Hex = padHex('0x', { size: 32 })

const address = (number: number): Hex => padHex(toHex(number), { size: 20 })
const REGISTRY = { chainId: 31337, address: getAddress(address(1)) }
export const P256_VERIFIER = getAddress(address(2))
export const DOMAIN = Domain.registry(REGISTRY)

const backend = await loadFastestBackend()
export const attester = newSigner('attester', 'secp256k1')
export const runner = newSigner('runner', 'secp256k1')
export const VERIFIER_DEVICE_ID = SignerId.of(newSigner('charger', 'secp256k1').signer)

export function named(meaning: string): Hex {
  return keccak256(stringToHex(meaning))
}

export function newSigner(name: string, keyType: KeyType): Signer {
  const secret = named(`key of ${name}`)
  return keyType === 'p256' ? p256Signer(p256KeyOf(secret), P256_VERIFIER) : secp256k1Signer(secret, backend)
}

export async function signed(signer: Signer, digest: Hex): Promise<Hex> {
  return Bytes.toHex(await signer.sign(Bytes.fromHex(digest)))
}

/** A device with a party of its own, so that a verifier who meets it has seen neither key. */
export type Machine = { readonly signer: Signer; readonly party: Signer; readonly binding: Binding.Binding }

export function newMachine(name: string, keyType: KeyType): Machine {
  const signer = newSigner(name, keyType)
  const party = newSigner(`party of ${name}`, keyType)
  return { signer, party, binding: bindingOf({ signer, party, seed: named(`seed of ${name}`) }) }
}

/** The newest word of the attester that the machine's binding stands. */
export function todaysToken(name: string): Freshness.Freshness {
  return { kind: 'token', ...FreshnessChain.token({ seed: named(`seed of ${name}`), days: CHAIN_DAYS }, TODAY) }
}

export async function credentialOf(name: string, keyType: KeyType): Promise<Machine & Held> {
  const machine = newMachine(name, keyType)
  const digest = Binding.digest(machine.binding, DOMAIN)
  const signatures = await bothSign(machine, digest)
  return { ...machine, credential: held(machine, name, { kind: 'binding', ...signatures }) }
}
type Held = { readonly credential: Credential.Credential }

export function held(machine: Machine, name: string, proof: Credential.Proof): Credential.Credential {
  const { signer, party, binding } = machine
  const signers = { deviceSigner: signer.signer, partySigner: party.signer }
  return { registry: REGISTRY, binding, ...signers, proof, freshness: todaysToken(name) }
}

/** What party and attester say to a binding or to an enrolment. */
export async function bothSign({ party }: Pick<Machine, 'party'>, digest: Hex) {
  return { partySignature: await signed(party, digest), attesterSignature: await signed(attester, digest) }
}

export async function newTrustList(): Promise<TrustList.SignedTrustList> {
  const attesters = [getAddress(attester.signer)]
  const list = { version: 1, validFrom: START, validUntil: START + 90 * DAY, attesters }
  return signTrustList(list, { domain: DOMAIN, signer: runner })
}

function bindingOf({ signer, party, seed }: { signer: Signer; party: Signer; seed: Hex }): Binding.Binding {
  return {
    deviceId: SignerId.of(signer.signer),
    partyId: SignerId.of(party.signer),
    attester: getAddress(attester.signer),
    validFrom: START,
    validUntil: START + 365 * DAY,
    funder: address(3),
    funding: Funding.CREDIT,
    token: address(4),
    maxPerPayment: 100n * 10n ** 18n,
    maxPerPeriod: 10_000n * 10n ** 18n,
    periodSeconds: 30 * DAY,
    approvers: NONE,
    billingRef: named('salt and account'),
    freshnessTip: FreshnessChain.tip({ seed, days: CHAIN_DAYS }),
    previous: NONE,
  }
}
