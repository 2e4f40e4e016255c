import type { Address } from 'viem'
import type { RegistrySend } from './registrySend.ts'

/** What the access manager lets an admin do. None of it makes or ends a binding by name, or touches money. */
export function adminCalls<result>(send: RegistrySend<result>) {
  return {
    accredit: ({ attester }: { attester: Address }) => send('accredit', [attester]),
    retire: ({ attester }: { attester: Address }) => send('retire', [attester]),
    /** Says that the key of the attester of this index was in wrong hands from a past second on. */
    markCompromised: ({ attesterIndex, sinceSeconds }: { attesterIndex: number; sinceSeconds: number }) =>
      send('markCompromised', [attesterIndex, sinceSeconds]),
    /** Lets liable parties start to sign through an ERC-7913 verifier, or no more. */
    setVerifier: ({ verifier, allowed }: { verifier: Address; allowed: boolean }) =>
      send('setVerifier', [verifier, allowed]),
    registerEscrow: ({ escrow }: { escrow: Address }) => send('registerEscrow', [escrow]),
  }
}
