import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { Hex } from 'viem'
import { requestOf } from '../../../../src/adapters/chain/transactions/Attempts.ts'
import type { TransactionJournal } from '../../../../src/ports/TransactionJournal.ts'
import type { LocalChain } from '../../../helpers/localChain.ts'
import { startLocalChain } from '../../../helpers/localChain.ts'
import { allowanceOf, approval, drop, pooled, senderOf, until } from '../../../helpers/senders.ts'

let chain: LocalChain
beforeEach(async () => {
  chain = await startLocalChain()
})
afterEach(() => chain.stop())

const attemptsOf = async (journal: TransactionJournal) => (await journal.open()).at(-1)?.attempts ?? []
const feesOf = async (journal: TransactionJournal) => (await attemptsOf(journal)).map((each) => requestOf(each).fees)
const mine = () => chain.testClient.mine({ blocks: 1 })
const setBaseFee = (baseFeePerGas: bigint) => chain.testClient.setNextBlockBaseFeePerGas({ baseFeePerGas })

describe('TransactionSender, given a transaction is stuck', () => {
  it('when it waits longer than allowed, then it is raised by an eighth under the same nonce, and the newest is mined', async () => {
    const { sender, journal } = senderOf(chain, { stuckAfterMs: 60 })
    await chain.testClient.setAutomine(false)
    const sent = sender.send(approval(chain, 31n))
    await until('it is raised twice', async () => (await attemptsOf(journal)).length >= 3)
    const [entry] = await journal.open()
    assert.ok(entry)
    const nonces = entry.attempts.map((attempt) => requestOf(attempt).nonce)
    assert.deepEqual([...new Set(nonces)], [entry.nonce])
    const fees = await feesOf(journal)
    for (const [index, { maxFeePerGas, maxPriorityFeePerGas }] of fees.slice(1).entries()) {
      const before = fees[index]
      assert.ok(before)
      assert.ok(maxFeePerGas * 8n >= before.maxFeePerGas * 9n)
      assert.ok(maxPriorityFeePerGas * 8n >= before.maxPriorityFeePerGas * 9n)
    }
    assert.equal(await pooled(chain), 1)
    await mine()
    const { hash } = await sent
    assert.ok(entry.attempts.slice(1).some((attempt) => attempt.hash === hash) || (await journal.byHash(hash)))
    assert.equal(await allowanceOf(chain), 31n)
  })

  it('when the base fee is above what it offers, then it is raised to what the chain asks for, and mined by itself', async () => {
    const { sender, journal } = senderOf(chain, { stuckAfterMs: 60 })
    await chain.testClient.setAutomine(false)
    const sent = sender.send(approval(chain, 32n))
    await until('it waits', async () => (await pooled(chain)) === 1)
    const [first] = await feesOf(journal)
    assert.ok(first)
    await setBaseFee(first.maxFeePerGas * 3n)
    await mine()
    assert.equal(await allowanceOf(chain), 0n)
    await until('it is raised', async () => (await attemptsOf(journal)).length >= 2)
    await mine()
    const { hash } = await sent
    assert.notEqual(hash, (await journal.byHash(hash))?.attempts[0]?.hash)
    assert.equal(await allowanceOf(chain), 32n)
  })

  it('when the first attempt is mined although it was replaced, then that one is found', async () => {
    const { sender, journal } = senderOf(chain, { stuckAfterMs: 60 })
    await chain.testClient.setAutomine(false)
    const sent = sender.send(approval(chain, 33n))
    await until('it is raised', async () => (await attemptsOf(journal)).length === 2)
    const [first, second] = await attemptsOf(journal)
    assert.ok(first && second)
    // Another node's pool may not have seen the replacement.
    await drop(chain, second.hash)
    await chain.reader.request({ method: 'eth_sendRawTransaction', params: [first.serialized] } as never)
    await mine()
    assert.equal((await sent).hash, first.hash)
  })

  it('when an earlier one of ours is in its way, then that one is raised, too, and both are mined', async () => {
    const { sender, journal } = senderOf(chain, { stuckAfterMs: 60, clients: { receiptTimeoutMs: 30 } })
    await chain.testClient.setAutomine(false)
    await assert.rejects(sender.send(approval(chain, 34n), { key: 'first' }), { name: 'Chain.UnconfirmedError' })
    const patient = senderOf(chain, { journal, stuckAfterMs: 60 })
    const sent = patient.sender.send(approval(chain, 35n))
    await until('the first is raised', async () => ((await journal.open())[0]?.attempts.length ?? 0) >= 2)
    // The node takes the second one along only into the next block.
    await chain.testClient.mine({ blocks: 2 })
    await sent
    await patient.sender.send(approval(chain, 34n), { key: 'first' })
    assert.equal(await allowanceOf(chain), 35n)
  })

  it('when the cap leaves no room, then it stays as it is, and the error at the end names the fee and the cap', async () => {
    const [block, tip] = [await chain.reader.getBlock(), await chain.reader.estimateMaxPriorityFeePerGas()]
    const maxFeePerGas = 2n * (block.baseFeePerGas ?? 0n) + tip
    const { sender, journal } = senderOf(chain, {
      // It is tried once, and there is time left in which nothing happens.
      stuckAfterMs: 100,
      feeCaps: { maxFeePerGas },
      clients: { receiptTimeoutMs: 180 },
    })
    await chain.testClient.setAutomine(false)
    const error = await sender.send(approval(chain, 36n)).catch((reason: unknown) => reason)
    assert.ok(error instanceof Error && error.name === 'Chain.UnconfirmedError', String(error))
    const cause = error.cause as Error & { given?: bigint; expected?: bigint }
    assert.equal(cause.name, 'Chain.FeeCapError')
    assert.equal(cause.expected, maxFeePerGas)
    assert.ok(cause.given !== undefined && cause.given > maxFeePerGas)
    assert.equal((await attemptsOf(journal)).length, 1)
  })
})

