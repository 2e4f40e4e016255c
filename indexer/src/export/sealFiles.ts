import type { Cycle } from '../billing/Cycle.ts'
import { isoTime } from '../billing/Cycle.ts'
import { type BillingRow, SCHEMA_HASH } from '../billing/columns.ts'
import type { SealedLine } from '../billing/seal.ts'
import { insertRows } from '../database/bulk.ts'
import type { Database } from '../database/open.ts'
import type { SealedFileTable } from '../database/houseTypes.ts'
import { present } from '../errors.ts'
import { canonicalJson, sha256Hex } from '../hash.ts'
import { renderCsv } from './csv.ts'
import { renderEvidence } from './Evidence.ts'
import { type Manifest, MANIFEST_VERSION } from './Manifest.ts'
import { totalsOf } from './totals.ts'

type SealedFile = { readonly name: string; readonly role: SealedFileTable['role']; readonly text: string }
type Delivery = { readonly bookEntity: string; readonly rail: string; readonly lines: readonly SealedLine[] }

/** Renders a sealed cycle's files once and keeps them, so that every export writes the same bytes for ever. */
export async function sealFiles(db: Database, options: sealFiles.Options): Promise<void> {
  const { cycle, lines, softwareVersion } = options
  for (const delivery of deliveries(lines)) {
    const stem = `${cycle.cycle}-${delivery.bookEntity}-${delivery.rail}`
    const files = renderFiles(stem, delivery.lines)
    const manifest = {
      ...(await describeHouse(db, delivery, cycle)),
      softwareVersion,
      batches: files.flatMap((file) => describeBatch(file, delivery.lines)),
      files: files.map(({ name, role, text }) => ({
        name,
        role,
        bytes: String(Buffer.byteLength(text)),
        sha256: sha256Hex(text),
      })),
      totals: totalsOf(delivery.lines.map((line) => line.row)),
    }
    const all = [...files, { name: `${stem}-manifest.json`, role: 'manifest' as const, text: canonicalJson(manifest) }]
    await insertRows(
      db,
      'sealed_file',
      all.map(({ name, role, text }) => ({
        cycle: cycle.cycle,
        book_entity: delivery.bookEntity,
        rail: delivery.rail,
        file_name: name,
        role,
        bytes: text,
        sha256: sha256Hex(text),
      })),
    )
  }
}
export declare namespace sealFiles {
  type Options = { readonly cycle: Cycle; readonly lines: readonly SealedLine[]; readonly softwareVersion: string }
}

function deliveries(lines: readonly SealedLine[]): readonly Delivery[] {
  const found = new Map<string, Delivery & { lines: SealedLine[] }>()
  for (const line of lines) {
    const { book_entity: bookEntity, rail } = line.row
    const key = `${bookEntity}\n${rail}`
    const known = found.get(key)
    if (known === undefined) found.set(key, { bookEntity, rail, lines: [line] })
    else known.lines.push(line)
  }
  return [...found.keys()].sort().map((key) => present(found.get(key), 'delivery'))
}

function renderFiles(
  stem: string,
  lines: readonly SealedLine[],
): readonly (SealedFile & { role: Manifest['files'][number]['role'] })[] {
  const charges = rowsOf(lines, 'charges')
  const statements = rowsOf(lines, 'statements')
  return [
    ...(charges.length > 0
      ? [{ name: `${stem}-charges.csv`, role: 'charges' as const, text: renderCsv(charges) }]
      : []),
    ...(statements.length > 0
      ? [{ name: `${stem}-statements.csv`, role: 'statements' as const, text: renderCsv(statements) }]
      : []),
    { name: `${stem}-evidence.json`, role: 'evidence' as const, text: renderEvidence(lines) },
  ]
}

function rowsOf(lines: readonly SealedLine[], role: 'charges' | 'statements'): readonly BillingRow[] {
  return lines.map((line) => line.row).filter((row) => (row.record_type === 'STATEMENT') === (role === 'statements'))
}

function describeBatch(file: { name: string; role: Manifest['files'][number]['role'] }, lines: readonly SealedLine[]) {
  if (file.role === 'evidence') return []
  const rows = rowsOf(lines, file.role)
  return [{ batchId: present(rows[0], 'row').batch_id, role: file.role, file: file.name, rows: String(rows.length) }]
}

async function describeHouse(db: Database, delivery: Delivery, cycle: Cycle) {
  const frozen = await db
    .selectFrom('cycle_freeze')
    .selectAll()
    .where('cycle', '=', cycle.cycle)
    .orderBy('chain_id')
    .execute()
  const previous = await db
    .selectFrom('sealed_file')
    .innerJoin('cycle', 'cycle.cycle', 'sealed_file.cycle')
    .select('sealed_file.sha256')
    .where('role', '=', 'manifest')
    .where('book_entity', '=', delivery.bookEntity)
    .where('rail', '=', delivery.rail)
    .orderBy('cycle.cut_off_seconds', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    manifestVersion: MANIFEST_VERSION,
    schemaHash: SCHEMA_HASH,
    previousManifestHash: previous?.sha256 ?? '0'.repeat(64),
    bookEntity: delivery.bookEntity,
    rail: delivery.rail,
    cycle: {
      name: cycle.cycle,
      timeZone: cycle.timeZone,
      from: isoTime(cycle.fromSeconds, cycle.timeZone),
      cutOff: isoTime(cycle.cutOffSeconds, cycle.timeZone),
      chargeDate: cycle.chargeDate,
    },
    frozenBlocks: frozen.map((row) => ({
      chainId: String(row.chain_id),
      number: String(row.block_number),
      hash: row.block_hash,
    })),
    exceptions: await countOpenExceptions(db, cycle),
  }
}

/** By code, what was open when the cycle was sealed. */
async function countOpenExceptions(db: Database, cycle: Cycle): Promise<Readonly<Record<string, string>>> {
  const rows = await db
    .selectFrom('exception')
    .innerJoin('cycle', 'cycle.cycle', 'exception.cycle')
    .select(['code', (eb) => eb.fn.countAll<bigint>().as('count')])
    .where('cycle.cut_off_seconds', '<=', cycle.cutOffSeconds)
    .where('exception_id', 'not in', db.selectFrom('exception_end').select('exception_id'))
    .groupBy('code')
    .orderBy('code')
    .execute()
  return Object.fromEntries(rows.map((row) => [row.code, String(row.count)]))
}
