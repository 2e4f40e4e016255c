import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ChannelStatus, SkipReason } from '../../../src/generated/constants.ts'
import type { ChannelRecord } from '../../../src/ports/Store.ts'
import { YEN } from '../../helpers/localChain.ts'
import { signClose, signVoucher } from '../../helpers/machines.ts'
import type { Machine, World } from '../../helpers/world.ts'
import { BALANCE, channelOf, openChannel, startWorld } from '../../helpers/world.ts'

let world: World
before(async () => {
  world = await startWorld()
})
after(() => world.stop())

const voucherOf = (record: ChannelRecord, { signer }: Machine, cumulativeAmount: bigint, version = 1n) =>
  signVoucher(world.chain, record, signer, { cumulativeAmount, version })
const closeOf = (record: ChannelRecord, { signer }: Machine, cumulativeAmount: bigint, version = 1n) =>
  signClose(world.chain, record, signer, { cumulativeAmount, version })
const funder = () => world.funder.writer.account.address
const token = () => world.deployment.settlementToken
const balance = () => world.escrow.balanceOf({ account: funder(), token: token() })

/** The one-word totals of a settlement: settled 96 | cumulativeAmount 96 | version 64, from the lowest bit up. */
const packed = (settled: bigint, cumulativeAmount: bigint, version: bigint) =>
  settled | (cumulativeAmount << 96n) | (version << 192n)

describe("escrowClient: the funder's balance", () => {
  it('given approved tokens, when they are deposited and withdrawn, then the balance follows', async () => {
    assert.equal(await balance(), BALANCE)
    const deposited = await world.escrow.depositBalance({ token: token(), amount: 5n })
    assert.deepEqual(
      deposited.events.map(({ eventName, args }) => [eventName, args]),
      [['BalanceDeposited', { account: funder(), token: token(), amount: 5n, balance: BALANCE + 5n }]],
    )
    const withdrawn = await world.escrow.withdrawBalance({ token: token(), amount: 5n })
    assert.deepEqual(
      withdrawn.events.map(({ eventName, args }) => [eventName, args]),
      [['BalanceWithdrawn', { account: funder(), token: token(), amount: 5n, balance: BALANCE }]],
    )
    assert.equal(await balance(), BALANCE)
  })

  it('given less than is asked for, when it is withdrawn, then it throws Reverted with the contract’s values', () =>
    assert.rejects(world.escrow.withdrawBalance({ token: token(), amount: BALANCE + 1n }), {
      name: 'Chain.RevertedError',
      errorName: 'ChannelEscrow_BalanceTooLow',
      args: { account: funder(), given: BALANCE + 1n, balance: BALANCE },
      given: BALANCE + 1n,
      expected: BALANCE,
    }))

  it('given no allowance, when it is deposited, then the error of the token is named', () =>
    assert.rejects(world.relayed.depositBalance({ token: token(), amount: 7n }), {
      name: 'Chain.RevertedError',
      errorName: 'ERC20InsufficientAllowance',
      args: { spender: world.deployment.channelEscrow, allowance: 0n, needed: 7n },
    }))
})

