import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, it } from 'node:test'
import { HANDLERS } from '../src/cli/operations.ts'
import { COLUMN_NAMES, contentHash } from '../src/billing/columns.ts'
import { parseManifest, renderSigned } from '../src/export/Manifest.ts'
import { totalsOf } from '../src/export/totals.ts'
import { verifyDelivery } from '../src/export/verifyDelivery.ts'
import { writeDelivery, type WrittenDelivery } from '../src/export/writeDelivery.ts'
import { canonicalJson, sha256Hex } from '../src/hash.ts'
import { Journal } from '../src/journal/Journal.ts'
import { type Backend, describeOnEach, startBackend } from './support/backends.ts'
import { Car } from './support/Car.ts'
import { FakeChain, FLOAT, GENESIS_SECONDS } from './support/FakeChain.ts'
import { accountOf, csv, DAY, FUNDERS, House, MERCHANT } from './support/House.ts'

const YEN = 10n ** 18n
const PARTY_ADDRESS = '0x8888888888888888888888888888888888888888'
const { privateKey } = generateKeyPairSync('ed25519')
const publicKey = createPublicKey(privateKey)

/** A reader of CSV that shares nothing with the writer: fields are quoted, rows end with CRLF, no quote is inside a field. */
function readPlainly(text: string): Record<string, string>[] {
  assert.ok(text.endsWith('\r\n'))
  const table = text
    .slice(0, -2)
    .split('\r\n')
    .map((line) => line.slice(1, -1).split('","'))
  const [header, ...rows] = table
  return rows.map((row) => Object.fromEntries((header ?? []).map((name, index) => [name, row[index] ?? ''])))
}

