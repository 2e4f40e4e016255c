import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Hex } from 'viem'
import { encodeFunctionData, size, toHex } from 'viem'
import { escrowClient } from '../../../src/adapters/chain/escrowClient.ts'
import type { SettleBatch } from '../../../src/adapters/chain/settleBatches.ts'
import { sendBatches, toSettleBatches } from '../../../src/adapters/chain/settleBatches.ts'
import type { Settleable } from '../../../src/adapters/chain/settleRows.ts'
import { channelEscrowAbi } from '../../../src/generated/abis.ts'
import type { ChannelRecord } from '../../../src/ports/Store.ts'
import { TooLargeError } from '../../../src/ports/TransactionErrors.ts'
import { YEN } from '../../helpers/localChain.ts'
import { signVoucher } from '../../helpers/machines.ts'
import { senderOf } from '../../helpers/senders.ts'
import { P256, settleable } from '../../helpers/settleables.ts'
import type { World } from '../../helpers/world.ts'
import { channelOf, startWorld } from '../../helpers/world.ts'

type RawTransaction = { Method: 'eth_getRawTransactionByHash'; Parameters: [Hex]; ReturnType: Hex }

const GAS_MAX = 16_777_216n
const BYTES_MAX = 131_072

const many = (count: number, { beneficiary = 1, payerSigner }: { beneficiary?: number; payerSigner?: Hex } = {}) =>
  Array.from({ length: count }, (_, index) => {
    const entry = settleable({ channel: 1, beneficiary, ...(payerSigner && { payerSigner }) })
    const channelId = toHex(beneficiary * 100_000 + index, { size: 32 })
    return { record: { ...entry.record, channelId }, voucher: { ...entry.voucher, channelId } }
  })
const sizes = (batches: readonly SettleBatch[]) => batches.map((groups) => groups.map(({ rows }) => rows.length))
const rowsIn = (batches: readonly SettleBatch[]) =>
  sizes(batches)
    .flat()
    .reduce((sum, rows) => sum + rows, 0)
const bytesOf = (groups: SettleBatch) =>
  size(encodeFunctionData({ abi: channelEscrowAbi, functionName: 'settle', args: [groups] }))

describe('toSettleBatches', () => {
  it('given more rows than a batch takes, then they go on in the next one', () => {
    assert.deepEqual(sizes(toSettleBatches(many(7), { rowsMax: 3 })), [[3], [3], [1]])
  })

  it('given small groups, then one batch holds several, and a group is cut where the batch is full', () => {
    const entries = [...many(2), ...many(3, { beneficiary: 2 }), ...many(1, { beneficiary: 3 })]
    assert.deepEqual(sizes(toSettleBatches(entries, { rowsMax: 4 })), [
      [2, 2],
      [1, 1],
    ])
  })

  it('given exactly as many rows as a batch takes, then there is no empty batch after it', () => {
    assert.deepEqual(sizes(toSettleBatches(many(3), { rowsMax: 3 })), [[3]])
  })

  for (const payerSigner of [undefined, P256]) {
    it(`given nothing said, then batches of ${payerSigner ? 'P-256' : 'secp256k1'} rows stay below what pools take`, () => {
      const batches = toSettleBatches(many(1_000, payerSigner && { payerSigner }))
      assert.equal(rowsIn(batches), 1_000)
      for (const batch of batches) assert.ok(bytesOf(batch) < BYTES_MAX * 0.9)
      // And all but the last are nearly full.
      for (const batch of batches.slice(0, -1)) assert.ok(bytesOf(batch) > BYTES_MAX * 0.89)
    })
  }

  it('given groups of one row each, then their heads count, too', () => {
    const entries = Array.from({ length: 255 }, (_, n) => many(1, { beneficiary: n + 1 })).flat()
    const batches = toSettleBatches(entries, { bytesMax: 40_000 })
    for (const batch of batches) assert.ok(bytesOf(batch) < 40_000)
    assert.equal(rowsIn(batches), 255)
  })

  it('given a limit of gas, then fewer rows go together', () => {
    const [first, ...rest] = sizes(toSettleBatches(many(100), { gasMax: 1_000_000n })).flat()
    assert.ok(first !== undefined && first > 50 && first < 1_000_000 / 15_000)
    assert.deepEqual(rest, [100 - first])
  })

  it('given no vouchers, then there are no batches', () => {
    assert.deepEqual(toSettleBatches([]), [])
  })

  for (const rowsMax of [0, -1, Number.NaN]) {
    it(`given at most ${rowsMax} rows, then it throws BatchSize`, () => {
      const error = { name: 'SettleBatches.BatchSizeError', given: rowsMax, expected: 1 }
      assert.throws(() => toSettleBatches(many(1), { rowsMax }), error)
    })
  }

  it('given limits that no row fits into, then it throws BatchSize', () => {
    const name = 'SettleBatches.BatchSizeError'
    assert.throws(() => toSettleBatches(many(1), { gasMax: 21_000n }), { name, given: 21_000n })
    assert.throws(() => toSettleBatches(many(1), { bytesMax: 500 }), { name, given: 500 })
  })
})