describe('escrowClient: opening and topping up', () => {
  it('given two bound machines, when a channel opens from allowance, then the outcome has its id, deposit and cost', async () => {
    const { channel, channelId } = channelOf(world, 'from allowance')
    const outcome = await world.escrow.open({ channel, payerBinding: world.car.binding, amount: YEN })
    const [event] = outcome.events
    assert.ok(event?.eventName === 'ChannelOpened')
    assert.deepEqual([event.args.channelId, event.args.channel, event.args.deposit], [channelId, channel, YEN])
    const receipt = await world.reader.getTransactionReceipt({ hash: outcome.hash })
    assert.deepEqual([outcome.blockNumber, outcome.gasUsed], [receipt.blockNumber, receipt.gasUsed])
    // The token's and the registry's own events are not the escrow's.
    assert.ok(receipt.logs.length > outcome.events.length)
  })

  it('given an open channel, when it is topped up from balance and allowance, then the deposit is the sum', async () => {
    const { channel, channelId } = await openChannel(world, 'top up')
    const payerBinding = world.car.binding
    await world.escrow.topUp({ channel, payerBinding, amount: 1n })
    const { events } = await world.escrow.topUpFromBalance({ channel, payerBinding, amount: 2n })
    assert.deepEqual(
      events.map(({ eventName, args }) => [eventName, args]),
      [['ChannelToppedUp', { channelId, deposit: 10n * YEN + 3n, source: 1 }]],
    )
    const { deposit, status } = await world.escrow.channelOf(channelId)
    assert.deepEqual([deposit, status], [10n * YEN + 3n, ChannelStatus.OPEN])
  })

  it('given a channel of that id is open, when it is opened again, then it throws Reverted', async () => {
    const { channel, channelId } = await openChannel(world, 'twice')
    await assert.rejects(world.escrow.openFromBalance({ channel, payerBinding: world.car.binding, amount: 1n }), {
      name: 'Chain.RevertedError',
      errorName: 'ChannelEscrow_AlreadyOpened',
      args: { channelId, status: ChannelStatus.OPEN },
    })
  })

  it('given the ceiling is lower, when it opens, then the error of the registry is named', () =>
    assert.rejects(openChannel(world, 'ceiling', { payer: world.van, amount: 10_001n * YEN }), {
      name: 'Chain.RevertedError',
      errorName: 'IdentityRegistry_CeilingExceeded',
      expected: 10_000n * YEN,
    }))

  it('given an amount that no channel can hold, when it opens, then it throws BadCall and sends nothing', async () => {
    const { channel } = channelOf(world, 'too large')
    const nonce = () => world.reader.getTransactionCount({ address: funder() })
    const before = await nonce()
    await assert.rejects(world.escrow.open({ channel, payerBinding: world.car.binding, amount: 2n ** 96n }), {
      name: 'Chain.BadCallError',
      message: /open/,
    })
    assert.equal(await nonce(), before)
  })
})

describe('escrowClient: settling', () => {
  it('given vouchers of secp256k1 and P-256 payers, when somebody else settles them in batches of two, then all are paid', async () => {
    const payers = [world.car, world.van, world.car]
    const entries = []
    for (const [index, payer] of payers.entries()) {
      const record = await openChannel(world, `settle ${index}`, { payer })
      entries.push({ record, voucher: await voucherOf(record, payer, BigInt(index + 1), 7n) })
    }
    const payoutBefore = await world.escrow.payoutOf({ account: world.beneficiary, token: token() })
    const outcomes = await world.relayed.settleVouchers(entries, { rowsMax: 2 })
    assert.deepEqual(
      outcomes.map(({ events }) => events.length),
      [2, 1],
    )
    const settled = outcomes.flatMap(({ events }) => events.map(({ eventName, args }) => [eventName, args]))
    const expected = entries.map(({ record, voucher }, index) => {
      const total = BigInt(index + 1)
      return [
        'VoucherSettled',
        { channelId: record.channelId, totals: packed(total, total, 7n), receiptsRoot: voucher.receiptsRoot },
      ]
    })
    assert.deepEqual(settled, expected)
    assert.equal(await world.escrow.payoutOf({ account: world.beneficiary, token: token() }), payoutBefore + 6n)
  })

  it('given a stale voucher and one by another key, when they are settled, then the rows are skipped and the outcome says why', async () => {
    const good = await openChannel(world, 'good')
    const stale = await openChannel(world, 'stale')
    const forged = await openChannel(world, 'forged')
    await world.relayed.settleVouchers([{ record: stale, voucher: await voucherOf(stale, world.car, 5n) }])
    const [outcome] = await world.relayed.settleVouchers([
      { record: stale, voucher: await voucherOf(stale, world.car, 5n) },
      { record: forged, voucher: await voucherOf(forged, world.charger, 5n) },
      { record: good, voucher: await voucherOf(good, world.car, 5n) },
    ])
    const seen = outcome?.events.map((event) => {
      if (event.eventName === 'RowSkipped') return [event.args.channelId, event.args.reason]
      return event.eventName === 'VoucherSettled' ? [event.args.channelId, 'settled'] : []
    })
    assert.deepEqual(seen, [
      [stale.channelId, SkipReason.STALE_VOUCHER],
      [forged.channelId, SkipReason.WRONG_SIGNER],
      [good.channelId, 'settled'],
    ])
  })

  it('given payouts, when anybody withdraws them, then the beneficiary has them', async () => {
    const payout = await world.escrow.payoutOf({ account: world.beneficiary, token: token() })
    assert.ok(payout > 0n)
    const held = await world.token.balanceOf(world.beneficiary)
    await world.relayed.withdraw({ account: world.beneficiary, token: token() })
    assert.equal(await world.token.balanceOf(world.beneficiary), held + payout)
    await assert.rejects(world.relayed.withdraw({ account: world.beneficiary, token: token() }), {
      errorName: 'ChannelEscrow_NoPayout',
      args: { account: world.beneficiary, token: token() },
    })
  })
})

