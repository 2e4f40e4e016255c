import type { Answer } from '../devices/chargerProtocol.ts'
import type { FleetDevice } from './FleetDevice.ts'
import type { Party } from './People.ts'

/** What a charger has to say of a device: who answers for it, or the name of the error that it refuses it with. */
export type Expected = Party | string

/** One device before one charger, or a trust list that is brought to one. */
export type Case = {
  readonly what: string
  /** Undefined for a trust list. */
  readonly device?: Pick<FleetDevice, 'name' | 'key'>
  readonly expected: Expected
  readonly run: () => Promise<Answer>
}

/** A case, and what the charger said. */
export type Check = Omit<Case, 'run'> & { readonly answer: Answer }

/** The sentences of the checks in which the charger did not say what it has to. */
export function wrongChecks(checks: readonly Check[]): string[] {
  return checks.flatMap(({ what, device, expected, answer }) => {
    const [given, due] = [wordOf(answer), expectedWord(expected)]
    if (given === due) return []
    const reason = answer.kind === 'refused' ? ` (${answer.message})` : ''
    return [`${device?.name ?? 'trust list'}, ${what}: expected ${due}, but the charger said ${given}${reason}`]
  })
}

/** An acceptance is right only with the party that answers. */
function wordOf(answer: Answer): string {
  if (answer.kind === 'accepted') return `accepted for ${answer.partyId.toLowerCase()}`
  return answer.kind === 'refused' ? `refused by ${answer.error}` : answer.kind
}

function expectedWord(expected: Expected): string {
  return typeof expected === 'string' ? `refused by ${expected}` : `accepted for ${expected.partyId.toLowerCase()}`
}
