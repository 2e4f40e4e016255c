import type { Address, Hex } from 'viem'
import { getAddress } from 'viem'
import { Funding } from '../generated/constants.ts'
import type { Binding } from './Binding.ts'
import type { ByteReader, Problem } from './ByteReader.ts'
import { byteReader } from './ByteReader.ts'
import { concat, fromHex, uintBytes } from './Bytes.ts'
import type { Place } from './Domain.ts'
import type { Enrolment } from './Enrolment.ts'
import { BaseError } from './Errors.ts'
import * as Freshness from './Freshness.ts'
import { LEAVES_MAX } from './LeafTree.ts'
import { depthOf } from './MerkleTree.ts'
import * as SignerId from './SignerId.ts'

/** A binding as its device holds it: with all that a peer without a network needs to believe it. */
export type Credential = {
  /** The registry in whose domain everything is signed. */
  readonly registry: Place
  readonly binding: Binding
  readonly deviceSigner: Hex
  readonly partySigner: Hex
  readonly proof: Proof
  /** The newest that the device could get. */
  readonly freshness?: Freshness.Freshness
}

/** How party and attester stand behind the binding: they signed it, or the enrolment of which it is a leaf. */
export type Proof = BindingProof | LeafProof
type Signatures = { readonly partySignature: Hex; readonly attesterSignature: Hex }
export type BindingProof = Signatures & { readonly kind: 'binding' }
export type LeafProof = Signatures & {
  readonly kind: 'leaf'
  readonly enrolment: Enrolment
  readonly index: number
  /** From the leaf up. */
  readonly siblings: readonly Hex[]
}

/** First byte of the layout, which a presentation goes on with. */
export const CREDENTIAL_VERSION = 1

const PROOF_CODES = { binding: 1, leaf: 2 } as const
const SIGNER_CODES = { secp256k1: 1, p256: 2 } as const
const FUNDINGS: readonly Funding[] = [Funding.CREDIT, Funding.PREPAID, Funding.OWN]

/** The file that a device keeps: fixed, and then its freshness. docs/PROTOCOL.md has the layout. */
export function encode(credential: Credential): Uint8Array {
  return concat(encodeLasting(credential), Freshness.write(credential.freshness))
}

/** Reads what `encode` wrote; checks no signature. */
export function decode(bytes: Uint8Array): Credential {
  const refuse = (problem: Problem) => new BadCredentialError(problem)
  const reader = byteReader(bytes, refuse)
  const lasting = readLasting(reader, refuse)
  const freshness = Freshness.read(reader, refuse)
  reader.end()
  return { ...lasting, ...(freshness === undefined ? {} : { freshness }) }
}

/**
 * All but the freshness: version 1 || chainId 8 || registry 20 || binding 227 || device signer || party signer || proof.
 * Ids of device and party are not in it, as they follow from the signers.
 */
export function encodeLasting(credential: Credential): Uint8Array {
  requireSame(credential)
  const { registry, binding, deviceSigner, partySigner, proof } = credential
  return concat(
    ...[Uint8Array.of(CREDENTIAL_VERSION), uintBytes(registry.chainId, 8), fromHex(registry.address, 20)],
    writeBinding(binding),
    writeSigner(deviceSigner),
    writeSigner(partySigner),
    writeProof(proof),
  )
}

export function readLasting(reader: ByteReader, refuse: (problem: Problem) => Error): Omit<Credential, 'freshness'> {
  const version = reader.number(1)
  if (version !== CREDENTIAL_VERSION) {
    throw refuse({ problem: 'of an unknown version', given: version, expected: CREDENTIAL_VERSION })
  }
  const chainId = reader.bigint(8)
  if (chainId > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw refuse({ problem: 'of no chain', given: chainId, expected: Number.MAX_SAFE_INTEGER })
  }
  const registry = { chainId: Number(chainId), address: addressOf(reader) }
  const signed = readBinding(reader, refuse)
  const deviceSigner = readSigner(reader, refuse)
  const partySigner = readSigner(reader, refuse)
  const binding = { deviceId: SignerId.of(deviceSigner), partyId: SignerId.of(partySigner), ...signed }
  return { registry, binding, deviceSigner, partySigner, proof: readProof(reader, binding, refuse) }
}

