import { base58 } from '@scure/base'
import type { Address } from 'viem'
import * as AccountId from './AccountId.ts'
import { concat, fromHex, toHex } from './Bytes.ts'
import { BadDidError, NoSignerError, UnsupportedKeyError, WrongChainError } from './DidErrors.ts'
import * as PublicKey from './PublicKey.ts'
import type { Signer } from './SignerId.ts'
import * as SignerId from './SignerId.ts'

/** A W3C decentralized identifier: of a key, of an account, or of a domain that publishes its keys. */
export type Did = `did:${'key' | 'pkh' | 'web'}:${string}`

/** What a DID says by itself. */
export type ParsedDid =
  | { readonly method: 'key'; readonly key: PublicKey.PublicKey }
  | { readonly method: 'pkh'; readonly account: AccountId.AccountId }
  | { readonly method: 'web'; readonly host: string; readonly path: readonly string[] }

/** Longer ones are refused before they are decoded: base58 takes time that grows with the square of the length. */
export const DID_CHARACTERS_MAX = 256

/** Multicodec prefixes: p256-pub is 0x1200, secp256k1-pub 0xe7, both as varints. */
const CODECS = { 'P-256': [0x80, 0x24], secp256k1: [0xe7, 0x01] } as const satisfies Record<PublicKey.Curve, unknown>
const CODEC_BYTES = 2

const FORM = /^did:(key|pkh|web):(.+)$/
/** A name with a dot or `localhost`, and a port: did:web has no IP addresses, so the last label is not a number. */
const HOST = /^(?:localhost|(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*)(?:%3[Aa][1-9][0-9]{0,4})?$/i
/** No percent sign and no leading dot: nothing that a server or a URL parser could read as `..`. */
const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/

/** The `did:key` of a public key. */
export function ofKey(key: PublicKey.PublicKey): Did {
  return `did:key:${multibase(key)}`
}

/** The `did:pkh` of an account on a chain. */
export function ofAccount(account: AccountId.AccountId): Did {
  return `did:pkh:${AccountId.format(account)}`
}

/** The `did:web` of a host, and of a path on it. A port is part of the host: `example.com:8443`. */
export function ofWeb(host: string, path: readonly string[] = []): Did {
  const did: Did = `did:web:${[host.replace(':', '%3A'), ...path].join(':')}`
  parse(did)
  return did
}

/**
 * The DID of a signer: `did:key` for a P-256 key, and `did:pkh` for an address, from which no public key follows.
 *
 * @example
 * Did.of('0x94166Ca2c0a7c5Cbc42D7DC6D355d49be11CD60a', { chainId: 10 })
 * // did:pkh:eip155:10:0x94166Ca2c0a7c5Cbc42D7DC6D355d49be11CD60a
 */
export function of(signer: Signer, { chainId }: { readonly chainId: number }): Did {
  const parsed = SignerId.parse(signer)
  if (parsed.kind === 'secp256k1') return ofAccount({ chainId, address: parsed.address })
  return ofKey(PublicKey.ofCoordinates('P-256', concat(parsed.x, parsed.y)))
}

/**
 * The signer that a `did:key` or `did:pkh` names: to be compared with the one of a binding.
 *
 * @example
 * const signer = Did.toSigner(did, { chainId, p256Verifier: deployment.p256Sha256Verifier })
 * SignerId.of(signer) === binding.deviceId
 */
export function toSigner(did: string, { chainId, p256Verifier }: toSigner.Options): Signer {
  const parsed = parse(did)
  if (parsed.method === 'web') throw new NoSignerError({ given: did })
  if (parsed.method === 'pkh') {
    // The same address may be another's contract on another chain.
    if (parsed.account.chainId !== chainId) throw new WrongChainError({ given: did, expected: chainId })
    return parsed.account.address
  }
  if (PublicKey.hasAddress(parsed.key)) return PublicKey.address(parsed.key)
  return toHex(concat(fromHex(p256Verifier, SignerId.ADDRESS_BYTES), PublicKey.coordinates(parsed.key)))
}
export declare namespace toSigner {
  type Options = { readonly chainId: number; readonly p256Verifier: Address }
  type ErrorType = BadDidError | UnsupportedKeyError | NoSignerError | WrongChainError
}

/** Reads a DID of one of the three methods. */
export function parse(did: string): ParsedDid {
  const [, method, id] = did.length > DID_CHARACTERS_MAX ? [] : (FORM.exec(did) ?? [])
  if (method === undefined || id === undefined) throw new BadDidError({ given: did })
  if (method === 'web') return parseWeb(did, id)
  if (method === 'key') return { method, key: parseMultibase(did, id) }
  try {
    return { method: 'pkh', account: AccountId.parse(id) }
  } catch (cause) {
    throw new BadDidError({ given: did, cause })
  }
}

/** A public key in multibase, as `did:key` and the verification method `Multikey` write it. */
export function multibase({ curve, point }: PublicKey.PublicKey): string {
  return `z${base58.encode(concat(Uint8Array.from(CODECS[curve]), point))}`
}

function parseMultibase(did: string, text: string): PublicKey.PublicKey {
  const bytes = decodeBase58(did, text)
  const [curve] = PublicKey.CURVES.filter((name) => CODECS[name].every((byte, index) => bytes[index] === byte))
  if (curve === undefined) throw new UnsupportedKeyError({ given: did })
  const point = bytes.subarray(CODEC_BYTES)
  // One key, one DID: a point that is not compressed would be a second name for it.
  if (point.length !== PublicKey.POINT_BYTES) throw new BadDidError({ given: did })
  try {
    return PublicKey.of(curve, point)
  } catch (cause) {
    throw new BadDidError({ given: did, cause })
  }
}

function decodeBase58(did: string, text: string): Uint8Array {
  if (!text.startsWith('z')) throw new BadDidError({ given: did })
  try {
    return base58.decode(text.slice(1))
  } catch (cause) {
    throw new BadDidError({ given: did, cause })
  }
}

function parseWeb(did: string, id: string): ParsedDid {
  const [host = '', ...path] = id.split(':')
  if (!HOST.test(host) || !path.every((segment) => SEGMENT.test(segment))) throw new BadDidError({ given: did })
  return { method: 'web', host: host.replace(/%3a/i, ':'), path }
}
