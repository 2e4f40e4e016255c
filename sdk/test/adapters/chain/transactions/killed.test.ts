import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { after, before, describe, it } from 'node:test'
import type { Hex } from 'viem'
import { encodeFunctionData, erc20Abi, keccak256, parseEther, stringToHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { escrowClient } from '../../../../src/adapters/chain/escrowClient.ts'
import { chainWriter } from '../../../../src/adapters/chain/chainClients.ts'
import { tokenClient } from '../../../../src/adapters/chain/tokenClient.ts'
import { openSqliteJournal } from '../../../../src/adapters/store/journal/sqliteJournal.ts'
import { channelEscrowAbi } from '../../../../src/generated/abis.ts'
import type { LocalChain } from '../../../helpers/localChain.ts'
import { startLocalChain } from '../../../helpers/localChain.ts'
import { drop, pooled, until } from '../../../helpers/senders.ts'
import { startChild } from '../../store/helpers/child.ts'

const AMOUNT = 5n
const HELPER = '../../chain/transactions/helpers/depositOnce.ts'

describe('TransactionSender, given its process is killed', () => {
  let chain: LocalChain
  before(async () => {
    chain = await startLocalChain()
  })
  after(() => chain.stop())

  /** An account of its own with tokens and an allowance, and a file for its journal. */
  async function newDepositor(test: TestContext) {
    const folder = mkdtempSync(join(tmpdir(), 'musubi-journal-'))
    test.after(() => rmSync(folder, { recursive: true, force: true }))
    const path = join(folder, 'account.journal')
    const privateKey = keccak256(stringToHex(test.name))
    const account = privateKeyToAccount(privateKey)
    const { deployment, reader, url, testClient } = chain
    const { settlementToken: token, channelEscrow } = deployment
    await testClient.setBalance({ address: account.address, value: parseEther('1') })
    const writer = chainWriter({ rpcUrl: url, chainId: 31337, pollingIntervalMs: 20, account })
    const args = [account.address, 100n] as const
    const transfer = { address: token, abi: erc20Abi, functionName: 'transfer', args } as const
    await reader.waitForTransactionReceipt({ hash: await chain.funder.writer.writeContract(transfer) })
    await tokenClient({ clients: { reader, writer }, token }).approve({ spender: channelEscrow, amount: 100n })

    const data = encodeFunctionData({ abi: channelEscrowAbi, functionName: 'depositBalance', args: [token, AMOUNT] })
    const call = JSON.stringify({ to: channelEscrow, data, name: 'depositBalance' })
    const escrow = escrowClient({ clients: chain.funder, deployment })
    return {
      start: (stage = '') => startChild(test, HELPER, [url, path, privateKey, call, stage]),
      balance: () => escrow.balanceOf({ account: account.address, token }),
      count: () => reader.getTransactionCount({ address: account.address }),
      /** Hashes of all that was ever signed for what is open. */
      async signed(): Promise<readonly Hex[]> {
        const journal = await openSqliteJournal({ path, owner: { chainId: 31337, account: account.address } })
        const entries = await journal.open()
        await journal.dispose()
        return entries.flatMap(({ attempts }) => attempts.map((attempt) => attempt.hash))
      },
    }
  }
  async function withoutMining(run: () => Promise<void>): Promise<void> {
    await chain.testClient.setAutomine(false)
    try {
      await run()
    } finally {
      await chain.testClient.setAutomine(true)
    }
  }
  /** Runs it until it stands still, and kills it there. */
  async function killedAt(stage: string, { start }: Awaited<ReturnType<typeof newDepositor>>): Promise<void> {
    const child = start(stage)
    assert.equal(await child.next(), stage)
    await child.kill()
  }

  it('when it was signed and not sent, then the next process sends the same transaction, and it acts once', async (t) => {
    const depositor = await newDepositor(t)
    const count = await depositor.count()
    await killedAt('signed', depositor)
    assert.equal(await depositor.balance(), 0n)
    const [hash] = await depositor.signed()
    assert.equal(await depositor.start().next(), `mined ${hash}`)
    assert.deepEqual([await depositor.balance(), await depositor.count()], [AMOUNT, count + 1])
  })

  it('when it was sent, and mined meanwhile, then the next process recognises it, and it acts once', async (t) => {
    const depositor = await newDepositor(t)
    const count = await depositor.count()
    await killedAt('sent', depositor)
    await until('it is mined', async () => (await depositor.balance()) === AMOUNT)
    const [hash] = await depositor.signed()
    assert.equal(await depositor.start().next(), `mined ${hash}`)
    assert.deepEqual([await depositor.balance(), await depositor.count()], [AMOUNT, count + 1])
  })

  it('when it was sent, and still waits, then the next process waits for it, and it acts once', async (t) => {
    const depositor = await newDepositor(t)
    const count = await depositor.count()
    await withoutMining(async () => {
      await killedAt('sent', depositor)
      const [hash] = await depositor.signed()
      const child = depositor.start()
      const said = child.next()
      await until('it waits', async () => (await pooled(chain)) === 1)
      await chain.testClient.mine({ blocks: 1 })
      assert.equal(await said, `mined ${hash}`)
    })
    assert.deepEqual([await depositor.balance(), await depositor.count()], [AMOUNT, count + 1])
  })

  it('when it was sent, and the pool dropped it, then the next process sends it again, and it acts once', async (t) => {
    const depositor = await newDepositor(t)
    const count = await depositor.count()
    await withoutMining(async () => {
      await killedAt('sent', depositor)
      const [hash = '0x'] = await depositor.signed()
      await drop(chain, hash)
      assert.equal(await pooled(chain), 0)
    })
    const [hash] = await depositor.signed()
    assert.equal(await depositor.start().next(), `mined ${hash}`)
    assert.deepEqual([await depositor.balance(), await depositor.count()], [AMOUNT, count + 1])
  })

  it('when a replacement was signed and not sent, then whichever is mined is found, and it acts once', async (t) => {
    const depositor = await newDepositor(t)
    const count = await depositor.count()
    await withoutMining(async () => {
      await killedAt('raised', depositor)
      const [first, second] = await depositor.signed()
      assert.ok(first && second)
      await chain.testClient.mine({ blocks: 1 })
      assert.equal(await depositor.start().next(), `mined ${first}`)
    })
    assert.deepEqual([await depositor.balance(), await depositor.count()], [AMOUNT, count + 1])
  })

  it('when it is killed again and again, then it acts once', async (t) => {
    const depositor = await newDepositor(t)
    const count = await depositor.count()
    await killedAt('signed', depositor)
    const [hash] = await depositor.signed()
    // Found in the journal, it is sent as it is: once more here, and recognised in every later run.
    await killedAt('sent', depositor)
    for (let round = 0; round < 3; round++) {
      const child = depositor.start('signed')
      assert.equal(await child.next(), `mined ${hash}`)
      await child.kill()
    }
    assert.deepEqual([await depositor.balance(), await depositor.count()], [AMOUNT, count + 1])
  })
})
