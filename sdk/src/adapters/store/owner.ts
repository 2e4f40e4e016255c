import { ForeignStoreError } from '../../ports/StoreErrors.ts'

/** Refuses what belongs to somebody else. Compares field by field; hex in any case of its letters. */
export function requireSameOwner<owner extends object>(given: owner, expected: owner): void {
  const wanted = new Map<string, unknown>(Object.entries(expected))
  for (const [field, value] of Object.entries(given) as [string, unknown][]) {
    if (String(value).toLowerCase() === String(wanted.get(field)).toLowerCase()) continue
    throw new ForeignStoreError({ field, given: value, expected: wanted.get(field) })
  }
}
