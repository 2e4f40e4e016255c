import { UsageError } from '@musubi/cli'

/** Digits behind the point of each currency that can be billed. */
const EXPONENTS: ReadonlyMap<string, number> = new Map([
  ['JPY', 0],
  ['KRW', 0],
  ['EUR', 2],
  ['USD', 2],
])

export function exponentOf(currency: string): number {
  const exponent = EXPONENTS.get(currency)
  if (exponent !== undefined) return exponent
  throw new UsageError('Billing.UnknownCurrencyError', 'The currency cannot be billed.', {
    given: currency,
    expected: [...EXPONENTS.keys()].join(', '),
    next: 'Give one of these with --currency.',
  })
}
