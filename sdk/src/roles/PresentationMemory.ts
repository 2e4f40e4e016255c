import type { Hex } from 'viem'
import type { FreshnessToken } from '../protocol/FreshnessChain.ts'

/** What a verifier has checked before, and need not check again. */
export type PresentationMemory = {
  /**
   * Of a credential whose signatures were checked: the newest token of its chain. The key is the hash of every byte that was
   * checked, so that nothing else can pass for it.
   */
  tokenOf(credentialHash: Hex): FreshnessToken | undefined
  remember(credentialHash: Hex, newest: FreshnessToken): void
  /** Whether the attester's signature under this snapshot was checked: all its fields and the signature, in one text. */
  hasSnapshot(signedSnapshot: string): boolean
  rememberSnapshot(signedSnapshot: string): void
}

/** Of who meets everybody for the first time. */
export const NO_MEMORY: PresentationMemory = {
  tokenOf: () => undefined,
  remember: () => undefined,
  hasSnapshot: () => false,
  rememberSnapshot: () => undefined,
}

/** A memory that is bounded: what was not needed for longest is forgotten, and is checked again. */
export function boundedMemory({ credentialsMax, snapshotsMax }: boundedMemory.Options): PresentationMemory {
  const tokens = new Map<Hex, FreshnessToken>()
  const snapshots = new Map<string, true>()
  return {
    // What is believed is remembered anew, and so becomes the youngest.
    tokenOf: (hash) => tokens.get(hash),
    remember: (hash, newest) => put(tokens, { key: hash, value: newest, max: credentialsMax }),
    hasSnapshot: (signed) => {
      const isKnown = snapshots.has(signed)
      if (isKnown) put(snapshots, { key: signed, value: true, max: snapshotsMax })
      return isKnown
    },
    rememberSnapshot: (signed) => put(snapshots, { key: signed, value: true, max: snapshotsMax }),
  }
}
export declare namespace boundedMemory {
  type Options = { readonly credentialsMax: number; readonly snapshotsMax: number }
}

type Entry<K, V> = { readonly key: K; readonly value: V; readonly max: number }

/** A Map keeps the order of insertion, so whatever is put in again is the youngest. */
function put<K, V>(map: Map<K, V>, { key, value, max }: Entry<K, V>): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= max) return
  for (const oldest of map.keys()) {
    map.delete(oldest)
    return
  }
}