describe('escrowClient: closing', () => {
  for (const [payerKey, payeeKey] of [
    ['car', 'p256Charger'],
    ['van', 'charger'],
  ] as const) {
    it(`given the ${payerKey} promised more than the ${payeeKey} keeps, when both agree, then it closes and the rest is refunded`, async () => {
      const [payer, payee] = [world[payerKey], world[payeeKey]]
      const record = await openChannel(world, 'close', { payer, payee })
      const before = await balance()
      const close = await closeOf(record, payee, 30n, 4n)
      const outcome = await world.relayed.close({ record, close, voucher: await voucherOf(record, payer, 50n, 4n) })
      const refund = 10n * YEN - 30n
      assert.deepEqual(
        outcome.events.map(({ eventName, args }) => [eventName, args]),
        [
          [
            'ChannelClosed',
            { channelId: record.channelId, totals: packed(30n, 50n, 4n), receiptsRoot: close.receiptsRoot, refund },
          ],
        ],
      )
      assert.equal(await balance(), before + refund)
    })
  }

  it('given nothing above what is settled, when it closes, then no voucher is needed', async () => {
    const record = await openChannel(world, 'nothing paid')
    const close = await closeOf(record, world.charger, 0n, 0n)
    await world.relayed.close({ record, close })
    assert.equal((await world.escrow.channelOf(record.channelId)).status, ChannelStatus.CLOSED)
  })

  it('given a close of another version than the voucher, when it closes, then it throws Reverted with the payer', async () => {
    const record = await openChannel(world, 'other version')
    const close = await closeOf(record, world.charger, 5n, 2n)
    const voucher = await voucherOf(record, world.car, 5n, 1n)
    await assert.rejects(world.relayed.close({ record, close, voucher }), {
      errorName: 'ChannelEscrow_WrongSigner',
      args: { expected: record.channel.payer },
      expected: record.channel.payer,
    })
  })

  it('given a close or a voucher of another channel, when it closes, then it throws WrongChannel', async () => {
    const record = channelOf(world, 'one')
    const other = channelOf(world, 'other')
    const error = { name: 'Payment.WrongChannelError', given: other.channelId, expected: record.channelId }
    const close = await closeOf(record, world.charger, 1n)
    await assert.rejects(world.relayed.close({ record, close: { ...close, channelId: other.channelId } }), error)
    const voucher = await voucherOf(other, world.car, 1n)
    await assert.rejects(world.relayed.close({ record, close, voucher }), error)
  })

  it('given a request to close, when its delay is over, then anybody finalizes it, and not before', async () => {
    const record = await openChannel(world, 'alone')
    const { channel, channelId } = record
    await assert.rejects(world.relayed.requestClose({ channel }), {
      errorName: 'ChannelEscrow_NotFunder',
      given: world.relayer.writer.account.address,
      expected: funder(),
    })
    await world.escrow.requestClose({ channel })
    const { closeAt } = await world.escrow.channelOf(channelId)
    await assert.rejects(world.relayed.finalizeClose({ channel }), {
      errorName: 'ChannelEscrow_TooEarly',
      expected: closeAt,
    })
    await world.testClient.setNextBlockTimestamp({ timestamp: BigInt(closeAt) })
    await world.testClient.mine({ blocks: 1 })
    const { events } = await world.relayed.finalizeClose({ channel })
    assert.deepEqual(
      events.map(({ eventName, args }) => [eventName, args]),
      [['CloseFinalized', { channelId, settled: 0n, refund: 10n * YEN }]],
    )
  })

  it('given the payer is bound, when anybody requests the close of an ended binding, then it throws Reverted', async () => {
    const { channel } = await openChannel(world, 'still bound')
    await assert.rejects(world.relayed.requestCloseOfEndedBinding({ channel }), {
      errorName: 'ChannelEscrow_BindingNotEnded',
      args: { bindingId: channel.terms.payerBinding, status: 1 },
    })
  })
})
