import type { OnProgress } from '@musubi/cli'
import { UsageError } from '@musubi/cli'
import { LeafTree } from '@musubi/sdk'
import { CsvError, parse } from 'csv-parse/sync'
import type { Address } from 'viem'
import { mapInTurns } from '../progress.ts'
import type { DeviceSpec, Problem } from './spec.ts'
import { OPTIONAL_COLUMNS, REQUIRED_COLUMNS, parseSpec } from './spec.ts'

/** How many problems are listed at once: whoever mends fifty sees the pattern of the rest. */
export const PROBLEMS_MAX = 50

/** A spreadsheet counts the header as row 1. */
export const FIRST_ROW = 2

/** Longest row, in characters: the columns have fixed sizes, and comments of people some more. */
const ROW_CHARACTERS_MAX = 4_096

/** One problem and where it is; the header is row 1, as a spreadsheet counts. */
export type RowProblem = Problem & { readonly row: number }

/** Reads a fleet. Every row is checked, and all problems are told at once. */
export async function parseDevices(text: string, options: parseDevices.Options): Promise<readonly DeviceSpec[]> {
  const rows = readRows(text)
  if (rows.length === 0 || rows.length > LeafTree.LEAVES_MAX) {
    throw badFile(`${rows.length} rows`, `1 to ${LeafTree.LEAVES_MAX} rows`)
  }
  const problems: RowProblem[] = []
  const specs: DeviceSpec[] = []
  const firstRows = new Map<string, number>()
  const parsed = await mapInTurns(rows, (row) => parseSpec(row, options), options.onProgress)
  for (const [index, spec] of parsed.entries()) {
    const number = index + FIRST_ROW
    if (!('deviceId' in spec)) {
      problems.push(...spec.map((problem) => ({ row: number, ...problem })))
      continue
    }
    const first = firstRows.get(spec.deviceId)
    if (first !== undefined) {
      const [given, expected] = [`the device of row ${first} again`, 'every device once']
      problems.push({ row: number, column: 'device_signer', given, expected })
    } else firstRows.set(spec.deviceId, number)
    specs.push(spec)
  }
  if (problems.length > 0) throw new BadRowsError(problems)
  return specs
}
export declare namespace parseDevices {
  type Options = { readonly p256Verifier: Address; readonly onProgress?: OnProgress }
  type ErrorType = UsageError | BadRowsError
}

function readRows(text: string): readonly Readonly<Record<string, string>>[] {
  try {
    const options = { bom: true, trim: true, skip_empty_lines: true, max_record_size: ROW_CHARACTERS_MAX }
    return parse(text, { ...options, columns: (header: string[]) => requireHeader(header) })
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    throw badFile(cause.message, 'a CSV file with a header, and as many columns in each row')
  }
}

function requireHeader(header: readonly string[]): string[] {
  const known = new Set<string>([...REQUIRED_COLUMNS, ...OPTIONAL_COLUMNS])
  const missing = REQUIRED_COLUMNS.filter((name) => !header.includes(name))
  const unknown = header.filter((name) => !known.has(name))
  const twice = header.filter((name, index) => header.indexOf(name) !== index)
  const wrong = [
    ...missing.map((name) => `no ${name}`),
    ...unknown.map((name) => `unknown ${name || 'column without a name'}`),
    ...twice.map((name) => `${name} twice`),
  ]
  if (wrong.length === 0) return [...header]
  throw badFile(wrong.join(', '), `${REQUIRED_COLUMNS.join(', ')}; and if need be ${OPTIONAL_COLUMNS.join(', ')}`)
}

function badFile(given: string, expected: string): UsageError {
  const next = 'Mend the file. Nothing was enrolled.'
  return new UsageError('Devices.BadFileError', 'The file of devices cannot be read.', { given, expected, next })
}

/** Rows of the file cannot be enrolled. */
export class BadRowsError extends UsageError {
  readonly problems: readonly RowProblem[]
  constructor(problems: readonly RowProblem[]) {
    const rows = new Set(problems.map(({ row }) => row)).size
    const told = problems.slice(0, PROBLEMS_MAX)
    const lines = told.map(
      ({ row, column, given, expected }) => `row ${row}, ${column}: ${given}; expected ${expected}`,
    )
    const more = problems.length > told.length ? `, and ${problems.length - told.length} more` : ''
    super('Devices.BadRowsError', `${rows} rows cannot be enrolled.`, {
      given: `\n  ${lines.join('\n  ')}${more}\n`,
      expected: 'sound rows, and every device once',
      next: 'Mend these rows and run the command again. Nothing was enrolled.',
    })
    this.problems = told
  }
}