function writeBinding(binding: Binding): Uint8Array {
  return concat(
    ...[fromHex(binding.attester, 20), uintBytes(binding.validFrom, 5), uintBytes(binding.validUntil, 5)],
    ...[fromHex(binding.funder, 20), uintBytes(binding.funding, 1), fromHex(binding.token, 20)],
    ...[uintBytes(binding.maxPerPayment, 12), uintBytes(binding.maxPerPeriod, 12), uintBytes(binding.periodSeconds, 4)],
    ...[fromHex(binding.approvers, 32), fromHex(binding.billingRef, 32)],
    ...[fromHex(binding.freshnessTip, 32), fromHex(binding.previous, 32)],
  )
}

function readBinding(reader: ByteReader, refuse: (problem: Problem) => Error): Omit<Binding, 'deviceId' | 'partyId'> {
  const [attester, validFrom, validUntil] = [addressOf(reader), reader.number(5), reader.number(5)]
  const funder = addressOf(reader)
  const code = reader.number(1)
  const funding = FUNDINGS.find((each) => each === code)
  if (funding === undefined) throw refuse({ problem: 'of an unknown funding', given: code, expected: FUNDINGS })
  const token = addressOf(reader)
  const [maxPerPayment, maxPerPeriod, periodSeconds] = [reader.bigint(12), reader.bigint(12), reader.number(4)]
  const limits = { token, maxPerPayment, maxPerPeriod, periodSeconds }
  const [approvers, billingRef, freshnessTip, previous] = [hash(reader), hash(reader), hash(reader), hash(reader)]
  const rest = { approvers, billingRef, freshnessTip, previous }
  return { attester, validFrom, validUntil, funder, funding, ...limits, ...rest }
}

/** Kind 1 || 20 or 84 bytes. */
function writeSigner(signer: Hex): Uint8Array {
  const bytes = fromHex(signer)
  if (bytes.length === SignerId.ADDRESS_BYTES) return concat(Uint8Array.of(SIGNER_CODES.secp256k1), bytes)
  if (bytes.length === SignerId.P256_SIGNER_BYTES) return concat(Uint8Array.of(SIGNER_CODES.p256), bytes)
  throw new NotOfflineError({ who: 'signer', given: signer })
}

function readSigner(reader: ByteReader, refuse: (problem: Problem) => Error): Hex {
  const code = reader.number(1)
  if (code === SIGNER_CODES.secp256k1) return addressOf(reader)
  if (code === SIGNER_CODES.p256) return reader.hex(SignerId.P256_SIGNER_BYTES)
  throw refuse({ problem: 'of an unknown kind of signer', given: code, expected: Object.values(SIGNER_CODES) })
}

/** Kind 1 || for a leaf: root 32, count 4, validFrom 5, validUntil 5, index 4, siblings || two signatures of 64. */
function writeProof(proof: Proof): Uint8Array {
  const signatures = [signatureOf(proof.partySignature), signatureOf(proof.attesterSignature)]
  if (proof.kind === 'binding') return concat(Uint8Array.of(PROOF_CODES.binding), ...signatures)
  const { root, count, validFrom, validUntil } = proof.enrolment
  return concat(
    ...[Uint8Array.of(PROOF_CODES.leaf), fromHex(root, 32), uintBytes(count, 4)],
    ...[uintBytes(validFrom, 5), uintBytes(validUntil, 5), uintBytes(proof.index, 4)],
    ...proof.siblings.map((sibling) => fromHex(sibling, 32)),
    ...signatures,
  )
}

