import { BaseError } from '@musubi/sdk'
import Table from 'cli-table3'
import { AttesterError } from '../errors.ts'

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

/** A time, as people and programs read it. */
export function dateTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}

/** Says on standard error why a command failed, and with `--json` on standard output too. */
export function printError(json: boolean, error: unknown): void {
  const told = describe(error)
  process.stderr.write(`${told.name}: ${told.message}\n`)
  if (json) process.stdout.write(`${JSON.stringify({ error: told }, bigintAsText)}\n`)
}

function describe(error: unknown): { readonly name: string; readonly message: string } {
  if (!(error instanceof Error)) return { name: 'Attester.UnknownError', message: String(error) }
  const known = error instanceof AttesterError || error instanceof BaseError
  const next = known ? '' : ' Run the command again: what was done already is not done twice.'
  const problems = 'problems' in error ? { problems: error.problems } : {}
  return { name: error.name, message: `${error.message}${next}`, ...problems }
}

function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return JSON.stringify(value, bigintAsText)
  return String(value)
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
