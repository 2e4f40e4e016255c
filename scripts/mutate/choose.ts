import { createHash } from 'node:crypto'
import { basename, matchesGlob } from 'node:path'
import type { Mutant } from './Mutant.ts'

/** Mutants of some files or places: `Closures.sol`, `contracts/escrow/*`, `Closures.close`, `Closures.*`. */
export function only(mutants: readonly Mutant[], patterns: readonly string[]): readonly Mutant[] {
  if (patterns.length === 0) return mutants
  const names = ({ file, place }: Mutant) => [file, basename(file), place]
  return mutants.filter((mutant) =>
    patterns.some((pattern) => names(mutant).some((name) => matchesGlob(name, pattern))),
  )
}

/**
 * Some of the mutants, the same ones for the same seed. Why by a hash of each: a new mutant displaces one of the chosen at
 * most, and leaves the others.
 */
export function sample(mutants: readonly Mutant[], { size, seed }: { readonly size: number; readonly seed: number }) {
  const lot = ({ id }: Mutant) => createHash('sha256').update(`${seed} ${id}`).digest('hex')
  const lots = new Map(mutants.map((mutant) => [mutant, lot(mutant)]))
  return mutants.toSorted((a, b) => (lots.get(a) ?? '').localeCompare(lots.get(b) ?? '')).slice(0, size)
}