describe('sendBatches', () => {
  const tooLarge = new TooLargeError({ call: 'settle', unit: 'gas', given: 2n, allowed: 1n })

  it('given a batch is too large, then its halves are sent in order, and no row twice', async () => {
    const batches = toSettleBatches([...many(5), ...many(4, { beneficiary: 2 })], { rowsMax: 9 })
    const sent: SettleBatch[] = []
    const outcomes = await sendBatches(batches, async (batch) => {
      if (rowsIn([batch]) > 3) throw tooLarge
      return sent.push(batch)
    })
    assert.deepEqual(sizes(sent), [[3], [2], [2], [2]])
    assert.deepEqual(outcomes, [1, 2, 3, 4])
    const rows = (all: readonly SettleBatch[]) => all.flatMap((groups) => groups.flatMap((group) => group.rows))
    assert.deepEqual(rows(sent), rows(batches))
  })

  it('given a single row is too large, or it fails for another reason, then it throws that', async () => {
    const refuse = (error: Error) => () => Promise.reject(error)
    await assert.rejects(sendBatches(toSettleBatches(many(2)), refuse(tooLarge)), tooLarge)
    const other = new Error('other')
    await assert.rejects(sendBatches(toSettleBatches(many(2)), refuse(other)), other)
  })
})

describe('escrowClient.settleVouchers, given many vouchers of one beneficiary', () => {
  const CHANNELS = 1_040
  let world: World
  let entries: Settleable[]
  before(async () => {
    world = await startWorld()
    entries = await openMany(CHANNELS)
  })
  after(() => world.stop())

  /** Every eighth is a P-256 device. */
  const payerOf = (n: number) => (n % 8 === 7 ? world.van : world.car)
  const voucherOf = async (record: ChannelRecord, n: number, cumulativeAmount: bigint, version: bigint) => {
    const { signer } = payerOf(n)
    return { record, voucher: await signVoucher(world.chain, record, signer, { cumulativeAmount, version }) }
  }

  /** Opened in blocks of many, by transactions that nobody tries first: all of them are alike. */
  async function openMany(count: number): Promise<Settleable[]> {
    const { funder, reader, testClient, deployment } = world
    let nonce = await reader.getTransactionCount({ address: funder.writer.account.address })
    await testClient.setAutomine(false)
    const opened: Settleable[] = []
    for (let n = 0; n < count; n++) {
      const payer = payerOf(n)
      const record = channelOf(world, `channel ${n}`, { payer })
      const args = [record.channel, payer.binding, YEN] as const
      const data = encodeFunctionData({ abi: channelEscrowAbi, functionName: 'openFromBalance', args })
      const gas = 300_000n
      await funder.writer.sendTransaction({
        to: deployment.channelEscrow,
        data,
        nonce: nonce++,
        gas,
        maxFeePerGas: 10_000_000_000n,
        maxPriorityFeePerGas: 1n,
      })
      opened.push(await voucherOf(record, n, BigInt(n + 1), 1n))
      if (n % 50 === 49) await testClient.mine({ blocks: 1 })
    }
    await testClient.mine({ blocks: 2 })
    await testClient.setAutomine(true)
    return opened
  }

  async function sizeOf(hash: Hex): Promise<{ gas: bigint; gasUsed: bigint; bytes: number }> {
    const [{ gas }, { gasUsed }, raw] = await Promise.all([
      world.reader.getTransaction({ hash }),
      world.reader.getTransactionReceipt({ hash }),
      world.reader.request<RawTransaction>({ method: 'eth_getRawTransactionByHash', params: [hash] }),
    ])
    return { gas, gasUsed, bytes: size(raw) }
  }

  it('when they are settled, then each transaction is below the limits, and every row is paid once', async (t) => {
    const { clients } = senderOf(world, { clients: world.relayer })
    const relayed = escrowClient({ clients, deployment: world.deployment })
    const outcomes = await relayed.settleVouchers(entries.slice(0, 1_032))
    assert.ok(outcomes.length > 1)
    for (const { hash, events } of outcomes) {
      const { gas, gasUsed, bytes } = await sizeOf(hash)
      t.diagnostic(`${events.length} rows: ${gasUsed} gas of ${gas}, ${bytes} bytes`)
      assert.ok(gas <= GAS_MAX && bytes <= BYTES_MAX)
    }
    const settled = outcomes.flatMap(({ events }) =>
      events.map(({ eventName, args }) => [eventName, 'channelId' in args ? args.channelId : '']),
    )
    assert.deepEqual(
      settled,
      entries.slice(0, 1_032).map(({ record }) => ['VoucherSettled', record.channelId]),
    )
    const payout = { account: world.beneficiary, token: world.deployment.settlementToken }
    assert.equal(await relayed.payoutOf(payout), (1_032n * 1_033n) / 2n)
  })

  it('when gas is the tighter limit, then it cuts the batches, and each stays below it', async () => {
    const relayed = escrowClient({ clients: world.relayer, deployment: world.deployment })
    const later = await Promise.all(entries.slice(0, 200).map(({ record }, n) => voucherOf(record, n, 5_000n, 2n)))
    const gasMax = 1_500_000n
    const outcomes = await relayed.settleVouchers(later, { gasMax })
    assert.ok(outcomes.length > 1)
    for (const { hash } of outcomes) assert.ok((await sizeOf(hash)).gas <= gasMax)
    const names = outcomes.flatMap(({ events }) => events.map(({ eventName }) => eventName))
    assert.deepEqual(
      names,
      later.map(() => 'VoucherSettled'),
    )
  })

  it('when the chain takes less gas than was thought, then batches are halved, and every row is paid once', async () => {
    const limits = { gasMax: 120_000n }
    const relayed = escrowClient({ clients: { ...world.relayer, limits }, deployment: world.deployment })
    const rest = entries.slice(1_032)
    const outcomes = await relayed.settleVouchers(rest)
    assert.ok(outcomes.length > 1)
    for (const { gasUsed } of outcomes) assert.ok(gasUsed <= limits.gasMax)
    assert.equal(
      outcomes.flatMap(({ events }) => events).filter(({ eventName }) => eventName === 'VoucherSettled').length,
      rest.length,
    )
  })
})
