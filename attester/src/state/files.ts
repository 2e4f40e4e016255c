import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { UsageError, textOf } from '@musubi/cli'
import { z } from 'zod'

/** Largest file that is read whole, in bytes: a million devices stay below it. */
export const FILE_BYTES_MAX = 2 ** 30

/** Only the attester's own account reads what is in its state. */
const PRIVATE_FILE = 0o600
const PRIVATE_DIRECTORY = 0o700

/**
 * Writes a file so that it is there whole, or as it was before, whenever the machine stops: beside it first, synced, and
 * then in its place, with the directory synced too.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const directory = dirname(path)
  mkdirSync(directory, { recursive: true, mode: PRIVATE_DIRECTORY })
  const beside = `${path}.${process.pid}.new`
  const file = openSync(beside, 'w', PRIVATE_FILE)
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(beside, path)
  sync(directory)
}

/** The same for a value as JSON; amounts are written as decimal strings. */
export function writeJson(path: string, value: unknown): void {
  writeWhole(path, `${JSON.stringify(value, bigintAsText, 2)}\n`)
}

/** Writes what can be written again from the state at any time: ten thousand files are not worth a sync each. */
export function writeCopy(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

/** The same for a value as JSON. */
export function writeJsonCopy(path: string, value: unknown): void {
  writeCopy(path, `${JSON.stringify(value, bigintAsText, 2)}\n`)
}

/** One value a line. */
export function writeLines(path: string, values: readonly unknown[]): void {
  writeWhole(path, values.map((value) => `${JSON.stringify(value, bigintAsText)}\n`).join(''))
}

/** Reads a file that a person named. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new UsageError('Files.UnreadableError', 'A file cannot be read.', {
      given: `${path} (${textOf(cause)})`,
      expected: 'a file that can be read',
      next: 'Name another file.',
      cause,
    })
  }
}

/** Reads a JSON file of one shape. */
export function readJson<schema extends z.ZodType>(path: string, schema: schema): z.output<schema> {
  return parseJson(readText(path), schema, path)
}

/** Undefined when there is no such file. */
export function readJsonIfThere<schema extends z.ZodType>(path: string, schema: schema): z.output<schema> | undefined {
  return existsSync(path) ? readJson(path, schema) : undefined
}

export function readLines<schema extends z.ZodType>(path: string, schema: schema): readonly z.output<schema>[] {
  const lines = readText(path).split('\n')
  return lines.filter((line) => line !== '').map((line, index) => parseJson(line, schema, `${path}:${index + 1}`))
}

function parseJson<schema extends z.ZodType>(text: string, schema: schema, where: string): z.output<schema> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    // Not what the text is: a key in the wrong place would be printed.
    throw badFile(where, 'no JSON', 'a JSON document', cause)
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  throw badFile(where, 'other content', z.prettifyError(parsed.error), undefined)
}

function badFile(where: string, given: string, expected: string, cause: unknown): UsageError {
  const next = 'Name the right file, or write it again with the command that made it.'
  return new UsageError('Files.BadFileError', 'A file does not hold what it should.', {
    given: `${where}: ${given}`,
    expected,
    next,
    cause,
  })
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}

function sync(directory: string): void {
  const handle = openSync(join(directory, '.'), 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
