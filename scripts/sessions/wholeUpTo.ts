import { InvalidArgumentError } from 'commander'

/** Parses an option that is a whole number from 1 to `max`. */
export function wholeUpTo(max: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
    if (value >= 1 && value <= max) return value
    throw new InvalidArgumentError(`expected a whole number from 1 to ${max}, got ${text}`)
  }
}
