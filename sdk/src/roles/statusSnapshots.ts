import { fromHex, toHex } from '../protocol/Bytes.ts'
import type { Domain } from '../protocol/Domain.ts'
import { WrongSnapshotError } from '../protocol/FreshnessErrors.ts'
import type { SignedStatusSnapshot } from '../protocol/StatusSnapshot.ts'
import * as StatusSnapshot from '../protocol/StatusSnapshot.ts'
import type { SignatureVerifier } from '../ports/SignatureVerifier.ts'
import type { Signer } from '../ports/Signer.ts'

/** Signs a snapshot, as its attester. */
export async function signStatusSnapshot(
  snapshot: StatusSnapshot.StatusSnapshot,
  { domain, signer }: signStatusSnapshot.Options,
): Promise<SignedStatusSnapshot> {
  return { ...snapshot, signature: toHex(await signer.sign(fromHex(StatusSnapshot.digest(snapshot, domain)))) }
}
export declare namespace signStatusSnapshot {
  type Options = { readonly domain: Domain; readonly signer: Signer }
}

/** Checks that the attester whom it names signed the snapshot, and returns it. */
export function verifyStatusSnapshot(
  snapshot: SignedStatusSnapshot,
  { domain, verifier }: verifyStatusSnapshot.Options,
): SignedStatusSnapshot {
  const { attester, signature } = snapshot
  if (verifier.verify(attester, fromHex(StatusSnapshot.digest(snapshot, domain)), fromHex(signature))) return snapshot
  throw new WrongSnapshotError({ expected: attester })
}
export declare namespace verifyStatusSnapshot {
  type Options = { readonly domain: Domain; readonly verifier: SignatureVerifier }
}
