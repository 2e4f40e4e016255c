import type { Batch } from './Batch.ts'
import type { Origin } from './decode.ts'
import { badLogs } from './Target.ts'

/** The spelling that every id and address has in the database. */
export const lower = (hex: string): string => hex.toLowerCase()

export function requireBinding(batch: Batch, id: string, origin: Origin) {
  const known = batch.bindings.get(id)
  if (known === undefined) throw contradiction(origin, `binding ${id}`, 'a binding whose start was seen')
  return { id, known }
}

/** The contracts never log this: a log before it is missing. */
export function contradiction(origin: Origin, given: string, expected: string) {
  const place = `log ${String(origin.log_index)} of block ${String(origin.block_number)}`
  return badLogs(`The node left out a log before ${place}, or made one up.`, given, expected)
}
