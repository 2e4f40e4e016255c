import { InvalidArgumentError } from 'commander'

/** Reads an option that is a whole number, from 1 to `max`. */
export function whole(max = 1_000_000): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < 1 || value > max) {
      throw new InvalidArgumentError(`expected a whole number from 1 to ${max}, got ${text}`)
    }
    return value
  }
}
