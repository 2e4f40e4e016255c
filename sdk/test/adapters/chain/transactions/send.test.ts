import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Hex } from 'viem'
import { escrowClient } from '../../../../src/adapters/chain/escrowClient.ts'
import { TransactionSender } from '../../../../src/adapters/chain/transactions/TransactionSender.ts'
import { MemoryJournal } from '../../../../src/adapters/store/journal/memoryJournal.ts'
import type { JournalEntry, NewEntry } from '../../../../src/ports/TransactionJournal.ts'
import type { LocalChain } from '../../../helpers/localChain.ts'
import { startLocalChain } from '../../../helpers/localChain.ts'
import { allowanceOf, approval, drop, pooled, senderOf, stopMining, until } from '../../../helpers/senders.ts'

let chain: LocalChain
before(async () => {
  chain = await startLocalChain()
})
after(() => chain.stop())

const funder = () => chain.funder.writer.account.address
const countOf = () => chain.reader.getTransactionCount({ address: funder() })
const finalize = () => chain.testClient.mine({ blocks: 8 })
/** Sent by somebody else who has the account's key. */
const foreign = (nonce: number) =>
  chain.funder.writer.sendTransaction({ to: chain.beneficiary, value: 1n, nonce, gas: 21_000n })

describe('TransactionSender.open', () => {
  it('given a journal of another account or chain, then it throws ForeignStore', () => {
    const clients = chain.funder
    for (const owner of [
      { chainId: 31337, account: chain.beneficiary },
      { chainId: 1, account: funder() },
    ]) {
      assert.throws(() => TransactionSender.open({ clients, journal: new MemoryJournal(owner) }), {
        name: 'Store.ForeignStoreError',
      })
    }
  })
})

describe('TransactionSender.send, when the call is refused', () => {
  it('given the contract refuses it, then it throws Reverted, and nothing is signed', async () => {
    const { journal, clients } = senderOf(chain)
    const escrow = escrowClient({ clients, deployment: chain.deployment })
    await assert.rejects(escrow.depositBalance({ token: chain.deployment.settlementToken, amount: 0n }), {
      errorName: 'ChannelEscrow_ZeroAmount',
    })
    assert.deepEqual(await journal.open(), [])
  })

  it('given it takes more gas than is allowed, then it throws TooLarge with both, and nothing is signed', async () => {
    const { sender, journal } = senderOf(chain, { clients: { limits: { gasMax: 30_000n } } })
    await assert.rejects(sender.send(approval(chain, 1n)), { name: 'Chain.TooLargeError', expected: 30_000n })
    assert.deepEqual(await journal.open(), [])
  })

  it('given it is longer than pools take, then it throws TooLarge with both, and nothing is signed', async () => {
    const { sender, journal } = senderOf(chain, { clients: { limits: { bytesMax: 300 } } })
    await assert.rejects(sender.send(approval(chain, 1n)), {
      name: 'Chain.TooLargeError',
      given: 324n,
      expected: 300n,
    })
    assert.deepEqual(await journal.open(), [])
  })

  it('given the cap is below the base fee, then it throws FeeCap with both, and nothing is signed', async () => {
    const { sender, journal } = senderOf(chain, { feeCaps: { maxFeePerGas: 5n } })
    const error = await sender.send(approval(chain, 1n)).catch((reason: unknown) => reason)
    assert.ok(error instanceof Error && error.name === 'Chain.FeeCapError')
    const { given, expected } = error as Error & { given?: unknown; expected?: unknown }
    assert.ok((given as bigint) > 5n)
    assert.equal(expected, 5n)
    assert.deepEqual(await journal.open(), [])
  })

  it('given the node refuses the transaction, then its nonce is the next one’s', async () => {
    const { sender, journal } = senderOf(chain)
    const balance = await chain.reader.getBalance({ address: funder() })
    await chain.testClient.setBalance({ address: funder(), value: 1n })
    await assert.rejects(sender.send(approval(chain, 1n), { key: 'poor' }), { name: 'Chain.BadAnswerError' })
    await chain.testClient.setBalance({ address: funder(), value: balance })
    assert.deepEqual(await journal.open(), [])
    const nonce = await countOf()
    await sender.send(approval(chain, 2n), { key: 'poor' })
    assert.deepEqual([await countOf(), await allowanceOf(chain)], [nonce + 1, 2n])
  })
})

describe('TransactionSender.send', () => {
  it('given many calls at once, then each has a nonce of its own, and all take effect', async () => {
    const { sender, journal } = senderOf(chain)
    const nonce = await countOf()
    await Promise.all([1n, 2n, 3n, 4n, 5n].map((amount) => sender.send(approval(chain, amount))))
    assert.equal(await countOf(), nonce + 5)
    assert.deepEqual(
      (await journal.open()).map((entry) => [entry.nonce - nonce, entry.purpose, entry.attempts.length]),
      [0, 1, 2, 3, 4].map((offset) => [offset, 'approve', 1]),
    )
  })

  it('given a transaction is to be sent, then it is in the journal before the node has it', async () => {
    const known: unknown[] = []
    class Watched extends MemoryJournal {
      override async add(entry: NewEntry): Promise<JournalEntry> {
        const params: [Hex] = [entry.attempt.hash]
        known.push(await chain.reader.request({ method: 'eth_getTransactionByHash', params }))
        return await super.add(entry)
      }
    }
    const journal = new Watched({ chainId: 31337, account: funder() })
    await senderOf(chain, { journal }).sender.send(approval(chain, 6n))
    assert.deepEqual(known, [null])
  })

  it('given it is final, then its entry has ended, and a new one is alone in the journal', async () => {
    const { sender, journal } = senderOf(chain)
    const { hash } = await sender.send(approval(chain, 7n))
    assert.equal((await journal.byHash(hash))?.end, undefined)
    await finalize()
    assert.deepEqual(await sender.resume(), [])
    assert.deepEqual((await journal.byHash(hash))?.end, { kind: 'mined', hash })
  })
})

