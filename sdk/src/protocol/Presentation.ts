import { sha256 } from '@noble/hashes/sha2.js'
import type { Hex } from 'viem'
import { presentationTypehash } from '../generated/typedData.ts'
import type { Problem } from './ByteReader.ts'
import { byteReader } from './ByteReader.ts'
import { concat, fromHex, toHex, uintBytes } from './Bytes.ts'
import * as Credential from './Credential.ts'
import type { Domain } from './Domain.ts'
import * as Freshness from './Freshness.ts'
import { BadLayoutError, OversizeError } from './PresentationErrors.ts'
import * as StructHash from './StructHash.ts'
import { uint } from './StructHash.ts'

/** What the device says when it shows its binding: to whom, in answer to what, what for, and until when. */
export type Showing = {
  readonly verifierDeviceId: Hex
  /** 32 bytes that the verifier gave. */
  readonly challenge: Hex
  /** keccak256 of what it is shown for. */
  readonly purpose: Hex
  /** Seconds, exclusive. */
  readonly expiresAt: number
}

/** A credential as shown to one verifier. */
export type Presentation = Showing & {
  readonly credential: Credential.Credential
  /** The device's 64 bytes. */
  readonly signature: Hex
}

/** Largest presentation: a leaf of 20 levels with a snapshot of 2^20 entries has up to 2,884 bytes. */
export const PRESENTATION_BYTES_MAX = 3072

/** What the device signs. */
export function digest({ bindingId, ...showing }: Showing & { readonly bindingId: Hex }, domain: Domain): Hex {
  const { verifierDeviceId, challenge, purpose, expiresAt } = showing
  const words = [bindingId, verifierDeviceId, challenge, purpose, uint(expiresAt, 40)]
  return StructHash.digest(StructHash.structHash(presentationTypehash, words), domain)
}

/** Layout: credential || verifierDeviceId 32 || challenge 32 || purpose 32 || expiresAt 5 || signature 64. */
export function encode(presentation: Presentation): Uint8Array {
  const { credential, verifierDeviceId, challenge, purpose, expiresAt, signature } = presentation
  return concat(
    Credential.encode(credential),
    ...[fromHex(verifierDeviceId, 32), fromHex(challenge, 32), fromHex(purpose, 32)],
    ...[uintBytes(expiresAt, 5), fromHex(signature, 64)],
  )
}

/** The only way from a peer's bytes to a presentation; checks no signature. */
export function decode(bytes: Uint8Array): Presentation {
  return read(bytes).presentation
}

/** Decodes, and gives the SHA-256 of all that does not change from one showing to the next. */
export function read(bytes: Uint8Array): { readonly presentation: Presentation; readonly credentialHash: Hex } {
  if (bytes.length > PRESENTATION_BYTES_MAX)
    throw new OversizeError({ given: bytes.length, max: PRESENTATION_BYTES_MAX })
  const refuse = (problem: Problem) => new BadLayoutError(problem)
  const reader = byteReader(bytes, refuse)
  const lasting = Credential.readLasting(reader, refuse)
  const credentialHash = toHex(sha256(reader.since(0)))
  const freshness = Freshness.read(reader, refuse)
  const showing = {
    verifierDeviceId: reader.hex(32),
    challenge: reader.hex(32),
    purpose: reader.hex(32),
    expiresAt: reader.number(5),
  }
  const signature = reader.hex(64)
  reader.end()
  const credential = { ...lasting, ...(freshness === undefined ? {} : { freshness }) }
  return { presentation: { credential, ...showing, signature }, credentialHash }
}
