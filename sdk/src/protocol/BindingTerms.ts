import { keccak256, zeroAddress } from 'viem'
import { Funding } from '../generated/constants.ts'
import type { Binding } from './Binding.ts'
import { BaseError } from './Errors.ts'

/**
 * Refuses a binding that the registry would refuse whoever signed it. Offline nobody else would: a leaf that can never be
 * activated, or an attester that vouches for itself, has all its signatures.
 */
export function requireSound(binding: Binding): void {
  const { deviceId, partyId, attester, funder, token, funding } = binding
  const refuseIf = (isBad: boolean, problem: keyof Binding, expected: string) => {
    if (isBad) throw new UnsoundError({ problem, given: binding[problem], expected })
  }
  refuseIf(same(deviceId, partyId), 'partyId', 'another signer than the device')
  refuseIf(same(funder, zeroAddress), 'funder', 'an account')
  refuseIf(same(token, zeroAddress), 'token', 'a token')
  refuseIf(funding === Funding.NONE, 'funding', 'credit, prepaid or own')
  refuseIf(binding.maxPerPayment > binding.maxPerPeriod, 'maxPerPayment', `at most ${binding.maxPerPeriod}`)
  refuseIf(binding.validUntil <= binding.validFrom, 'validUntil', `later than ${binding.validFrom}`)
  refuseIf(binding.periodSeconds === 0, 'periodSeconds', 'at least one second')
  refuseIf(same(partyId, keccak256(attester)), 'partyId', 'another signer than the attester')
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** The registry would never record such a binding. */
export class UnsoundError extends BaseError {
  override readonly name = 'Binding.UnsoundError'
  /** The field that makes it so. */
  readonly problem: keyof Binding
  constructor({ problem, given, expected }: { problem: keyof Binding; given: unknown; expected: string }) {
    super(`The binding's ${problem} is ${String(given)}, and the registry takes ${expected}.`, {
      next: 'Refuse it, and ask its attester for one that can be recorded.',
      given,
      expected,
    })
    this.problem = problem
  }
}