describe('TransactionSender.send, given a key', () => {
  it('when it is used again, before or after finality, then the first outcome is given, and nothing is sent', async () => {
    const { sender } = senderOf(chain)
    const first = await sender.send(approval(chain, 11n), { key: 'approve 11' })
    const nonce = await countOf()
    const again = await sender.send(approval(chain, 11n), { key: 'approve 11' })
    await finalize()
    const later = await sender.send(approval(chain, 11n), { key: 'approve 11' })
    assert.deepEqual([again, later], [first, first])
    assert.equal(await countOf(), nonce)
  })

  it('when two use it at once, then one transaction is sent', async () => {
    const { sender } = senderOf(chain)
    const nonce = await countOf()
    const both = await Promise.all([1, 2].map(() => sender.send(approval(chain, 12n), { key: 'approve 12' })))
    assert.equal(both[0]?.hash, both[1]?.hash)
    assert.equal(await countOf(), nonce + 1)
  })

  it('when the receipt did not come in time, then Unconfirmed is thrown, and using it again gives the outcome', async (t) => {
    const { sender } = senderOf(chain, { clients: { receiptTimeoutMs: 30 } })
    await chain.testClient.setAutomine(false)
    t.after(() => chain.testClient.setAutomine(true))
    const error = await sender.send(approval(chain, 13n), { key: 'approve 13' }).catch((reason: unknown) => reason)
    assert.ok(error instanceof Error && error.name === 'Chain.UnconfirmedError', String(error))
    await chain.testClient.mine({ blocks: 1 })
    const { hash } = await sender.send(approval(chain, 13n), { key: 'approve 13' })
    assert.equal(hash, (error as Error & { given?: unknown }).given)
  })
})

describe('TransactionSender, given somebody else uses the account', () => {
  it('when the other transaction waits in the pool, then its nonce is left to it', async (t) => {
    const { sender } = senderOf(chain)
    await stopMining(t, chain)
    const nonce = await countOf()
    await foreign(nonce)
    const sent = sender.send(approval(chain, 21n))
    await until('two wait', async () => (await pooled(chain)) === 2)
    await chain.testClient.mine({ blocks: 1 })
    await sent
    assert.deepEqual([await countOf(), await allowanceOf(chain)], [nonce + 2, 21n])
  })

  it('when the other one takes the nonce of ours, then it throws NonceTaken, and after finality the act can be sent again', async (t) => {
    const { sender, journal } = senderOf(chain)
    await stopMining(t, chain)
    const nonce = await countOf()
    const sent = sender.send(approval(chain, 22n), { key: 'approve 22' })
    const outcome = assert.rejects(sent, { name: 'Chain.NonceTakenError', nonce })
    await until('it waits', async () => (await pooled(chain)) === 1)
    const [{ attempts: [ours] } = { attempts: [] }] = await journal.open()
    assert.ok(ours)
    await drop(chain, ours.hash)
    await foreign(nonce)
    await chain.testClient.mine({ blocks: 1 })
    await outcome

    // The block may fall, and ours be mined after all: the same act waits for that to be impossible.
    await assert.rejects(sender.send(approval(chain, 22n), { key: 'approve 22' }), { name: 'Chain.NonceTakenError' })
    await chain.testClient.setAutomine(true)
    await finalize()
    await sender.send(approval(chain, 22n), { key: 'approve 22' })
    assert.deepEqual((await journal.byHash(ours.hash))?.end, { kind: 'lost' })
    assert.deepEqual([await countOf(), await allowanceOf(chain)], [nonce + 2, 22n])
  })

  it('when the other one is dropped below ours, then the gap is filled, and ours is mined', async (t) => {
    const { sender, journal } = senderOf(chain)
    await stopMining(t, chain)
    const nonce = await countOf()
    const hash = await foreign(nonce)
    const sent = sender.send(approval(chain, 23n))
    await until('two wait', async () => (await pooled(chain)) === 2)
    await drop(chain, hash)
    await sender.resume()
    assert.deepEqual(
      (await journal.open()).map((entry) => [entry.nonce - nonce, entry.purpose]),
      [
        [0, 'fill a gap'],
        [1, 'approve'],
      ],
    )
    await chain.testClient.mine({ blocks: 1 })
    await sent
    assert.deepEqual([await countOf(), await allowanceOf(chain)], [nonce + 2, 23n])
  })
})
