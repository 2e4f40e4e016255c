import type { KeyObject } from 'node:crypto'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { base64urlnopad } from '@scure/base'
import * as jose from 'jose'
import type { Address } from 'viem'
import { concat } from '../../protocol/Bytes.ts'
import type { Verifier } from '../../protocol/DidDocument.ts'
import * as PublicKey from '../../protocol/PublicKey.ts'
import * as SignerId from '../../protocol/SignerId.ts'
import type { Signer } from '../../ports/Signer.ts'
import { WrongCurveError } from '../signer/p256.ts'

/** Algorithms of attesters: P-256 and secp256k1, both over SHA-256. */
export const ALGORITHMS = ['ES256', 'ES256K'] as const
export type Algorithm = (typeof ALGORITHMS)[number]

/** Who signs a credential. An attester whose key lies elsewhere brings its own. */
export type JwsSigner = {
  readonly algorithm: Algorithm
  /** The DID URL of the key: `did:web:attester.example#key-1`. */
  readonly keyId: string
  /** The compact JSON Web Signature of the payload under the header. */
  sign(payload: Uint8Array, header: JwsHeader): Promise<string>
}
export type JwsHeader = { readonly alg: Algorithm; readonly typ: string; readonly kid: string }

const ENCODER = new TextEncoder()
const COMPACT_BYTES = 64

/** Signs by ES256 with a P-256 key of node:crypto. */
export function es256Signer(keyId: string, privateKey: KeyObject): JwsSigner {
  const { namedCurve } = privateKey.asymmetricKeyDetails ?? {}
  if (namedCurve !== 'prime256v1') throw new WrongCurveError({ given: namedCurve })
  return {
    algorithm: 'ES256',
    keyId,
    sign: (payload, header) => new jose.CompactSign(payload).setProtectedHeader(header).sign(privateKey),
  }
}

/**
 * Signs by ES256K (RFC 8812) with the attester's own account: the key that signs bindings. jose knows this algorithm no
 * longer, so the five lines of RFC 7515 are here.
 */
export function es256kSigner(keyId: string, signer: Signer): JwsSigner {
  const { kind } = SignerId.parse(signer.signer)
  if (kind !== 'secp256k1') throw new SignerId.BadSignerError({ given: SignerId.P256_SIGNER_BYTES })
  return {
    algorithm: 'ES256K',
    keyId,
    sign: async (payload, header) => {
      const input = `${base64urlnopad.encode(ENCODER.encode(JSON.stringify(header)))}.${base64urlnopad.encode(payload)}`
      // ERC-2098 keeps the parity in the highest bit of s, where JOSE has none.
      const signature = Uint8Array.from(await signer.sign(sha256(ENCODER.encode(input))))
      signature[32] = (signature[32] ?? 0) & 0x7f
      return `${input}.${base64urlnopad.encode(signature)}`
    },
  }
}

/** The payload of a compact JSON Web Signature, or undefined when the signature is not that of the verifier. */
export async function verifyJws(
  jws: string,
  algorithm: Algorithm,
  verifier: Verifier,
): Promise<Uint8Array | undefined> {
  if (algorithm === 'ES256K') return verifyEs256k(jws, verifier)
  if (verifier.kind !== 'key') return undefined
  try {
    const { payload } = await jose.compactVerify(jws, PublicKey.toJwk(verifier.key), { algorithms: ['ES256'] })
    return payload
  } catch (error) {
    if (error instanceof jose.errors.JOSEError) return undefined
    throw error
  }
}

function verifyEs256k(jws: string, verifier: Verifier): Uint8Array | undefined {
  const [header = '', payload = '', signature = ''] = jws.split('.')
  const bytes = decode(signature)
  if (bytes?.length !== COMPACT_BYTES) return undefined
  const input = ENCODER.encode(`${header}.${payload}`)
  const sound =
    verifier.kind === 'account'
      ? recovers(bytes, input, verifier.account.address)
      : verifies(bytes, input, verifier.key)
  return sound ? decode(payload) : undefined
}

function verifies(signature: Uint8Array, input: Uint8Array, { point }: PublicKey.PublicKey): boolean {
  try {
    // Contracts ask for a low s. JOSE does not, and other libraries do not make one.
    return secp256k1.verify(signature, input, point, { lowS: false })
  } catch {
    // Numbers that are no signature of any key.
    return false
  }
}

/** Of an account no key is known, and JOSE carries no parity: the key may be either of two. */
function recovers(signature: Uint8Array, input: Uint8Array, address: Address): boolean {
  return [0, 1].some((parity) => {
    try {
      const point = secp256k1.recoverPublicKey(concat(Uint8Array.of(parity), signature), input)
      return PublicKey.address({ curve: 'secp256k1', point }) === address
    } catch {
      // With this parity it is no signature of any key.
      return false
    }
  })
}

function decode(text: string): Uint8Array | undefined {
  try {
    return base64urlnopad.decode(text)
  } catch {
    // Not base64url, and so no signature.
    return undefined
  }
}
