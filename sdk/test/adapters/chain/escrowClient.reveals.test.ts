import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Hex } from 'viem'
import { keccak256, sha256, stringToHex } from 'viem'
import { escrowDomain } from '../../../src/protocol/Deployment.ts'
import * as HashlockVoucher from '../../../src/protocol/HashlockVoucher.ts'
import * as StreamVoucher from '../../../src/protocol/StreamVoucher.ts'
import type { ChannelRecord } from '../../../src/ports/Store.ts'
import { signed } from '../../helpers/machines.ts'
import type { Machine, World } from '../../helpers/world.ts'
import { channelOf, openChannel, startWorld } from '../../helpers/world.ts'

const SECRET = keccak256(stringToHex('secret'))

let world: World
before(async () => {
  world = await startWorld()
})
after(() => world.stop())

const baseOf = ({ channelId }: ChannelRecord) => ({
  channelId,
  cumulativeAmount: 100n,
  version: 1n,
  receiptsRoot: channelId,
})

function hashed(secret: Hex, times: number): Hex {
  let result = secret
  for (let i = 0; i < times; ++i) result = sha256(result)
  return result
}

async function streamOf(record: ChannelRecord, { signer }: Machine) {
  const voucher = { ...baseOf(record), tickAmount: 3n, tickCount: 50, tickRoot: hashed(SECRET, 50) }
  const digest = StreamVoucher.digest(voucher, escrowDomain(world.deployment))
  return { ...voucher, signature: await signed(signer, digest) }
}

async function lockOf(record: ChannelRecord, { signer }: Machine) {
  const voucher = { ...baseOf(record), lockedAmount: 9n, hashlock: sha256(SECRET), expiresAt: 4_000_000_000 }
  const digest = HashlockVoucher.digest(voucher, escrowDomain(world.deployment))
  return { ...voucher, signature: await signed(signer, digest) }
}

describe('escrowClient: streams and hash locks', () => {
  it('given a voucher of another channel, when it is settled, then it throws WrongChannelError and sends nothing', async () => {
    const [record, other] = [channelOf(world, 'meant'), channelOf(world, 'signed')]
    const error = { name: 'Payment.WrongChannelError', given: other.channelId, expected: record.channelId }
    const stream = { record, voucher: await streamOf(other, world.car), ticks: 1, preimage: SECRET }
    await assert.rejects(world.relayed.settleStream(stream), error)
    const lock = { record, voucher: await lockOf(other, world.car), preimage: SECRET }
    await assert.rejects(world.relayed.settleHashlock(lock), error)
  })

  it('given the wrong pre-image, when it is settled, then the contract says what it hashes to', async () => {
    const record = await openChannel(world, 'wrong pre-image')
    const voucher = await lockOf(record, world.car)
    const preimage = sha256(SECRET)
    await assert.rejects(world.relayed.settleHashlock({ record, voucher, preimage }), {
      errorName: 'ChannelEscrow_WrongPreimage',
      given: sha256(preimage),
      expected: voucher.hashlock,
    })
  })

  for (const payer of ['car', 'van'] as const) {
    it(`given a stream and a lock of a ${payer}, when they are settled, then the larger total is paid, not the sum`, async () => {
      const record = await openChannel(world, `reveals of a ${payer}`, { payer: world[payer] })
      const lock = { record, voucher: await lockOf(record, world[payer]), preimage: SECRET }
      await world.relayed.settleHashlock(lock)
      const voucher = await streamOf(record, world[payer])
      await world.relayed.settleStream({ record, voucher, ticks: 20, preimage: hashed(SECRET, 30) })
      const { settled } = await world.escrow.channelOf(record.channelId)
      assert.equal(settled, StreamVoucher.totalAfter(voucher, 20))
      assert.equal(settled, 160n)
      assert.equal(HashlockVoucher.totalRevealed(lock.voucher), 109n)
    })
  }
})
