import { isUtf8 } from 'node:buffer'
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { ProgramError } from '@musubi/cli'
import { CsvError, parse } from 'csv-parse/sync'
import type { z } from 'zod'
import { holdsCardNumber, maskCardNumbers } from '../text/cardNumber.ts'

export const REGISTER_BYTES_MAX = 64 * 1024 * 1024
export const REGISTER_ROWS_MAX = 1_000_000
const LINE_BYTES_MAX = 8_192
const ERRORS_SHOWN_MAX = 20

/** Reads a register file and checks every row, or refuses the whole file and names the rows. */
export function readRegister<T>(path: string, schema: z.ZodType<T>, columns: readonly string[]): readonly T[] {
  if (holdsCardNumber(basename(path))) {
    throw refusal('The name of the file holds a card number.', '[a card number, not shown]', 'a name without one')
  }
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isFile() !== true) throw refusal('There is no such register file.', path, 'a CSV file that can be read')
  const { size } = stat
  if (size > REGISTER_BYTES_MAX) {
    throw refusal('The register file is too large.', `${String(size)} bytes`, `at most ${String(REGISTER_BYTES_MAX)}`)
  }
  return parseRegister(decode(readFileSync(path)), schema, columns)
}

/** A name in another encoding would be on every bill with its letters replaced. */
function decode(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  throw refusal(
    'The register file is not in UTF-8.',
    'bytes of another encoding, as CP932',
    'a CSV file saved as UTF-8',
  )
}

/** Checks every row of a register's CSV text. */
export function parseRegister<T>(text: string, schema: z.ZodType<T>, columns: readonly string[]): readonly T[] {
  const rows = readRows(text, columns)
  const problems: string[] = []
  const values: T[] = []
  for (const { record, line } of rows) {
    const parsed = schema.safeParse(record)
    if (parsed.success) values.push(parsed.data)
    else problems.push(...parsed.error.issues.map((issue) => describe(issue, record, line)))
  }
  if (problems.length > 0) {
    const shown = problems.slice(0, ERRORS_SHOWN_MAX)
    const more = problems.length - shown.length
    throw refusal(
      `The register has ${String(problems.length)} bad fields.`,
      `${shown.join('; ')}${more > 0 ? `; and ${String(more)} more` : ''}`,
      'every row as the register describes it',
    )
  }
  return values
}

type Row = { readonly record: Record<string, string>; readonly line: number }

function readRows(text: string, columns: readonly string[]): readonly Row[] {
  let table: readonly { record: readonly string[]; info: { lines: number } }[]
  try {
    const options = { bom: true, info: true, relax_column_count: true, max_record_size: LINE_BYTES_MAX } as const
    // The library's types do not know that `info` wraps each record.
    table = parse(text, options) as unknown as typeof table
  } catch (error) {
    const given = error instanceof CsvError ? error.code : String(error)
    throw refusal('The file is no CSV.', maskCardNumbers(given), 'RFC 4180 with a header')
  }
  const header = table[0]?.record ?? []
  const missing = columns.filter((column) => !header.includes(column))
  const unknown = header.filter((column) => !columns.includes(column))
  if (missing.length > 0 || unknown.length > 0 || new Set(header).size !== header.length) {
    throw refusal('The header is not that of the register.', maskCardNumbers(header.join(',')), columns.join(','))
  }
  if (table.length < 2) throw refusal('The register has no rows.', 'a header alone', 'at least one row')
  if (table.length - 1 > REGISTER_ROWS_MAX) {
    throw refusal('The register has too many rows.', String(table.length - 1), `at most ${String(REGISTER_ROWS_MAX)}`)
  }
  return table.slice(1).map(({ record, info }) => {
    if (record.length !== header.length) {
      throw refusal(
        `Line ${String(info.lines)} has another number of columns than the header.`,
        String(record.length),
        String(header.length),
      )
    }
    return { line: info.lines, record: Object.fromEntries(header.map((name, index) => [name, record[index] ?? ''])) }
  })
}

function describe(issue: z.core.$ZodIssue, record: Record<string, string>, line: number): string {
  const column = String(issue.path[0] ?? 'row')
  const given = record[column]
  const shown = given === undefined ? '' : ` (given: ${JSON.stringify(maskCardNumbers(given.slice(0, 80)))})`
  return `line ${String(line)}, ${column}: ${issue.message}${shown}`
}

function refusal(message: string, given: string, expected: string): ProgramError {
  return new ProgramError('Register.FormatError', message, {
    given,
    expected,
    next: 'Nothing was registered; correct the file and run the command again.',
  })
}
