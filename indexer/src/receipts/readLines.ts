import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { ProgramError } from '@musubi/cli'
import { History } from '@musubi/sdk'
import { holdsCardNumber } from '../text/cardNumber.ts'
import { badHistory } from './errors.ts'

export const RECEIPTS_BYTES_MAX = 256 * 1024 * 1024
export const RECEIPTS_ROWS_MAX = 1_000_000

/** The lines of a receipts file, within the limits of what is read at once. */
export function readLines(path: string): readonly string[] {
  if (holdsCardNumber(basename(path))) throw unreadable('[a card number, not shown]', 'a name without a card number')
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isFile() !== true) throw unreadable(path, 'a file of JSON lines')
  if (stat.size > RECEIPTS_BYTES_MAX)
    throw unreadable(`${path}, ${String(stat.size)} bytes`, `at most ${String(RECEIPTS_BYTES_MAX)}`)
  const lines = readFileSync(path, 'utf8').split('\n')
  if (lines.at(-1) === '') lines.pop()
  if (lines.length === 0) throw unreadable(`${path}, empty`, 'at least one channel')
  if (lines.length > RECEIPTS_ROWS_MAX)
    throw unreadable(`${String(lines.length)} lines`, `at most ${String(RECEIPTS_ROWS_MAX)}`)
  const long = lines.findIndex((line) => line.length > History.LINE_CHARACTERS_MAX)
  if (long < 0) return lines
  throw badHistory(
    long + 1,
    `${String(lines[long]?.length)} characters`,
    `at most ${String(History.LINE_CHARACTERS_MAX)}`,
  )
}

function unreadable(given: string, expected: string): ProgramError {
  return new ProgramError('Receipts.UnreadableFileError', 'The receipts file cannot be read.', {
    given,
    expected,
    next: 'Nothing was imported; name the file that the payee exported.',
  })
}
