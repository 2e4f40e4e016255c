import { BaseError } from '@musubi/sdk'
import Table from 'cli-table3'
import { IndexerError } from '../errors.ts'
import type { Json } from '../hash.ts'
import { maskCardNumbers } from '../text/cardNumber.ts'

/** Prints what a command found: one JSON object on the last line, or tables for people. */
export function print(json: boolean, result: Json, tables: () => readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${tables().join('\n')}\n`)
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

/** Says on standard error why a command failed, and with `--json` on standard output too. */
export function printError(json: boolean, error: unknown): void {
  const told = describe(error)
  process.stderr.write(`${told.name}: ${told.message}\n`)
  if (json) process.stdout.write(`${JSON.stringify({ error: told })}\n`)
}

function describe(error: unknown): { readonly name: string; readonly message: string } {
  if (!(error instanceof Error)) return { name: 'Indexer.UnknownError', message: maskCardNumbers(String(error)) }
  const known = error instanceof IndexerError || error instanceof BaseError
  const next = known ? '' : ' Nothing half-done was kept; run the command again, with --log-level debug for more.'
  return { name: error.name, message: `${maskCardNumbers(error.message)}${next}` }
}
