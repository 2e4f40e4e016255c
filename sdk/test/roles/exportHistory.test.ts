/**
 * exportHistory
 * |-- given a store without payments ... it writes nothing
 * |-- given payments ... it writes channel, agreements, receipts in order, and the newest voucher, which proves them
 * |-- given a payment that is accepted meanwhile ... it ends at the voucher that it names
 * `-- given several channels ... it writes one after the other
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as History from '../../src/protocol/History.ts'
import * as Receipt from '../../src/protocol/Receipt.ts'
import { exportHistory } from '../../src/roles/exportHistory.ts'
import { collect } from '../helpers/async.ts'
import { signPayment } from '../helpers/payments.ts'
import { agree, agreedRoles, domains, recordOf, roleWorld, tariff } from '../helpers/roleWorld.ts'
import type { RoleWorld } from '../helpers/roleWorld.ts'
import { storeKinds } from '../helpers/stores.ts'

const place = { chainId: domains.escrow.chainId, escrow: domains.escrow.verifyingContract }

async function linesOf({ stores }: RoleWorld): Promise<History.Line[]> {
  const texts = await collect(exportHistory(stores.payee, place))
  return texts.map((text, index) => History.parse(text, index + 1))
}

/** What the receipts of the lines add up to: the root that the voucher must have signed. */
function rootOf(lines: readonly History.Line[], channelId: `0x${string}`) {
  let root = Receipt.firstRoot(channelId)
  for (const line of lines) if (line.kind === 'receipt') root = Receipt.nextRoot(root, line.receipt)
  return root
}

describe('exportHistory', () => {
  it('given a store without payments ... it writes nothing', async () => {
    const world = roleWorld()
    await agreedRoles(world)
    assert.deepEqual(await linesOf(world), [])
  })

  for (const kind of storeKinds) {
    it(`given payments ... it writes channel, agreements, receipts in order, and the newest voucher, which proves them (${kind.name})`, async (t) => {
      const world = roleWorld({ payerKind: 'p256' })
      world.stores.payee = await (await kind.folder(t)).open(world.record, 'payee')
      const { payer, payee } = await agreedRoles(world)
      for (const units of [1n, 2n, 3n]) await payee.accept(await signPayment(world, payee, { quantity: units }))
      // Terms that changed: an agreement more.
      const terms = { ...world.terms, tariff: { ...tariff, pricePerUnit: 1n } }
      const later = await world.openPayee({ terms })
      await agree(payer, later)
      await later.accept(await signPayment({ ...world, terms }, later, { quantity: 4n }))

      const lines = await linesOf(world)
      const kinds = ['channel', 'agreement', 'agreement', 'receipt', 'receipt', 'receipt', 'receipt', 'voucher']
      assert.deepEqual(
        lines.map((line) => line.kind),
        kinds,
      )
      assert.deepEqual(lines[0], { kind: 'channel', version: 1, ...place, ...world.record })
      const voucher = lines.at(-1)!
      assert(voucher.kind === 'voucher')
      assert.deepEqual(voucher, { kind: 'voucher', ...later.newest })
      assert.equal(rootOf(lines, world.record.channelId), voucher.receiptsRoot)
    })
  }

  it('given a payment that is accepted meanwhile ... it ends at the voucher that it names', async () => {
    const world = roleWorld()
    const { payee } = await agreedRoles(world)
    for (const units of [1n, 2n]) await payee.accept(await signPayment(world, payee, { quantity: units }))
    const lines: History.Line[] = []
    for await (const text of exportHistory(world.stores.payee, place)) {
      const line = History.parse(text, 1)
      lines.push(line)
      if (line.kind === 'receipt') await payee.accept(await signPayment(world, payee))
    }
    const voucher = lines.at(-1)!
    assert(voucher.kind === 'voucher')
    assert.equal(voucher.version, 2n)
    assert.equal(rootOf(lines, world.record.channelId), voucher.receiptsRoot)
  })

  it('given several channels ... it writes one after the other', async () => {
    const world = roleWorld()
    const others = ['second channel', 'third channel'].map((salt) => ({ ...world, record: recordOf(world, salt) }))
    const served = [world, ...others]
    for (const { record } of served) {
      const payee = await world.openPayee({ record })
      await payee.refresh()
      await agree(await world.openPayer({ record }), payee)
      // Nothing was paid on the second one.
      if (record !== others[0]?.record) await payee.accept(await signPayment({ ...world, record }, payee))
    }
    const lines = await linesOf(world)
    const channels = lines.flatMap((line) => (line.kind === 'channel' ? [line.channelId] : []))
    assert.deepEqual(channels, [world.record.channelId, others[1]!.record.channelId])
    assert.equal(lines.length, 8)
  })
})
