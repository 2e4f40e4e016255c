import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { FUNDER_COLUMNS, funderRow } from '../src/registers/funders.ts'
import { readRegister } from '../src/registers/readRegister.ts'
import { holdsCardNumber, maskCardNumbers } from '../src/text/cardNumber.ts'
import { type Backend, describeOnEach, startBackend } from './support/backends.ts'
import { Car } from './support/Car.ts'
import { FLOAT } from './support/FakeChain.ts'
import { accountOf, csv, FUNDERS, House, MERCHANT } from './support/House.ts'

/** A number for tests that the card networks publish; it belongs to nobody. */
const TEST_CARD = '4111111111111111'

describe('card numbers', () => {
  const found = [
    TEST_CARD,
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    `token ${TEST_CARD}.`,
    '378282246310005',
    '6304000000000000000',
    `2 ${TEST_CARD}`,
    `${TEST_CARD} 12/29`,
    '4111\u00a01111\u20131111\u00a01111',
    '４１１１１１１１１１１１１１１１',
  ]
  for (const text of found)
    it(`given ${text.replace(/\p{Nd}/gu, 'd')}, when looked at, it is one`, () => assert.ok(holdsCardNumber(text)))
  const others = ['4111111111111112', '411111111111', '41111111111111111111', 'member-7Q2K', 'tok_4f2a91', '1 2 3', '']
  for (const text of others)
    it(`given ${text === '' ? 'nothing' : text}, when looked at, it is none`, () => assert.ok(!holdsCardNumber(text)))

  it('given a text with one, when masked, nothing of it is left', () => {
    assert.equal(maskCardNumbers(`card ${TEST_CARD}!`), 'card [a card number, not shown]!')
  })
})

