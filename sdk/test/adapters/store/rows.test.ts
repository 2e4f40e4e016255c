import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { viewOf } from '../../../src/adapters/store/rows.ts'
import type { Value } from '../../../src/adapters/store/seal.ts'
import { Fields, seal, unseal } from '../../../src/adapters/store/seal.ts'
import { asStoreError } from '../../../src/adapters/store/sqliteErrors.ts'
import { StoreConflictError } from '../../../src/ports/StoreErrors.ts'

const DAMAGED = 'Store.StoreDamagedError'

describe('unseal', () => {
  const row: readonly Value[] = [1, 'open', null, Buffer.from([1, 2]), Buffer.from([3])]

  it('given a sealed row, when it is read, then its columns come back', () => {
    const fields = unseal('views', seal(row))
    assert.equal(fields.integer(), 1)
    assert.equal(fields.text(), 'open')
    assert.equal(fields.integerOrNull(), undefined)
    assert.equal(fields.uint(), 0x0102n)
    assert.equal(fields.hex(), '0x03')
  })

  const changes: readonly (readonly [string, number, Value])[] = [
    ['an integer', 0, 2],
    ['a text', 1, 'opem'],
    ['a missing value', 2, 0],
    ['a byte', 3, Buffer.from([1, 3])],
    ['a byte moved to the next column', 3, Buffer.from([1])],
    ['the checksum', 5, 0],
  ]
  for (const [what, column, value] of changes) {
    it(`given a sealed row, when ${what} has changed, then it refuses`, () => {
      const changed = [...seal(row)]
      changed[column] = value
      const expected = { name: DAMAGED, given: 'a row of its views has changed' }
      assert.throws(() => unseal('views', changed), expected)
    })
  }
})

describe('Fields', () => {
  it('given columns of other kinds, when they are read, then it names the column', () => {
    const expected = (kind: string) => ({ name: DAMAGED, given: `column 1 of its views is string, not ${kind}` })
    assert.throws(() => new Fields('views', ['a']).integer(), expected('an integer'))
    assert.throws(() => new Fields('views', ['a']).bytes(), expected('bytes'))
    assert.throws(() => new Fields('views', []).text(), {
      name: DAMAGED,
      given: 'column 1 of its views is undefined, not text',
    })
  })
})

describe('viewOf', () => {
  it('given a status that no channel has, when the row is read, then it refuses', () => {
    const amount = Buffer.alloc(12)
    const fields = unseal('views', seal([1, 100, amount, amount, null, 'paused', 200]))
    assert.throws(() => viewOf(fields), { name: DAMAGED, given: 'the status of a view is paused' })
  })
})

describe('asStoreError', () => {
  const codes = [
    ['SQLITE_BUSY', 5, 'Store.StoreLockedError'],
    ['SQLITE_READONLY', 8, 'Store.StoreOpenError'],
    ['SQLITE_CANTOPEN_ISDIR', 526, 'Store.StoreOpenError'],
    ['SQLITE_FULL', 13, 'Store.StoreWriteError'],
    ['SQLITE_IOERR_WRITE', 778, 'Store.StoreWriteError'],
    ['SQLITE_IOERR_READ', 266, DAMAGED],
    ['SQLITE_CORRUPT', 11, DAMAGED],
    ['SQLITE_NOTADB', 26, DAMAGED],
    ['SQLITE_ERROR', 1, DAMAGED],
  ] as const
  for (const [code, errcode, name] of codes) {
    it(`given ${code}, then it is ${name}, with the cause`, () => {
      const cause = Object.assign(new Error('from SQLite'), { errcode })
      const error = asStoreError(cause, 'device.db')
      assert.ok(error instanceof Error)
      assert.equal(error.name, name)
      assert.equal(error.cause, cause)
    })
  }

  it('given any other error, then it is that error', () => {
    const errors = [new TypeError('a mistake'), new StoreConflictError({ what: 'x', given: 1, expected: 2 }), 'text']
    for (const error of errors) assert.equal(asStoreError(error, 'device.db'), error)
  })
})
