import { ProgramError } from '@musubi/cli'
import { maskCardNumbers } from '../text/cardNumber.ts'

/** What is new in `given`. A row that is registered already is skipped; one that contradicts it is refused. */
export function newRows<T extends object>(given: readonly T[], known: readonly T[], keyOf: (row: T) => string): T[] {
  const registered = new Map(known.map((row) => [keyOf(row), row]))
  const added: T[] = []
  for (const row of given) {
    const key = keyOf(row)
    const other = registered.get(key)
    if (other === undefined) {
      registered.set(key, row)
      added.push(row)
      continue
    }
    const column = firstDifference(row, other)
    if (column !== undefined) throw conflict(`${key}, column ${column}`)
  }
  return added
}

export function conflict(subject: string): ProgramError {
  return new ProgramError(
    'Register.ContentConflictError',
    'The register holds other content under the same key (CONTENT_CONFLICT).',
    {
      given: maskCardNumbers(subject),
      expected: 'the same content, or a row with a later valid_from',
      next: 'Nothing was registered; a change is a new row with its own valid_from.',
    },
  )
}

function firstDifference<T extends object>(a: T, b: T): string | undefined {
  const other = new Map<string, unknown>(Object.entries(b))
  return Object.entries(a).find(([column, value]) => other.get(column) !== value)?.[0]
}