function readProof(reader: ByteReader, binding: Binding, refuse: (problem: Problem) => Error): Proof {
  const code = reader.number(1)
  if (code === PROOF_CODES.binding) return { kind: 'binding', ...readSignatures(reader) }
  if (code !== PROOF_CODES.leaf) {
    throw refuse({ problem: 'of an unknown kind of proof', given: code, expected: Object.values(PROOF_CODES) })
  }
  const root = hash(reader)
  const [count, validFrom, validUntil, index] = [reader.number(4), reader.number(5), reader.number(5), reader.number(4)]
  if (count > LEAVES_MAX) throw refuse({ problem: 'of too many leaves', given: count, expected: LEAVES_MAX })
  if (index >= count) throw refuse({ problem: 'of no leaf', given: index, expected: `below ${count}` })
  const siblings = Array.from({ length: depthOf(count) }, () => hash(reader))
  const { partyId, attester } = binding
  const enrolment = { root, count, partyId, attester, validFrom, validUntil }
  return { kind: 'leaf', enrolment, index, siblings, ...readSignatures(reader) }
}

function readSignatures(reader: ByteReader): Signatures {
  return { partySignature: reader.hex(64), attesterSignature: reader.hex(64) }
}

/** What an account that is a contract gives has any other length: nobody can check it without a chain. */
function signatureOf(signature: Hex): Uint8Array {
  const bytes = fromHex(signature)
  if (bytes.length !== 64) throw new NotOfflineError({ who: 'signature', given: signature })
  return bytes
}

/** What the layout leaves out must follow from the rest, or another binding would be read than was written. */
function requireSame({ binding, deviceSigner, partySigner, proof }: Credential): void {
  requireEqual('deviceId', SignerId.of(deviceSigner), binding.deviceId)
  requireEqual('partyId', SignerId.of(partySigner), binding.partyId)
  if (proof.kind === 'binding') return
  const { enrolment, siblings, index } = proof
  requireEqual("the enrolment's partyId", enrolment.partyId, binding.partyId)
  requireEqual("the enrolment's attester", enrolment.attester, binding.attester)
  if (enrolment.count > LEAVES_MAX || index >= enrolment.count || siblings.length !== depthOf(enrolment.count)) {
    const given = { count: enrolment.count, index, siblings: siblings.length }
    throw new BadCredentialError({
      problem: 'of no leaf',
      given: JSON.stringify(given),
      expected: 'a leaf of the tree',
    })
  }
}

function requireEqual(field: string, given: Hex, expected: Hex): void {
  if (given.toLowerCase() === expected.toLowerCase()) return
  throw new BadCredentialError({ problem: `contradicting itself in ${field}`, given, expected })
}

function addressOf(reader: ByteReader): Address {
  return getAddress(reader.hex(20))
}

function hash(reader: ByteReader): Hex {
  return reader.hex(32)
}

/** The bytes are no credential, or its parts contradict each other. */
export class BadCredentialError extends BaseError {
  override readonly name = 'Credential.BadCredentialError'
  constructor({ problem, given, expected }: Problem) {
    super(`The credential is ${problem}: given ${String(given)}, expected ${String(expected)}.`, {
      next: 'Have the attester issue it anew.',
      given,
      expected,
    })
  }
}

/** The binding holds on chain, but a contract stands behind one of its keys, and nobody can ask that without a network. */
export class NotOfflineError extends BaseError {
  override readonly name = 'Credential.NotOfflineError'
  constructor({ who, given, expected = PLAIN }: { who: string; given: Hex; expected?: string }) {
    super(`The ${who} ${given} is none of a plain key, so the binding cannot be shown offline.`, {
      next: 'Check it on chain, or bind the device by plain keys: secp256k1, or P-256 through P256Sha256Verifier.',
      given,
      expected,
    })
  }
}

const PLAIN = 'a signer of 20 or 84 bytes, and a signature of 64'
