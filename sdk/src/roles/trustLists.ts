import type { Hex } from 'viem'
import { fromHex, toHex } from '../protocol/Bytes.ts'
import type { Domain } from '../protocol/Domain.ts'
import type { SignedTrustList } from '../protocol/TrustList.ts'
import * as TrustList from '../protocol/TrustList.ts'
import type { SignatureVerifier } from '../ports/SignatureVerifier.ts'
import type { Signer } from '../ports/Signer.ts'

/**
 * Signs a trust list, as whoever runs the verifiers.
 *
 * @example
 * const list = { version: 2, validFrom, validUntil, attesters: TrustList.sorted(attesters) }
 * await writeFile('trust.list', TrustList.encode(await signTrustList(list, { domain, signer })))
 */
export async function signTrustList(
  list: TrustList.TrustList,
  options: signTrustList.Options,
): Promise<SignedTrustList> {
  const { domain, signer } = options
  return { ...list, signature: toHex(await signer.sign(fromHex(TrustList.digest(list, domain)))) }
}
export declare namespace signTrustList {
  type Options = { readonly domain: Domain; readonly signer: Signer }
}

/** Checks a trust list, and returns it: in force, not older than the newest that is known, signed by whom it should be. */
export function verifyTrustList(list: SignedTrustList, options: verifyTrustList.Options): SignedTrustList {
  const { domain, signer, now, newest, verifier } = options
  TrustList.requireValid(list, now)
  const digest = TrustList.digest(list, domain)
  if (newest !== undefined && list.version <= newest.version && digest !== TrustList.digest(newest, domain)) {
    throw new TrustList.OlderError({ given: list.version, newest: newest.version })
  }
  if (!verifier.verify(signer, fromHex(digest), fromHex(list.signature))) {
    throw new TrustList.UnsignedError({ expected: signer })
  }
  return list
}
export declare namespace verifyTrustList {
  type Options = {
    /** The registry's. */
    readonly domain: Domain
    /** ERC-7913 signer of whoever runs the verifiers. */
    readonly signer: Hex
    /** Seconds. */
    readonly now: number
    /** The newest list that this verifier has taken. */
    readonly newest?: TrustList.TrustList | undefined
    readonly verifier: SignatureVerifier
  }
  type ErrorType = TrustList.NotYetValidError | TrustList.ExpiredError | TrustList.OlderError | TrustList.UnsignedError
}
