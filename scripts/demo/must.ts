/** What a look-up must have found; an error that says what was looked for otherwise. */
export function must<Value>(value: Value | undefined | null, what: string): Value {
  if (value === undefined || value === null) throw new Error(`There is no ${what}. This is a fault of the demo itself.`)
  return value
}
