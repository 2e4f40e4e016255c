import type { KeyObject } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { ProgramError } from '@musubi/cli'
import { proofRoot } from '../billing/proof.ts'
import { type BillingRow, SCHEMA_HASH } from '../billing/columns.ts'
import { canonicalJson, sha256Hex } from '../hash.ts'
import { unwatched } from '../progress.ts'
import { parseEvidence } from './Evidence.ts'
import { type Manifest, readSigned } from './Manifest.ts'
import { totalsOf } from './totals.ts'
import { readRows } from './verifyRows.ts'

export type Verified = {
  readonly verified: true
  readonly manifests: number
  readonly files: number
  readonly rows: number
}

/** A manifest has a line of text for each file and batch; nobody's signature was checked when it is read. */
const MANIFEST_BYTES_MAX = 16 * 1024 * 1024

/** Proves files by themselves: no database, no network. The first thing that is wrong is named. */
export function verifyDelivery(paths: readonly string[], key: KeyObject, onProgress = unwatched): Verified {
  const files = byName(paths.flatMap(listFiles))
  const manifests = [...files].filter(([name]) => name.endsWith('-manifest.json'))
  if (manifests.length === 0) throw refuse(paths.join(', '), 'there is no manifest', 'a file named *-manifest.json')
  const covered = new Set(manifests.map(([name]) => name))
  const signed = manifests.map(([name, path]) => ({ name, path, manifest: readManifest(name, path, key) }))
  const total = signed.reduce((sum, { manifest }) => sum + Number(manifest.totals.rows), 0)
  let rows = 0
  for (const { name, path, manifest } of signed) {
    const find = (file: string): string | undefined => files.get(file) ?? siblingOf(path, file)
    rows += verifyManifest(name, manifest, { find, onRow: (done) => onProgress(rows + done, total) })
    for (const file of manifest.files) covered.add(file.name)
  }
  const stray = [...files.keys()].find((name) => !covered.has(name))
  if (stray !== undefined) throw refuse(stray, 'no manifest names it', 'only files that a manifest names')
  return { verified: true, manifests: manifests.length, files: covered.size - manifests.length, rows }
}

function readManifest(name: string, path: string, key: KeyObject): Manifest {
  const { size } = statSync(path)
  if (size > MANIFEST_BYTES_MAX) throw refuse(name, `${String(size)} bytes`, `at most ${String(MANIFEST_BYTES_MAX)}`)
  const manifest = readSigned(readFileSync(path, 'utf8'), key)
  if (typeof manifest === 'string') throw refuse(name, manifest, 'a manifest signed by the given key')
  return manifest
}

type Reading = {
  readonly find: (file: string) => string | undefined
  /** Told how many of the manifest's rows were read. */
  readonly onRow: (done: number) => void
}

function verifyManifest(name: string, manifest: Manifest, { find, onRow }: Reading): number {
  if (manifest.schemaHash !== SCHEMA_HASH) throw refuse(name, `schema ${manifest.schemaHash}`, `schema ${SCHEMA_HASH}`)
  requireOneFileARole(name, manifest)
  const texts = new Map(manifest.files.map((file) => [file.role, readListed(file, find)]))
  const evidence = parsed(manifest, texts.get('evidence'))
  const rows: BillingRow[] = []
  for (const batch of manifest.batches) {
    const file = manifest.files.find((one) => one.name === batch.file && one.role === batch.role)
    if (file === undefined || batch.role === 'evidence')
      throw refuse(name, `batch ${batch.batchId}`, 'a batch with its own file')
    const before = rows.length
    const expected = { ...batch, role: batch.role, manifest, onRow: (done: number) => onRow(before + done) }
    const found = readRows(file.name, texts.get(batch.role) ?? '', expected)
    if (String(found.length) !== batch.rows)
      throw refuse(file.name, `${String(found.length)} rows`, `${batch.rows} rows`)
    rows.push(...found)
  }
  verifyProofs(manifest, rows, evidence)
  const totals = canonicalJson(totalsOf(rows))
  if (totals !== canonicalJson(manifest.totals)) throw refuse(name, canonicalJson(manifest.totals), `totals ${totals}`)
  return rows.length
}

/** Every file with rows has its batch, or its rows would be covered by the manifest and read by nobody. */
function requireOneFileARole(name: string, manifest: Manifest): void {
  const roles = manifest.files.map((file) => file.role).sort()
  const expected = [...manifest.batches.map((batch) => batch.role), 'evidence'].sort()
  if (new Set(roles).size !== roles.length || roles.join() !== expected.join())
    throw refuse(name, `files of roles ${roles.join(', ')}`, `one file each of ${expected.join(', ')}`)
}

function readListed(file: Manifest['files'][number], find: (file: string) => string | undefined): string {
  const path = find(file.name)
  if (path === undefined) throw refuse(file.name, 'it is missing', `${file.bytes} bytes as the manifest says`)
  // The signed size first: nothing larger is read into memory.
  const { size } = statSync(path)
  if (String(size) !== file.bytes) throw refuse(file.name, `${String(size)} bytes`, `${file.bytes} bytes`)
  const bytes = readFileSync(path)
  const hash = sha256Hex(bytes)
  if (hash !== file.sha256) throw refuse(file.name, `SHA-256 ${hash}`, file.sha256)
  return bytes.toString('utf8')
}

function parsed(manifest: Manifest, text: string | undefined): ReturnType<typeof parseEvidence> {
  const name = manifest.files.find((file) => file.role === 'evidence')?.name ?? 'evidence'
  try {
    return parseEvidence(text ?? '')
  } catch (error) {
    throw refuse(name, error instanceof Error ? error.message : 'unreadable', 'the evidence of every line', error)
  }
}

function verifyProofs(
  manifest: Manifest,
  rows: readonly BillingRow[],
  evidence: ReturnType<typeof parseEvidence>,
): void {
  const seen = new Set<string>()
  for (const row of rows) {
    const place = `line ${row.line_id} of ${row.batch_id}`
    if (seen.has(row.line_id)) throw refuse(place, 'a second line of this id', 'every line once')
    seen.add(row.line_id)
    const leaves = evidence.get(row.line_id)
    if (leaves === undefined) throw refuse(place, 'no evidence', 'the settlements behind the line')
    const root = proofRoot(leaves)
    if (root !== row.proof_root) throw refuse(place, `proof_root ${row.proof_root}`, root)
    if (String(leaves.length) !== row.settlement_count) {
      throw refuse(place, `settlement_count ${row.settlement_count}`, String(leaves.length))
    }
  }
  if (evidence.size !== rows.length) {
    throw refuse(manifest.cycle.name, `evidence of ${String(evidence.size)} lines`, `of ${String(rows.length)}`)
  }
}

/** Two files of one name would leave one of them unread, and still called verified. */
function byName(paths: readonly string[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const path of paths.map((one) => resolve(one))) {
    const other = files.get(basename(path))
    if (other !== undefined && other !== path)
      throw refuse(basename(path), `${other} and ${path}`, 'one file of a name')
    files.set(basename(path), path)
  }
  return files
}

function listFiles(path: string): readonly string[] {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) throw refuse(path, 'it does not exist', 'a file or a directory')
  return stat.isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path]
}

function siblingOf(manifestPath: string, name: string): string | undefined {
  const path = join(dirname(manifestPath), name)
  return existsSync(path) ? path : undefined
}

export function refuse(place: string, given: string, expected: string, cause?: unknown): ProgramError {
  return new ProgramError('Verify.RefusedError', `${place} is refused.`, {
    given,
    expected,
    next: 'Do not use these files; fetch them again from the one who sealed them.',
    cause,
  })
}