describe('TransactionSender.cancel', () => {
  it('given it waits, then nothing is mined in its place, and whoever waits for it gets Cancelled', async () => {
    const { sender, journal } = senderOf(chain)
    await chain.testClient.setAutomine(false)
    const sent = sender.send(approval(chain, 41n), { key: 'approve 41' })
    const outcome = assert.rejects(sent, { name: 'Chain.CancelledError' })
    await until('it waits', async () => (await pooled(chain)) === 1)
    const [{ hash } = { hash: '0x' as Hex }] = await attemptsOf(journal)
    const cancelled = sender.cancel(hash)
    await until('it is replaced', async () => (await attemptsOf(journal)).length === 2)
    await mine()
    assert.equal(await cancelled, 'cancelled')
    await outcome
    assert.equal(await allowanceOf(chain), 0n)

    // Cancelled for good, the act can be asked for again.
    await chain.testClient.setAutomine(true)
    await chain.testClient.mine({ blocks: 8 })
    await sender.send(approval(chain, 41n), { key: 'approve 41' })
    assert.equal(await allowanceOf(chain), 41n)
  })

  it('given it was mined, then it says so, and sends nothing', async () => {
    const { sender, journal } = senderOf(chain)
    const { hash } = await sender.send(approval(chain, 42n))
    await chain.testClient.mine({ blocks: 8 })
    await sender.resume()
    assert.equal(await sender.cancel(hash), 'mined')
    assert.equal((await journal.byHash(hash))?.attempts.length, 1)
  })

  it('given a hash that the journal does not have, then it throws UnknownTransaction', async () => {
    const { sender } = senderOf(chain)
    const hash: Hex = `0x${'12'.repeat(32)}`
    await assert.rejects(sender.cancel(hash), { name: 'Chain.UnknownTransactionError', given: hash })
  })
})
