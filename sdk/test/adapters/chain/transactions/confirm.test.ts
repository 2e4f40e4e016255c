import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Hex } from 'viem'
import { confirm } from '../../../../src/adapters/chain/transactions/Confirmation.ts'
import type { LocalChain } from '../../../helpers/localChain.ts'
import { startLocalChain } from '../../../helpers/localChain.ts'
import { allowanceOf, approval, reorganise, senderOf, until } from '../../../helpers/senders.ts'

let chain: LocalChain
beforeEach(async () => {
  chain = await startLocalChain()
})
afterEach(() => chain.stop())

const mine = (blocks: number) => chain.testClient.mine({ blocks })
const hashOfBlock = async (blockNumber: bigint) => (await chain.reader.getBlock({ blockNumber })).hash

describe('TransactionSender.confirm', () => {
  const depths = [
    [{ depth: 1 }, 0],
    [{ depth: 3 }, 2],
    ['safe', 4],
    ['finalized', 8],
  ] as const
  for (const [depth, blocks] of depths) {
    const name = typeof depth === 'string' ? depth : `${depth.depth} deep`
    it(`given it is to be ${name}, when there are ${blocks} blocks above it, then it is confirmed, and not before`, async () => {
      const { sender } = senderOf(chain)
      const { hash, blockNumber } = await sender.send(approval(chain, 51n))
      if (blocks > 0) {
        await mine(blocks - 1)
        await assert.rejects(sender.confirm(hash, { until: depth, timeoutMs: 0 }), {
          name: 'Chain.NotConfirmedError',
          given: blockNumber,
          expected: typeof depth === 'string' ? depth : '3 blocks deep',
        })
        await mine(1)
      }
      const confirmed = await sender.confirm(hash, { until: depth, timeoutMs: 0 })
      assert.deepEqual(
        [confirmed.hash, confirmed.blockNumber, confirmed.blockHash, confirmed.until],
        [hash, blockNumber, await hashOfBlock(blockNumber), depth],
      )
    })
  }

  it('given a reorganisation drops it, then it is sent again as it is, and confirmed in its new block', async () => {
    const { sender } = senderOf(chain)
    const sent = await sender.send(approval(chain, 52n))
    await mine(2)
    const before = await hashOfBlock(sent.blockNumber)
    const confirmed = sender.confirm(sent.hash, { until: 'finalized', timeoutMs: 10_000 })
    await reorganise(chain, 3)
    assert.notEqual(await hashOfBlock(sent.blockNumber), before)
    await until('it is mined again', async () => (await allowanceOf(chain)) === 52n)
    await mine(8)
    const { hash, blockNumber, blockHash } = await confirmed
    assert.equal(hash, sent.hash)
    assert.ok(blockNumber > sent.blockNumber)
    assert.equal(blockHash, await hashOfBlock(blockNumber))
  })

  it('given a reorganisation puts it into another block, then that block is told', async () => {
    const { sender, journal } = senderOf(chain)
    const sent = await sender.send(approval(chain, 53n))
    const serialized = (await journal.byHash(sent.hash))?.attempts[0]?.serialized
    await mine(1)
    // Two blocks of its own, the transaction in the second one.
    await chain.testClient.request({ method: 'anvil_reorg', params: [2, [[serialized, 1]]] } as never)
    await mine(8)
    const { hash, blockNumber, blockHash } = await sender.confirm(sent.hash, { until: 'finalized', timeoutMs: 5_000 })
    assert.deepEqual([hash, blockNumber], [sent.hash, sent.blockNumber + 1n])
    assert.equal(blockHash, await hashOfBlock(blockNumber))
  })

  it('given it is dropped by a reorganisation while nobody looks, when anything is sent, then both are mined', async () => {
    const { sender } = senderOf(chain)
    const first = await sender.send(approval(chain, 54n), { key: 'approve 54' })
    await reorganise(chain, 1)
    assert.equal(await allowanceOf(chain), 0n)
    await sender.send(approval(chain, 55n))
    const again = await sender.send(approval(chain, 54n), { key: 'approve 54' })
    assert.equal(again.hash, first.hash)
    assert.ok(again.blockNumber > first.blockNumber)
    assert.equal(await allowanceOf(chain), 55n)
  })

  it('given a hash that the journal does not have, then it throws UnknownTransaction', async () => {
    const hash: Hex = `0x${'13'.repeat(32)}`
    await assert.rejects(senderOf(chain).sender.confirm(hash, { until: 'safe' }), {
      name: 'Chain.UnknownTransactionError',
      given: hash,
    })
  })
})

describe('confirm', () => {
  it('given a transaction of anybody, when it is final, then block and cost are told', async () => {
    const hash = await chain.relayer.writer.sendTransaction({ to: chain.beneficiary, value: 1n })
    await chain.reader.waitForTransactionReceipt({ hash })
    await assert.rejects(confirm(chain.reader, hash, { until: 'finalized', timeoutMs: 0 }), {
      name: 'Chain.NotConfirmedError',
    })
    await mine(8)
    const { blockHash, blockNumber, gasUsed } = await confirm(chain.reader, hash, { until: 'finalized' })
    assert.deepEqual([blockHash, gasUsed], [await hashOfBlock(blockNumber), 21_000n])
  })

  for (const depth of [0, 1.5]) {
    it(`given a depth of ${depth}, then it throws BadCall`, async () => {
      await assert.rejects(confirm(chain.reader, `0x${'15'.repeat(32)}`, { until: { depth } }), {
        name: 'Chain.BadCallError',
        given: `a depth of ${depth} blocks`,
      })
    })
  }

  it('given a transaction that is in no block, then it throws Unconfirmed', async () => {
    const hash: Hex = `0x${'14'.repeat(32)}`
    await assert.rejects(confirm(chain.reader, hash, { until: { depth: 1 }, timeoutMs: 30 }), {
      name: 'Chain.UnconfirmedError',
      given: hash,
    })
  })

  it('given a transaction that reverted, then it throws Reverted once it lies deep enough', async () => {
    const { to, data } = approval(chain, 1n)
    const hash = await chain.relayer.writer.sendTransaction({ to, data: data.slice(0, 20) as Hex, gas: 100_000n })
    await mine(8)
    await assert.rejects(confirm(chain.reader, hash, { until: 'finalized' }), { name: 'Chain.RevertedError' })
  })
})
