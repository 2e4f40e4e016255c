import Table from 'cli-table3'

/** Prints what a command found: one JSON object on the last line, or tables for people. */
export function print(json: boolean, result: unknown, tables: () => readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(result, bigintAsText)}\n` : `${tables().join('\n')}\n`)
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const drawn = new Table({ head: [...head], style: { head: [], border: [] } })
  for (const row of rows) drawn.push([...row])
  return drawn.toString()
}

/** Two columns: what, and how much. */
export function facts(rows: readonly (readonly [string, string])[]): string {
  const drawn = new Table({ style: { head: [], border: [] } })
  for (const [name, value] of rows) drawn.push([name, value])
  return drawn.toString()
}

/** The fields of a result, one a line. */
export function factsOf(result: object): string {
  return facts(Object.entries(result).map(([name, value]) => [name, shown(value)]))
}

/** No amount is rounded on its way. */
export function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}

function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return JSON.stringify(value, bigintAsText)
  return String(value)
}
