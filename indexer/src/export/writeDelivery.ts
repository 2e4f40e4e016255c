import type { KeyObject } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { ProgramError, textOf } from '@musubi/cli'
import { parse } from 'csv-parse/sync'
import type { Database } from '../database/open.ts'
import { parseManifest, renderSigned } from './Manifest.ts'

export type WrittenDelivery = {
  readonly charges: string | null
  readonly statements: string | null
  readonly evidence: string | null
  readonly manifest: string | null
  readonly billedYen: string
  readonly prepaidYen: string
  readonly carryE18: string
  readonly carryKeys: number
  readonly lines: number
}

/** Writes a sealed cycle's files for one book entity and rail. Bytes that are there already are left alone. */
export async function writeDelivery(db: Database, options: writeDelivery.Options): Promise<WrittenDelivery> {
  const { directory, signingKey } = options
  const files = await loadFiles(db, options)
  createDirectory(directory)
  const paths = new Map<string, string>()
  for (const file of files) {
    const bytes = file.role === 'manifest' ? renderSigned(parseManifest(file.bytes), signingKey) : file.bytes
    const path = join(directory, file.file_name)
    writeOnce(path, bytes)
    paths.set(file.role, path)
  }
  const path = (role: string): string | null => paths.get(role) ?? null
  return {
    charges: path('charges'),
    statements: path('statements'),
    evidence: path('evidence'),
    manifest: path('manifest'),
    ...sumWritten([path('charges'), path('statements')]),
  }
}
export declare namespace writeDelivery {
  type Options = {
    readonly cycle: string
    readonly bookEntity?: string | undefined
    readonly rail?: string | undefined
    readonly directory: string
    readonly signingKey: KeyObject
  }
}

async function loadFiles(db: Database, { cycle, bookEntity, rail }: writeDelivery.Options) {
  const sealed = await db.selectFrom('cycle_seal').select('cycle').where('cycle', '=', cycle).executeTakeFirst()
  if (sealed === undefined) throw notExportable('The cycle is not sealed.', cycle, 'a sealed cycle', 'Seal it first.')
  const all = await db.selectFrom('sealed_file').selectAll().where('cycle', '=', cycle).orderBy('file_name').execute()
  const files = all
    .filter((file) => bookEntity === undefined || file.book_entity === bookEntity)
    .filter((file) => rail === undefined || file.rail === rail)
  const deliveriesOf = (some: typeof all) => [...new Set(some.map((file) => `${file.book_entity} ${file.rail}`))]
  const found = deliveriesOf(files)
  if (found.length === 0 && all.length > 0) {
    throw notExportable(
      'The cycle has no such delivery.',
      [bookEntity, rail].filter((part) => part !== undefined).join(' '),
      deliveriesOf(all).join(', '),
      'Name one of these with --book-entity and --rail.',
    )
  }
  if (found.length > 1) {
    throw notExportable(
      'The cycle has several deliveries.',
      cycle,
      found.join(', '),
      'Name one with --book-entity and --rail.',
    )
  }
  return files
}

/** What is written is summed from the files themselves, so that a figure shown is a figure delivered. */
function sumWritten(paths: readonly (string | null)[]) {
  let billed = 0n
  let prepaid = 0n
  let carry = 0n
  let lines = 0
  for (const path of paths) {
    if (path === null) continue
    const rows: readonly Record<string, string>[] = parse(readFileSync(path), { columns: true })
    for (const row of rows) {
      if (row.record_type === 'CHARGE') billed += BigInt(row.amount_minor ?? '')
      else prepaid += BigInt(row.amount_minor ?? '')
      carry += BigInt(row.carry_out_e18 ?? '')
      lines += 1
    }
  }
  // One line is one carry key: a key has at most one line in a cycle.
  return { billedYen: String(billed), prepaidYen: String(prepaid), carryE18: String(carry), carryKeys: lines, lines }
}

function createDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true })
  } catch (error) {
    const given = `${directory} (${textOf(error)})`
    throw notExportable(
      'The directory cannot be made.',
      given,
      'a directory, or a path where one can be',
      'Name another.',
    )
  }
}

function writeOnce(path: string, text: string): void {
  const bytes = Buffer.from(text)
  if (existsSync(path)) {
    if (readFileSync(path).equals(bytes)) return
    const next = 'Move it away, or export into another directory; with the same key the same bytes are written.'
    throw notExportable('A file of this name has other content (CONTENT_CONFLICT).', path, 'the sealed bytes', next)
  }
  const temporary = `${path}.part`
  const file = openSync(temporary, 'w')
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
}

function notExportable(message: string, given: string, expected: string, next: string): ProgramError {
  return new ProgramError('Export.NotExportableError', message, { given, expected, next })
}
