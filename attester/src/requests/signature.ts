import { UsageError } from '@musubi/cli'
import type { SignatureVerifier } from '@musubi/sdk'
import { Bytes, SignerId } from '@musubi/sdk'
import type { Hex } from 'viem'
import { isHex, parseSignature, serializeCompactSignature, signatureToCompactSignature, size } from 'viem'
import { z } from 'zod'
import { readText } from '../state/files.ts'

const schema = z.looseObject({ signature: z.string() })

/**
 * Reads what somebody else signed: a JSON file with a `signature`, as `musubi-attester sign` writes it, or the hex that a
 * wallet gives. Checks it before it costs anything, and brings it into the one form that our files have.
 */
export function readSignature(path: string, options: readSignature.Options): Hex {
  const text = readText(path).trim()
  const parsed = text.startsWith('{') ? schema.safeParse(tryJson(text)) : undefined
  const signature = parsed?.data?.signature ?? text
  if (!isHex(signature, { strict: true })) throw wrong(path, 'no signature in hex', options)
  return requireSigned(compact(signature, options.signer), { path, ...options })
}
export declare namespace readSignature {
  type Options = {
    /** For people: whose signature it is to be. */
    readonly whose: string
    /** ERC-7913. */
    readonly signer: Hex
    readonly digest: Hex
    readonly verifier: SignatureVerifier
  }
}

function requireSigned(signature: Hex, options: readSignature.Options & { readonly path: string }): Hex {
  const { path, signer, digest, verifier } = options
  const isPlain = size(signature) === 64
  // What a contract account gives has a form of its own, and only the chain can judge it.
  if (!isPlain && size(signer) === SignerId.ADDRESS_BYTES) return signature
  if (verifier.verify(signer, Bytes.fromHex(digest), Bytes.fromHex(signature))) return signature
  throw wrong(path, `a signature of another key, or of other content`, options)
}

/** Wallets give r, s and v; we keep r and vs. */
function compact(signature: Hex, signer: Hex): Hex {
  if (size(signature) !== 65 || size(signer) !== SignerId.ADDRESS_BYTES) return signature
  return serializeCompactSignature(signatureToCompactSignature(parseSignature(signature)))
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function wrong(path: string, given: string, { whose, signer, digest }: readSignature.Options): UsageError {
  return new UsageError('Requests.WrongSignatureError', `The ${whose} has not signed this.`, {
    given: `${path}: ${given}`,
    expected: `a signature of ${signer} under ${digest}`,
    next: 'Have the request that --prepare wrote signed again, by `musubi-attester sign` or a wallet.',
  })
}
