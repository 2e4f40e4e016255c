import type { Binding } from '@musubi/sdk'
import { UnsoundError, requireSound } from '@musubi/sdk'
import type { Problem } from '../devices/spec.ts'

/** What the registry would refuse in a binding whoever signed it; nothing when it is sound. */
export function problemsOf(binding: Binding.Binding): readonly Problem[] {
  try {
    requireSound(binding)
    return []
  } catch (error) {
    if (!(error instanceof UnsoundError)) throw error
    const { problem, given, expected } = error
    return [{ column: columnOf(problem), given: String(given), expected: String(expected) }]
  }
}

/** As the files of devices and the options name it. */
function columnOf(field: keyof Binding.Binding): string {
  if (field === 'partyId') return 'party'
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
