import * as Anchor from '../protocol/Anchor.ts'
import type { SignedAnchor } from '../protocol/Anchor.ts'
import { fromHex, toHex } from '../protocol/Bytes.ts'
import type { Domain } from '../protocol/Domain.ts'
import * as SignerId from '../protocol/SignerId.ts'
import type { SignatureVerifier } from '../ports/SignatureVerifier.ts'
import type { Signer } from '../ports/Signer.ts'

/** Signs an anchor, as its publisher. */
export async function signAnchor(anchor: Anchor.Anchor, { domain, signer }: signAnchor.Options): Promise<SignedAnchor> {
  requirePublisher(anchor, signer.signer)
  const signature = toHex(await signer.sign(fromHex(Anchor.digest(anchor, domain))))
  return { ...anchor, signer: signer.signer, signature }
}
export declare namespace signAnchor {
  /** `domain`: `Deployment.anchorDomain`. */
  type Options = { readonly domain: Domain; readonly signer: Signer }
  type ErrorType = Anchor.UnsignedError
}

/**
 * Checks that the publisher whom it names signed the anchor, and returns it. Knows the keys of devices alone: whether an
 * account has signed only the chain can tell.
 */
export function verifyAnchor(anchor: SignedAnchor, { domain, verifier }: verifyAnchor.Options): SignedAnchor {
  const { publisher, signer, signature } = anchor
  requirePublisher(anchor, signer)
  if (verifier.verify(signer, fromHex(Anchor.digest(anchor, domain)), fromHex(signature))) return anchor
  throw new Anchor.UnsignedError({ given: signer, expected: publisher })
}
export declare namespace verifyAnchor {
  /** `domain`: `Deployment.anchorDomain`. */
  type Options = { readonly domain: Domain; readonly verifier: SignatureVerifier }
  type ErrorType = Anchor.UnsignedError
}

function requirePublisher({ publisher }: Anchor.Anchor, signer: Anchor.SignedAnchor['signer']): void {
  if (SignerId.of(signer) !== publisher.toLowerCase()) {
    throw new Anchor.UnsignedError({ given: signer, expected: publisher })
  }
}
