import type { DatabaseSync } from 'node:sqlite'
import { ForeignStoreError, StoreDamagedError, StoreSchemaError } from '../../ports/StoreErrors.ts'

/** `Musb`: tells our files from those of other programs. */
export const APPLICATION_ID = 0x4d757362

/**
 * Integers of more than 53 bits are big-endian blobs of a fixed size. SQLite compares blobs byte by byte, so they sort as
 * the numbers do, up to 2^64 - 1 and 2^96 - 1; its own integers end at 2^63 - 1, and decimal text sorts wrongly.
 * Each row ends with a checksum over its other columns: SQLite's own checks see the shape of a page, not a flipped bit
 * in a signature or an amount.
 * Vouchers have no index beside their primary key, so checking a file's integrity costs one pass over it.
 */
const SCHEMA_1 = `
  CREATE TABLE owner (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    chain_id INTEGER NOT NULL,
    escrow BLOB NOT NULL CHECK (length(escrow) = 20),
    device_id BLOB NOT NULL CHECK (length(device_id) = 32),
    checksum INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE channels (
    channel_ref INTEGER PRIMARY KEY,
    channel_id BLOB NOT NULL UNIQUE CHECK (length(channel_id) = 32),
    payer BLOB NOT NULL CHECK (length(payer) = 32),
    beneficiary BLOB NOT NULL CHECK (length(beneficiary) = 20),
    token BLOB NOT NULL CHECK (length(token) = 20),
    payer_binding BLOB NOT NULL CHECK (length(payer_binding) = 32),
    funder BLOB NOT NULL CHECK (length(funder) = 20),
    payee BLOB NOT NULL CHECK (length(payee) = 32),
    payee_binding BLOB NOT NULL CHECK (length(payee_binding) = 32),
    close_delay_seconds INTEGER NOT NULL CHECK (close_delay_seconds >= 0),
    salt BLOB NOT NULL CHECK (length(salt) = 32),
    payer_signer BLOB NOT NULL CHECK (length(payer_signer) IN (20, 84)),
    payee_signer BLOB NOT NULL CHECK (length(payee_signer) IN (20, 84)),
    checksum INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE views (
    channel_ref INTEGER PRIMARY KEY REFERENCES channels,
    finalized_at_seconds INTEGER NOT NULL CHECK (finalized_at_seconds >= 0),
    deposit BLOB NOT NULL CHECK (length(deposit) = 12),
    settled BLOB NOT NULL CHECK (length(settled) = 12),
    close_at_seconds INTEGER CHECK (close_at_seconds >= 0),
    status TEXT NOT NULL CHECK (status IN ('none', 'open', 'closed')),
    payer_binding_ends_at_seconds INTEGER NOT NULL CHECK (payer_binding_ends_at_seconds >= 0),
    checksum INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE agreements (
    agreement_ref INTEGER PRIMARY KEY,
    channel_ref INTEGER NOT NULL REFERENCES channels,
    agreement_hash BLOB NOT NULL CHECK (length(agreement_hash) = 32),
    payer BLOB NOT NULL CHECK (length(payer) = 32),
    payee BLOB NOT NULL CHECK (length(payee) = 32),
    tariff_hash BLOB NOT NULL CHECK (length(tariff_hash) = 32),
    valid_from INTEGER NOT NULL CHECK (valid_from >= 0),
    valid_until INTEGER NOT NULL CHECK (valid_until >= 0),
    salt BLOB NOT NULL CHECK (length(salt) = 32),
    tariff BLOB NOT NULL CHECK (length(tariff) = 82),
    payee_signature BLOB NOT NULL CHECK (length(payee_signature) = 64),
    payer_signature BLOB NOT NULL CHECK (length(payer_signature) = 64),
    checksum INTEGER NOT NULL,
    UNIQUE (channel_ref, agreement_hash)
  ) STRICT;
  -- A row without an amount is a voucher that was adopted: what it paid for is lost.
  CREATE TABLE vouchers (
    channel_ref INTEGER NOT NULL REFERENCES channels,
    version BLOB NOT NULL CHECK (length(version) = 8),
    cumulative_amount BLOB NOT NULL CHECK (length(cumulative_amount) = 12),
    receipts_root BLOB NOT NULL CHECK (length(receipts_root) = 32),
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    amount BLOB CHECK (length(amount) = 12),
    agreement_hash BLOB CHECK (length(agreement_hash) = 32),
    item_reference BLOB CHECK (length(item_reference) = 32),
    item_quantity BLOB CHECK (length(item_quantity) = 8),
    timestamp INTEGER CHECK (timestamp >= 0),
    checksum INTEGER NOT NULL,
    PRIMARY KEY (channel_ref, version)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE closes (
    channel_ref INTEGER PRIMARY KEY REFERENCES channels,
    cumulative_amount BLOB NOT NULL CHECK (length(cumulative_amount) = 12),
    version BLOB NOT NULL CHECK (length(version) = 8),
    receipts_root BLOB NOT NULL CHECK (length(receipts_root) = 32),
    checksum INTEGER NOT NULL
  ) STRICT;
`

/** Step n leads from schema n to n + 1. A step that was released is never edited: files in the field have run it. */
export const MIGRATIONS: readonly string[] = [SCHEMA_1]

/** Tables whose rows end with a checksum. */
export const TABLES = ['owner', 'channels', 'views', 'agreements', 'vouchers', 'closes'] as const

/** Refuses a file of another program or of newer software. Reads only. Returns whether the file is new. */
export function requireOurs(
  database: DatabaseSync,
  migrations = MIGRATIONS,
  applicationId: number = APPLICATION_ID,
): boolean {
  const application = readPragma(database, 'application_id')
  const version = readPragma(database, 'user_version')
  if (application === 0 && version === 0 && tableCount(database) === 0) return true
  if (application !== applicationId) {
    throw new ForeignStoreError({ field: 'application id', given: application, expected: applicationId })
  }
  if (version > migrations.length) throw new StoreSchemaError({ given: version, expected: migrations.length })
  if (version < 1) throw new StoreDamagedError({ given: `it has tables, but its schema is ${version}` })
  return false
}

/** Brings a file of ours to the newest schema, forward only, inside the caller's transaction. */
export function migrate(database: DatabaseSync, migrations = MIGRATIONS, applicationId: number = APPLICATION_ID): void {
  const version = readPragma(database, 'user_version')
  if (version === migrations.length) return
  for (const migration of migrations.slice(version)) database.exec(migration)
  database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}`)
}

function tableCount(database: DatabaseSync): number {
  return Number(database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.['tables'])
}

function readPragma(database: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name])
}