describeOnEach('a delivery', (name) => {
  let backend: Backend
  let house: House
  let chain: FakeChain
  let directory: string
  let written: WrittenDelivery
  const charged = new Car({ name: 'car-1', party: 'party-1', funder: FLOAT })
  const stated = new Car({ name: 'car-2', party: 'party-2', funder: PARTY_ADDRESS, funding: 'PREPAID' })
  const small = new Car({ name: 'car-3', party: 'party-3', funder: FLOAT })
  const write = (out: string, key: KeyObject = privateKey) =>
    writeDelivery(house.db, { cycle: 'C1', directory: out, signingKey: key })

  before(async () => {
    backend = await startBackend(name)
    house = await House.open(await backend.fresh())
    directory = mkdtempSync(join(tmpdir(), 'musubi-delivery-'))
    chain = new FakeChain()
    chain.mine()
    chain.deposit(FLOAT, 1_000n * YEN)
    chain.deposit(PARTY_ADDRESS, 1_000n * YEN)
    for (const [car, amount] of [
      [charged, (37n * YEN) / 10n],
      [stated, (52n * YEN) / 10n],
      [small, YEN / 2n],
    ] as const) {
      car.start(chain, 100n * YEN)
      car.pay(amount)
      car.pay(amount, { taxRateBp: 800 })
      car.settle(chain)
    }
    chain.mine(GENESIS_SECONDS + DAY)
    await house.sync(chain)
    await house.register('funders', csv([FUNDERS, { ...FUNDERS, address: PARTY_ADDRESS, party_ref: stated.partyId }]))
    await house.register(
      'accounts',
      csv([charged, stated, small].map((car, index) => accountOf(car, `account-${String(index)}`))),
    )
    await house.register('merchants', csv([MERCHANT]))
    await house.importReceipts(charged, stated, small)
    await house.openCycle('C1', 0, 1)
    await house.bill('C1')
    written = await write(directory)
  })
  after(async () => {
    house.close()
    await backend.stop()
    rmSync(directory, { recursive: true })
  })

  const rowsOf = (path: string | null) => readPlainly(readFileSync(path ?? '', 'utf8'))

  it('given a sealed cycle, when exported, figures are those of the files', () => {
    const { billedYen, prepaidYen, carryE18, carryKeys, lines } = written
    // 3.7 twice is 3 + 3, 5.2 twice is 5 + 5, 0.5 twice is nothing: the rest is carried under six keys.
    assert.deepEqual(
      { billedYen, prepaidYen, carryE18, carryKeys, lines },
      { billedYen: '6', prepaidYen: '10', carryE18: String((28n * YEN) / 10n), carryKeys: 6, lines: 6 },
    )
  })

  it('given the CSV, when read by another parser, every column is there in its order', () => {
    const [charge] = rowsOf(written.charges)
    assert.deepEqual(Object.keys(charge ?? {}), COLUMN_NAMES)
    assert.equal(charge?.card_ref, 'member-account-0')
    assert.equal(charge.cutoff_date, '2026-11-01')
    assert.equal(charge.period_from, '2026-11-01T01:00:01Z')
    assert.equal(charge.device_count, '1')
    assert.equal(charge.invoice_reg_no, 'T1234567890123')
  })

  it('given prepaid lines and lines of nothing, when exported, they are statements without charge, card and consent', () => {
    const rows = rowsOf(written.statements)
    assert.deepEqual(
      rows.map((row) => row.record_type),
      ['STATEMENT', 'STATEMENT', 'STATEMENT', 'STATEMENT'],
    )
    assert.deepEqual(
      rows.map((row) => row.amount_minor),
      ['5', '5', '0', '0'],
    )
    for (const row of rows) {
      for (const column of ['charge_id', 'attempt', 'charge_date', 'card_ref_type', 'card_ref', 'consent_ref']) {
        assert.equal(row[column], '', column)
      }
    }
  })

  it('given an exported cycle, when exported again elsewhere, it writes the same bytes', async () => {
    const again = mkdtempSync(join(tmpdir(), 'musubi-again-'))
    await write(again)
    assert.deepEqual(readdirSync(again), readdirSync(directory))
    for (const file of readdirSync(again))
      assert.deepEqual(readFileSync(join(again, file)), readFileSync(join(directory, file)), file)
    rmSync(again, { recursive: true })
  })

  it('given a file of the same name and other content, when exported, it fails with CONTENT_CONFLICT and leaves it', async () => {
    const taken = mkdtempSync(join(tmpdir(), 'musubi-taken-'))
    const path = join(taken, basename(written.charges ?? ''))
    writeFileSync(path, 'mine')
    await assert.rejects(write(taken), { name: 'Export.NotExportableError', message: /CONTENT_CONFLICT/ })
    assert.equal(readFileSync(path, 'utf8'), 'mine')
    rmSync(taken, { recursive: true })
  })

  it('given the untouched files, when verified, they are accepted', () => {
    assert.deepEqual(verifyDelivery([directory], publicKey), { verified: true, manifests: 1, files: 3, rows: 6 })
    assert.equal(verifyDelivery([written.manifest ?? ''], publicKey).rows, 6)
  })

  const damaged = (change: (copy: string) => void): string => {
    const copy = mkdtempSync(join(tmpdir(), 'musubi-damaged-'))
    for (const file of readdirSync(directory)) copyFileSync(join(directory, file), join(copy, file))
    change(copy)
    return copy
  }
  const refused = (change: (copy: string) => void, message: RegExp): void => {
    const copy = damaged(change)
    assert.throws(() => verifyDelivery([copy], publicKey), { name: 'Verify.RefusedError', message })
    rmSync(copy, { recursive: true })
  }

  it('given one byte changed anywhere, when verified, the file is refused by name', () => {
    for (const file of readdirSync(directory)) {
      const bytes = readFileSync(join(directory, file))
      const step = Math.max(1, Math.floor(bytes.length / 40))
      for (let at = 0; at < bytes.length; at += step) {
        const changed = Buffer.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ 1
        refused((copy) => writeFileSync(join(copy, file), changed), new RegExp(file.replaceAll('.', '\\.')))
      }
    }
  })

  it('given a missing, a longer or an unknown file, when verified, it is refused by name', () => {
    const charges = basename(written.charges ?? '')
    refused((copy) => rmSync(join(copy, charges)), /charges\.csv is refused.*missing/)
    refused((copy) => writeFileSync(join(copy, charges), ' ', { flag: 'a' }), /charges\.csv is refused/)
    refused((copy) => truncateSync(join(copy, charges), 100), /charges\.csv is refused.*100 bytes/)
    refused((copy) => writeFileSync(join(copy, 'other.csv'), 'x'), /other\.csv is refused/)
    // Nobody signed yet for how long a manifest is.
    refused(
      (copy) => truncateSync(join(copy, basename(written.manifest ?? '')), 16 * 1024 * 1024 + 1),
      /16777217 bytes.*at most/,
    )
  })

  it('given rows or the manifest’s fields in another order, when verified, it is refused by name', () => {
    const statements = basename(written.statements ?? '')
    refused((copy) => {
      const [header, first, second, ...rest] = readFileSync(join(copy, statements), 'utf8').split('\r\n')
      writeFileSync(join(copy, statements), [header, second, first, ...rest].join('\r\n'))
    }, /statements\.csv is refused.*SHA-256/)
    refused((copy) => {
      const path = join(copy, basename(written.manifest ?? ''))
      const { manifest, signature } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, object>
      writeFileSync(path, JSON.stringify({ signature, manifest }))
    }, /manifest\.json is refused.*canonical form/)
  })

  it('given two files of one name, when verified, it is refused, as one of them would be read by nobody', () => {
    const bad = damaged((copy) => writeFileSync(join(copy, basename(written.charges ?? '')), 'not mine'))
    for (const paths of [
      [bad, directory],
      [directory, bad],
    ]) {
      assert.throws(() => verifyDelivery(paths, publicKey), {
        name: 'Verify.RefusedError',
        expected: 'one file of a name',
      })
    }
    // The same file twice is the same file.
    assert.equal(verifyDelivery([directory, written.manifest ?? ''], publicKey).rows, 6)
    rmSync(bad, { recursive: true })
  })

  it('given a manifest whose file has no batch, when verified, it is refused', () => {
    refused((copy) => {
      const path = join(copy, basename(written.manifest ?? ''))
      const signed = JSON.parse(readFileSync(path, 'utf8')) as { manifest: object }
      const manifest = parseManifest(canonicalJson(signed.manifest as never))
      const batches = manifest.batches.filter((batch) => batch.role === 'charges')
      writeFileSync(path, renderSigned({ ...manifest, batches }, privateKey))
    }, /manifest\.json is refused.*files of roles/)
  })

  it('given another public key, when verified, the manifest is refused', () => {
    const other = createPublicKey(generateKeyPairSync('ed25519').privateKey)
    assert.throws(() => verifyDelivery([directory], other), {
      name: 'Verify.RefusedError',
      given: 'it is signed by another key',
    })
  })

  /** What a dishonest sealer could do: change a row, and sign everything anew. */
  const resigned = (column: string, value: (old: string) => string, message: RegExp, rehashed = false): void => {
    refused((copy) => {
      const path = join(copy, basename(written.charges ?? ''))
      const rows = readPlainly(readFileSync(path, 'utf8'))
      const [row] = rows
      if (row === undefined) throw new Error('no row')
      row[column] = value(row[column] ?? '')
      if (rehashed) row.content_hash = contentHash(row as never)
      const line = (fields: readonly string[]): string => `${fields.map((field) => `"${field}"`).join(',')}\r\n`
      const text = line(COLUMN_NAMES) + rows.map((one) => line(COLUMN_NAMES.map((name) => one[name] ?? ''))).join('')
      writeFileSync(path, text)
      const manifestPath = join(copy, basename(written.manifest ?? ''))
      const signed = JSON.parse(readFileSync(manifestPath, 'utf8')) as { manifest: object }
      const manifest = parseManifest(canonicalJson(signed.manifest as never))
      const statements = rowsOf(written.statements)
      const changed = {
        ...manifest,
        files: manifest.files.map((file) =>
          file.role === 'charges' ? { ...file, bytes: String(Buffer.byteLength(text)), sha256: sha256Hex(text) } : file,
        ),
        totals: totalsOf([...rows, ...statements] as never),
      }
      writeFileSync(manifestPath, renderSigned(changed, privateKey))
    }, message)
  }

  it('given a row changed and signed anew, when verified, the row and column are named', () => {
    const plusOne = (old: string): string => String(BigInt(old) + 1n)
    resigned('billing_account', () => 'account-9', /row 1, column line_id/)
    resigned('payee_name', () => 'Somebody Else', /row 1, column content_hash/)
    resigned('amount_minor', plusOne, /row 1, column content_hash/)
    resigned('line_no', plusOne, /row 1, column line_no/)
    resigned('card_ref', () => '=1+1', /row 1, column card_ref/)
    resigned('record_type', () => 'CREDIT', /row 1, column record_type/)
    resigned('batch_id', () => 'OTHER', /row 1, column batch_id/)
    // With the hash of the content made anew too, what the row says of itself still has to agree.
    resigned('amount_minor', plusOne, /row 1, column carry_out_e18/, true)
    resigned('carry_in_e18', plusOne, /row 1, column carry_out_e18/, true)
    resigned('tax_minor', plusOne, /row 1, column tax_minor/, true)
    resigned('taxable_minor', plusOne, /row 1, column taxable_minor/, true)
    resigned('proof_root', (old) => old.replace(/^./, (digit) => (digit === '0' ? '1' : '0')), /proof_root/, true)
    resigned('settlement_count', plusOne, /settlement_count/, true)
  })

  it('given the chain and the journal alone, when the house is rebuilt, its files are the same', async () => {
    const before = await house.db.selectFrom('sealed_file').selectAll().orderBy('file_name').execute()
    const postings = await house.db
      .selectFrom('posting')
      .selectAll()
      .orderBy('entry_id')
      .orderBy('posting_no')
      .execute()
    house.journal.close()
    await backend.fresh()
    // Later blocks are there by now: the freeze is still that of its own block.
    chain.mine(GENESIS_SECONDS + 2 * DAY)
    await house.sync(chain)
    house.journal = await Journal.open(house.db, house.journalPath, HANDLERS)
    assert.deepEqual(await house.db.selectFrom('sealed_file').selectAll().orderBy('file_name').execute(), before)
    assert.deepEqual(
      await house.db.selectFrom('posting').selectAll().orderBy('entry_id').orderBy('posting_no').execute(),
      postings,
    )
  })
})
