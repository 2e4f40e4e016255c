import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Hex } from 'viem'
import { viemChain } from '../../../src/adapters/chain/viemChain.ts'
import type { ChannelRecord } from '../../../src/ports/Store.ts'
import type { Channel } from '../../../src/protocol/Channel.ts'
import { FINALITY_BLOCKS, GENESIS_SECONDS } from '../../helpers/anvil.ts'
import { YEN, startLocalChain } from '../../helpers/localChain.ts'
import { ZERO_HASH, makeBinding, secp256k1Machine, signClose, signVoucher } from '../../helpers/machines.ts'
import type { World } from '../../helpers/world.ts'
import { channelOf, finalize, openChannel, startWorld } from '../../helpers/world.ts'

describe('viemChain', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  after(() => world.stop())

  const view = ({ channelId, channel }: ChannelRecord) =>
    viemChain({ reader: world.reader, deployment: world.deployment }).view(channelId, channel)
  const secondsOf = async (blockNumber: bigint) => Number((await world.reader.getBlock({ blockNumber })).timestamp)
  const newestBlock = () => world.reader.getBlockNumber({ cacheTime: 0 })

  it('given a channel was never opened, then its status is none', async () => {
    await finalize(world)
    const seen = await view(channelOf(world, 'never opened'))
    assert.deepEqual(
      { status: seen.status, deposit: seen.deposit, settled: seen.settled, closeAtSeconds: seen.closeAtSeconds },
      { status: 'none', deposit: 0n, settled: 0n, closeAtSeconds: undefined },
    )
  })

  it('given a channel was opened, when finality lags behind it, then it is shown only once it is final', async () => {
    const record = await openChannel(world, 'finality')
    const openedAt = await newestBlock()
    await world.testClient.mine({ blocks: Number(FINALITY_BLOCKS) - 1 })
    const early = await view(record)
    assert.deepEqual(
      [early.status, early.deposit, early.finalizedAtSeconds],
      ['none', 0n, await secondsOf(openedAt - 1n)],
    )
    await world.testClient.mine({ blocks: 1 })
    assert.deepEqual(await view(record), {
      finalizedAtSeconds: await secondsOf(openedAt),
      deposit: 10n * YEN,
      settled: 0n,
      closeAtSeconds: undefined,
      status: 'open',
      payerBindingEndsAtSeconds: world.car.binding.validUntil,
    })
  })

  it('given a top-up and a settlement, when they are final, then deposit and settled total are those', async () => {
    const record = await openChannel(world, 'amounts')
    await world.escrow.topUpFromBalance({ channel: record.channel, payerBinding: world.car.binding, amount: YEN })
    const voucher = await signVoucher(world.chain, record, world.car.signer, { cumulativeAmount: 3n, version: 1n })
    await world.relayed.settleVouchers([{ record, voucher }])
    await finalize(world)
    const { deposit, settled } = await view(record)
    assert.deepEqual({ deposit, settled }, { deposit: 11n * YEN, settled: 3n })
  })

  it('given a request to close, when it is not final yet, then its time is shown already and all else is as final', async () => {
    const record = await openChannel(world, 'pending close')
    await finalize(world)
    const { events } = await world.escrow.requestClose({ channel: record.channel })
    const [event] = events
    assert.ok(event?.eventName === 'CloseRequested')
    const seen = await view(record)
    assert.deepEqual([seen.status, seen.closeAtSeconds], ['open', event.args.closeAt])
    assert.ok(seen.finalizedAtSeconds < (await secondsOf(await newestBlock())))

    await finalize(world)
    assert.equal((await view(record)).closeAtSeconds, event.args.closeAt)
  })

  it('given a cooperative close, when it is not final yet, then the channel is to be trusted no longer', async () => {
    const record = await openChannel(world, 'cooperative close')
    await finalize(world)
    const total = { cumulativeAmount: 2n, version: 1n }
    const close = await signClose(world.chain, record, world.charger.signer, total)
    const voucher = await signVoucher(world.chain, record, world.car.signer, total)
    await world.relayed.close({ record, close, voucher })
    const pending = await view(record)
    assert.deepEqual([pending.status, pending.closeAtSeconds], ['open', pending.finalizedAtSeconds])

    await finalize(world)
    const final = await view(record)
    assert.deepEqual([final.status, final.settled, final.closeAtSeconds], ['closed', 2n, undefined])
  })

  it('given a payee closed without a voucher, then nothing that it claims is shown: only what the payer signed was settled', async () => {
    const record = await openChannel(world, 'close without a voucher')
    const voucher = await signVoucher(world.chain, record, world.car.signer, { cumulativeAmount: 3n, version: 5n })
    await world.relayed.settleVouchers([{ record, voucher }])
    // A version that the payer never used, and an amount below what is settled.
    const claimed = { cumulativeAmount: 1n, version: 2n ** 64n - 1n }
    const close = await signClose(world.chain, record, world.charger.signer, claimed)
    await world.relayed.close({ record, close })
    await finalize(world)
    assert.deepEqual(await view(record), {
      finalizedAtSeconds: Number((await world.reader.getBlock({ blockTag: 'finalized' })).timestamp),
      deposit: 10n * YEN,
      settled: 3n,
      closeAtSeconds: undefined,
      status: 'closed',
      payerBindingEndsAtSeconds: world.car.binding.validUntil,
    })
  })

  it('given a binding that was never recorded, then it has ended already', async () => {
    const signer = secp256k1Machine('unbound')
    const unbound = { signer, binding: await makeBinding(world.chain, signer) }
    await finalize(world)
    assert.equal(
      (await view(channelOf(world, 'of an unbound device', { payer: unbound }))).payerBindingEndsAtSeconds,
      0,
    )
  })
})

describe('viemChain, given a young deployment', () => {
  const anyId: Hex = `0x${'11'.repeat(32)}`

  it('when finality has reached none of it, or a part of it, then the status is none', async (t) => {
    const chain = await startLocalChain()
    t.after(() => chain.stop())
    const view = viemChain({ reader: chain.reader, deployment: chain.deployment })
    const nothing = {
      deposit: 0n,
      settled: 0n,
      closeAtSeconds: undefined,
      status: 'none',
      payerBindingEndsAtSeconds: 0,
    }
    const newest = await chain.reader.getBlockNumber({ cacheTime: 0 })
    assert.ok(newest <= FINALITY_BLOCKS)
    assert.deepEqual(await view.view(anyId, anyChannel), { finalizedAtSeconds: GENESIS_SECONDS, ...nothing })

    // The first two of its contracts are there in block 2, registry and escrow are not.
    await chain.testClient.mine({ blocks: Number(FINALITY_BLOCKS - newest) + 2 })
    const { number, timestamp } = await chain.reader.getBlock({ blockTag: 'finalized' })
    assert.equal(number, 2n)
    assert.equal(await chain.reader.getCode({ address: chain.deployment.identityRegistry, blockNumber: 2n }), undefined)
    assert.deepEqual(await view.view(anyId, anyChannel), { finalizedAtSeconds: Number(timestamp), ...nothing })
  })
})

const ZERO_ADDRESS = `0x${'00'.repeat(20)}` as const
const anyChannel: Channel = {
  payer: ZERO_HASH,
  beneficiary: ZERO_ADDRESS,
  token: ZERO_ADDRESS,
  terms: {
    payerBinding: ZERO_HASH,
    funder: ZERO_ADDRESS,
    payee: ZERO_HASH,
    payeeBinding: ZERO_HASH,
    closeDelaySeconds: 7200,
    salt: ZERO_HASH,
  },
}