describeOnEach('registers', (name) => {
  let backend: Backend
  let house: House
  const car = new Car({ name: 'car-1', party: 'party-1', funder: FLOAT })
  const account = accountOf(car, 'account-1')

  before(async () => {
    backend = await startBackend(name)
  })
  after(() => backend.stop())
  beforeEach(async () => {
    house = await House.open(await backend.fresh())
  })
  afterEach(() => house.close())

  const count = async (table: 'account' | 'funder' | 'merchant' | 'journal') =>
    (
      await house.db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<bigint>().as('n'))
        .executeTakeFirstOrThrow()
    ).n

  const bad: readonly [string, 'funders' | 'accounts' | 'merchants', Record<string, string>, RegExp][] = [
    [
      'a card number as card reference',
      'accounts',
      { ...account, card_ref: TEST_CARD },
      /line 2, card_ref: .*no card number.*not shown/,
    ],
    ['a card number as consent', 'accounts', { ...account, consent_ref: '4111-1111-1111-1111' }, /line 2, consent_ref/],
    [
      'a card number as account',
      'accounts',
      { ...account, billing_account: TEST_CARD },
      /line 2, billing_account: a card number/,
    ],
    [
      'a card number as descriptor',
      'accounts',
      { ...account, descriptor: '4111 1111 1111 1111' },
      /line 2, descriptor: a card number/,
    ],
    [
      'a card number as kana descriptor',
      'accounts',
      { ...account, descriptor_kana: TEST_CARD },
      /line 2, descriptor_kana: a card number/,
    ],
    [
      'a card number as payee',
      'merchants',
      { ...MERCHANT, payee_name: TEST_CARD },
      /line 2, payee_name: a card number/,
    ],
    ['a formula', 'merchants', { ...MERCHANT, item: '=HYPERLINK(1)' }, /line 2, item: expected .* no formula/],
    ['a bad address', 'funders', { ...FUNDERS, address: '0x12' }, /line 2, address: expected 0x and 40/],
    ['a bad date', 'funders', { ...FUNDERS, valid_from: '2026-02-30' }, /line 2, valid_from: expected a date/],
    ['a short reference', 'accounts', { ...account, billing_ref: '0xabc' }, /line 2, billing_ref: expected 0x and 64/],
    ['an unknown rail', 'accounts', { ...account, rail: 'CASH' }, /line 2, rail: expected ISSUER or PSP/],
    [
      'a card reference without its type',
      'accounts',
      { ...account, card_ref_type: '' },
      /line 2, card_ref_type: expected together/,
    ],
    [
      'an acquirer account on the rail ISSUER',
      'accounts',
      { ...account, merchant_id: 'M1' },
      /line 2, merchant_id: expected for the rail PSP/,
    ],
    [
      'a long descriptor',
      'accounts',
      { ...account, descriptor: 'A'.repeat(23) },
      /line 2, descriptor: expected 1 to 22/,
    ],
    [
      'a rate above 100 %',
      'merchants',
      { ...MERCHANT, tax_rate_bp: '10001' },
      /line 2, tax_rate_bp: expected at most 10000/,
    ],
    [
      'a rate on what is exempt',
      'merchants',
      { ...MERCHANT, tax_category: 'EXEMPT' },
      /line 2, tax_rate_bp: expected above 0/,
    ],
    [
      'a bad invoice number',
      'merchants',
      { ...MERCHANT, invoice_reg_no: '1234567890123' },
      /line 2, invoice_reg_no: expected nothing, or T/,
    ],
  ]
  for (const [what, register, row, message] of bad) {
    it(`given ${what}, when registered, it is refused and nothing is kept`, async () => {
      await assert.rejects(house.register(register, csv([row])), (error: Error) => {
        assert.equal(error.name, 'Register.FormatError')
        assert.match(error.message, message)
        assert.ok(!holdsCardNumber(error.message), 'the error repeats the card number')
        return true
      })
      assert.equal(await count('journal'), 0n)
    })
  }

  it('given one bad row among good ones, when registered, the whole file is refused', async () => {
    const rows = [FUNDERS, { ...FUNDERS, address: 'nowhere' }, { ...FUNDERS, valid_from: 'soon' }]
    await assert.rejects(house.register('funders', csv(rows)), /2 bad fields.*line 3, address.*line 4, valid_from/)
    assert.equal(await count('funder'), 0n)
  })

  it('given a header with a missing, an unknown or a doubled column, when registered, it is refused', async () => {
    const { party_ref: _, ...short } = FUNDERS
    for (const text of [
      csv([short]),
      csv([{ ...FUNDERS, extra: '1' }]),
      csv([FUNDERS]).replace('party_ref', 'address'),
      'book_entity',
    ]) {
      await assert.rejects(house.register('funders', text), { name: 'Register.FormatError', message: /header|no rows/ })
    }
  })

  it('given a row with another number of columns, when registered, its line is named', async () => {
    await assert.rejects(house.register('funders', `${csv([FUNDERS])},more`), /Line 2 has another number of columns/)
  })

  it('given a row that is registered, when registered again, nothing changes', async () => {
    assert.deepEqual(await house.register('accounts', csv([account])), { changed: true, result: { rows: 1, added: 1 } })
    assert.deepEqual(await house.register('accounts', csv([account])), {
      changed: false,
      result: { rows: 1, added: 0 },
    })
    assert.equal(await count('journal'), 1n)
  })

  it('given a registered row, when other content comes under its key, it is refused as CONTENT_CONFLICT', async () => {
    await house.register('accounts', csv([account]))
    await assert.rejects(house.register('accounts', csv([{ ...account, card_ref: 'member-2' }])), {
      name: 'Register.ContentConflictError',
      message: /CONTENT_CONFLICT.*card_ref/,
    })
    assert.equal(await count('account'), 1n)
  })

  it('given a registered account, when a later row brings another card, both are kept', async () => {
    await house.register('accounts', csv([account]))
    await house.register('accounts', csv([{ ...account, card_ref: 'member-2', valid_from: '2026-11-15' }]))
    assert.equal(await count('account'), 2n)
  })

  it('given an account, when a later row gives it to another party, it is refused', async () => {
    await house.register('accounts', csv([account]))
    const stolen = {
      ...account,
      billing_ref: `0x${'cd'.repeat(32)}`,
      liable_party_ref: `0x${'ab'.repeat(32)}`,
      valid_from: '2026-12-01',
    }
    await assert.rejects(house.register('accounts', csv([stolen])), { name: 'Register.ContentConflictError' })
  })

  it('given a billing reference, when it is given to another account, it is refused', async () => {
    await house.register('accounts', csv([account]))
    await assert.rejects(house.register('accounts', csv([{ ...account, billing_account: 'account-2' }])), {
      name: 'Register.ContentConflictError',
    })
  })

  it('given a merchant, when one of its machines has another name on the same day, it is refused', async () => {
    const other = { ...MERCHANT, payee_binding: `0x${'cd'.repeat(32)}`, payee_name: 'Other Name' }
    await assert.rejects(house.register('merchants', csv([MERCHANT, other])), { name: 'Register.ContentConflictError' })
    assert.equal(await count('merchant'), 0n)
  })

  it('given a file named by a card number, or none at all, when read, it is refused without repeating it', () => {
    const directory = mkdtempSync(join(tmpdir(), 'musubi-register-'))
    const path = join(directory, `${TEST_CARD}.csv`)
    writeFileSync(path, csv([FUNDERS]))
    assert.throws(
      () => readRegister(path, funderRow, FUNDER_COLUMNS),
      (error: Error) => !holdsCardNumber(error.message),
    )
    assert.throws(() => readRegister(join(directory, 'none.csv'), funderRow, FUNDER_COLUMNS), {
      name: 'Register.FormatError',
    })
    rmSync(directory, { recursive: true })
  })

  it('given a directory, or a file of another encoding, when read, it is refused', () => {
    const directory = mkdtempSync(join(tmpdir(), 'musubi-register-'))
    const read = (path: string) => () => readRegister(path, funderRow, FUNDER_COLUMNS)
    assert.throws(read(directory), { name: 'Register.FormatError', given: directory })
    // "港" as CP932 writes it.
    const cp932 = Buffer.concat([Buffer.from(csv([FUNDERS])), Buffer.from([0x8d, 0x60])])
    writeFileSync(join(directory, 'cp932.csv'), cp932)
    assert.throws(read(join(directory, 'cp932.csv')), { name: 'Register.FormatError', message: /UTF-8/ })
    rmSync(directory, { recursive: true })
  })
})
