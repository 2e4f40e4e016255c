import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, it } from 'node:test'
import { type Backend, describeOnEach, startBackend } from './support/backends.ts'
import { Car } from './support/Car.ts'
import { FakeChain, FLOAT, GENESIS_SECONDS } from './support/FakeChain.ts'
import { House } from './support/House.ts'
import { holdsCardNumber } from '../src/text/cardNumber.ts'

describeOnEach('import receipts', (name) => {
  let backend: Backend
  let house: House
  let car: Car

  before(async () => {
    backend = await startBackend(name)
  })
  after(() => backend.stop())
  beforeEach(async () => {
    house = await House.open(await backend.fresh())
    const chain = new FakeChain()
    chain.mine()
    await house.sync(chain)
    car = new Car({ name: 'car-1', party: 'party-1', funder: FLOAT })
    for (const amount of [5n, 7n, 11n]) car.pay(amount)
  })
  afterEach(() => house.close())

  const count = async () =>
    (
      await house.db
        .selectFrom('receipt')
        .select((eb) => eb.fn.countAll<bigint>().as('n'))
        .executeTakeFirstOrThrow()
    ).n
  type Lines = Record<string, unknown>[]
  /** The honest file with something changed: channel, agreement, three receipts, voucher. */
  const changed = async (change: (lines: Lines) => unknown[]): Promise<string[]> =>
    change((await car.history()).map((line) => JSON.parse(line) as Record<string, unknown>)).map((line) =>
      typeof line === 'string' ? line : JSON.stringify(line),
    )
  const at = (index: number, fields: object) => (lines: Lines) =>
    lines.map((line, place) => (place === index ? { ...line, ...fields } : line))
  const without = (index: number) => (lines: Lines) => lines.filter((_, place) => place !== index)
  const zeros = (bytes: number) => `0x${'00'.repeat(bytes)}`

  it('given a sound history, when imported, it keeps every receipt; again, it changes nothing', async () => {
    assert.deepEqual(await house.importReceipts(car), {
      changed: true,
      result: { channels: 1, receipts: 3, vouchers: 1 },
    })
    assert.deepEqual(await house.importReceipts(car), {
      changed: false,
      result: { channels: 1, receipts: 0, vouchers: 0 },
    })
    assert.equal(await count(), 3n)
  })

  it('given a longer history, when imported, it adds what is new', async () => {
    await house.importReceipts(car)
    car.pay(13n)
    assert.deepEqual(await house.importReceipts(car), {
      changed: true,
      result: { channels: 1, receipts: 1, vouchers: 1 },
    })
  })

  it('given another history of the same channel, when imported, it is refused as CONTENT_CONFLICT', async () => {
    await house.importReceipts(car)
    const twin = new Car({ name: 'car-1', party: 'party-1', funder: FLOAT })
    for (const amount of [5n, 8n]) twin.pay(amount)
    await assert.rejects(house.importReceipts(twin), { name: 'Receipts.ContentConflictError' })
    assert.equal(await count(), 3n)
  })

  it('given a tariff whose merchant is a card number, when imported, it is refused without repeating it', async () => {
    const holder = new Car({ name: 'car-2', party: 'party-1', funder: FLOAT, merchantRef: '4111111111111111' })
    holder.pay(5n)
    await assert.rejects(house.importReceipts(holder), (error: Error) => {
      assert.equal(error.name, 'Receipts.BadHistoryError')
      assert.ok(!holdsCardNumber(error.message), 'the error repeats the card number')
      return true
    })
    assert.equal(await count(), 0n)
  })

  const bad: readonly [string, number, (lines: Lines) => unknown[]][] = [
    ['another chain', 1, at(0, { chainId: 1 })],
    ['another escrow', 1, at(0, { escrow: FLOAT })],
    ['another channel id', 1, at(0, { channelId: zeros(32) })],
    ['another payer signer', 1, at(0, { payerSigner: FLOAT })],
    ['another payee signer', 1, at(0, { payeeSigner: FLOAT })],
    ['an agreement of another channel', 2, at(1, { channelId: zeros(32) })],
    ['a bad signature of the agreement', 2, at(1, { payeeSignature: zeros(64) })],
    ['a receipt without its agreement', 2, without(1)],
    ['a receipt of another channel', 3, at(2, { channelId: zeros(32) })],
    ['a changed amount', 3, at(2, { amount: '6' })],
    ['a missing receipt', 4, without(3)],
    ['receipts in another order', 3, ([channel, agreement, a, b, ...rest]) => [channel, agreement, b, a, ...rest]],
    ['a receipt before its agreement is valid', 3, at(2, { timestamp: GENESIS_SECONDS - 2 })],
    ['a changed time', 6, at(3, { timestamp: GENESIS_SECONDS })],
    ['a changed version', 6, at(4, { version: '9' })],
    ['a voucher of another root', 6, at(5, { receiptsRoot: zeros(32) })],
    ['a voucher of another total', 6, at(5, { cumulativeAmount: '24' })],
    ['a voucher signed by nobody', 6, at(5, { signature: zeros(64) })],
    ['no voucher', 5, without(5)],
    ['no channel', 1, without(0)],
    ['no receipts', 3, ([channel, agreement, , , , voucher]) => [channel, agreement, voucher]],
    ['a line that is no JSON', 3, (lines) => lines.with(2, 'hello' as never)],
    ['a line of another shape', 3, at(2, { amount: 5 })],
    ['a line of 5,000 characters', 3, (lines) => lines.with(2, 'x'.repeat(5_000) as never)],
  ]
  for (const [what, line, change] of bad) {
    it(`given ${what}, when imported, line ${String(line)} is named and nothing is kept`, async () => {
      const lines = await changed(change)
      await assert.rejects(house.journal.perform('import-receipts', { lines }), {
        name: 'Receipts.BadHistoryError',
        message: new RegExp(`^Line ${String(line)} `),
      })
      assert.equal(await count(), 0n)
    })
  }
})
