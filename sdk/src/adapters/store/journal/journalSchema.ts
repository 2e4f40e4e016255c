import type { DatabaseSync } from 'node:sqlite'
import { keccak256 } from 'viem'
import { fromHex, toHex } from '../../../protocol/Bytes.ts'
import type { Attempt, EntryEnd, JournalEntry, JournalOwner } from '../../../ports/TransactionJournal.ts'
import { StoreDamagedError } from '../../../ports/StoreErrors.ts'
import type { Fields, Row } from '../seal.ts'
import type { FileFormat } from '../sqliteFile.ts'
import { unsealAll } from '../sqliteFile.ts'
import { prepare } from '../Tables.ts'

/** `MusT`: a journal of transactions, and no store of a device. */
const APPLICATION_ID = 0x4d757354

/** Each row ends with a checksum, as in a store's file; a transaction's own is its hash. */
const SCHEMA_1 = `
  CREATE TABLE owner (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    chain_id INTEGER NOT NULL,
    account BLOB NOT NULL CHECK (length(account) = 20),
    checksum INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE entries (
    entry_ref INTEGER PRIMARY KEY AUTOINCREMENT,
    nonce INTEGER NOT NULL CHECK (nonce >= 0),
    purpose TEXT NOT NULL,
    key TEXT,
    end TEXT CHECK (end IN ('mined', 'reverted', 'cancelled', 'lost', 'refused')),
    end_hash BLOB CHECK (length(end_hash) = 32),
    checksum INTEGER NOT NULL,
    CHECK ((end_hash IS NOT NULL) = coalesce(end IN ('mined', 'reverted', 'cancelled'), 0))
  ) STRICT;
  CREATE UNIQUE INDEX open_nonces ON entries (nonce) WHERE end IS NULL;
  CREATE INDEX ended_keyless ON entries (entry_ref) WHERE end IS NOT NULL AND key IS NULL;
  CREATE INDEX keys ON entries (key) WHERE key IS NOT NULL;
  CREATE TABLE attempts (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    entry_ref INTEGER NOT NULL REFERENCES entries,
    number INTEGER NOT NULL CHECK (number >= 0),
    kind TEXT NOT NULL CHECK (kind IN ('call', 'cancel')),
    checksum INTEGER NOT NULL,
    serialized BLOB NOT NULL,
    UNIQUE (entry_ref, number)
  ) STRICT, WITHOUT ROWID;
`

/** Columns of an attempt that its checksum covers, and the checksum. */
export const ATTEMPT_COLUMNS = 'hash, entry_ref, number, kind, checksum'

export const JOURNAL_FORMAT: FileFormat<JournalOwner> = {
  applicationId: APPLICATION_ID,
  migrations: [SCHEMA_1],
  ownerRow: ({ chainId, account }) => [1, chainId, fromHex(account, 20)],
  ownerOf: (fields) => {
    fields.integer()
    return { chainId: fields.integer(), account: fields.address() }
  },
  requireSoundRows: (database) => {
    for (const table of ['owner', 'entries']) unsealAll(database, table)
    unsealAll(database, 'attempts', ATTEMPT_COLUMNS)
    requireSoundTransactions(database)
  },
}

/** Without the leading `entry_ref`. */
export function entryRow({ nonce, purpose, key, end }: Omit<JournalEntry, 'ref' | 'attempts'>): Row {
  const hash = end !== undefined && 'hash' in end ? fromHex(end.hash, 32) : null
  return [nonce, purpose, key ?? null, end?.kind ?? null, hash]
}

export function entryOf(fields: Fields): Omit<JournalEntry, 'attempts'> {
  const ref = fields.integer()
  const entry = { ref, nonce: fields.integer(), purpose: fields.text(), key: fields.textOrNull() }
  const kind = fields.textOrNull()
  return { ...entry, end: kind === undefined ? undefined : endOf(kind, fields) }
}

export function attemptOf(fields: Fields, serialized: Uint8Array): Attempt {
  const hash = fields.hex()
  fields.integer()
  fields.integer()
  const kind = fields.text() === 'cancel' ? 'cancel' : 'call'
  return { hash, kind, serialized: toHex(serialized) }
}

function endOf(kind: string, fields: Fields): EntryEnd {
  if (kind === 'lost' || kind === 'refused') return { kind }
  if (kind === 'mined' || kind === 'reverted' || kind === 'cancelled') return { kind, hash: fields.hex() }
  throw new StoreDamagedError({ given: `the end of a transaction is ${kind}` })
}

function requireSoundTransactions(database: DatabaseSync): void {
  const rows = prepare(database, 'SELECT hash, serialized FROM attempts').iterate() as Iterable<unknown>
  for (const [hash, serialized] of rows as Iterable<[Uint8Array, Uint8Array]>) {
    if (keccak256(serialized) === toHex(hash)) continue
    throw new StoreDamagedError({ given: `the transaction ${toHex(hash)} has changed` })
  }
}
