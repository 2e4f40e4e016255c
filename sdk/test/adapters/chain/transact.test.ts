import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Hex } from 'viem'
import { encodeErrorResult, keccak256 } from 'viem'
import { chainReader, chainWriter } from '../../../src/adapters/chain/chainClients.ts'
import { escrowClient } from '../../../src/adapters/chain/escrowClient.ts'
import { toRevertedError } from '../../../src/adapters/chain/failures.ts'
import { tokenClient } from '../../../src/adapters/chain/tokenClient.ts'
import { channelEscrowAbi } from '../../../src/generated/abis.ts'
import { UnconfirmedError } from '../../../src/ports/ChainErrors.ts'
import { json, results, startFakeNode } from '../../helpers/fakeNode.ts'
import { signVoucher } from '../../helpers/machines.ts'
import type { World } from '../../helpers/world.ts'
import { openChannel, startWorld } from '../../helpers/world.ts'

describe('a transaction', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  after(() => world.stop())

  /** Waits, by asking and not by sleeping, until so many transactions are with the node. */
  async function pending(count: number): Promise<void> {
    for (let asked = 0; asked < 2_000; asked++) {
      if ((await world.testClient.getTxpoolStatus()).pending === count) return
    }
    assert.fail(`the node never had ${count} transactions`)
  }
  async function withoutMining(run: () => Promise<void>): Promise<void> {
    await world.testClient.setAutomine(false)
    try {
      await run()
    } finally {
      await world.testClient.setAutomine(true)
    }
  }

  it('given many calls of one sender at once, then each has its own nonce and all take effect', async () => {
    const spender = world.deployment.channelEscrow
    const amounts = [1n, 2n, 3n, 4n, 5n]
    const outcomes = await Promise.all(amounts.map((amount) => world.token.approve({ spender, amount })))
    assert.equal(new Set(outcomes.map(({ hash }) => hash)).size, amounts.length)
    const owner = world.funder.writer.account.address
    assert.equal(await world.token.allowance({ owner, spender }), 5n)
  })

  it('given one call of a sender is refused, then the next one is sent all the same', async () => {
    const spender = world.deployment.channelEscrow
    const token = world.deployment.settlementToken
    const refused = world.escrow.withdrawBalance({ token, amount: 2n ** 200n })
    const sent = world.token.approve({ spender, amount: 9n })
    await assert.rejects(refused, { errorName: 'ChannelEscrow_BalanceTooLow' })
    assert.equal((await sent).events[0]?.eventName, 'Approval')
  })

  it('given another one came first, when it is refused only in its block, then it throws Reverted all the same', async () => {
    const record = await openChannel(world, 'race')
    const voucher = await signVoucher(world.chain, record, world.car.signer, { cumulativeAmount: 3n, version: 1n })
    await world.relayed.settleVouchers([{ record, voucher }])
    const payout = { account: world.beneficiary, token: world.deployment.settlementToken }
    await withoutMining(async () => {
      const both = Promise.allSettled([world.relayed.withdraw(payout), world.escrow.withdraw(payout)])
      await pending(2)
      await world.testClient.mine({ blocks: 1 })
      const failures = (await both).filter((one) => one.status === 'rejected')
      assert.equal(failures.length, 1)
      const { name, errorName, args } = failures[0]?.reason as Error & { errorName?: string; args?: unknown }
      assert.deepEqual(
        { name, errorName, args },
        { name: 'Chain.RevertedError', errorName: 'ChannelEscrow_NoPayout', args: payout },
      )
    })
  })

  it('given it is not mined in time, then it throws Unconfirmed with its hash, and it may still take effect', async () => {
    const spender = world.deployment.channelEscrow
    const clients = { ...world.relayer, receiptTimeoutMs: 50 }
    const token = tokenClient({ clients, token: world.deployment.settlementToken })
    await withoutMining(async () => {
      const error: unknown = await token.approve({ spender, amount: 77n }).catch((reason: unknown) => reason)
      assert.ok(error instanceof UnconfirmedError)
      assert.equal(error.name, 'Chain.UnconfirmedError')
      await world.testClient.mine({ blocks: 1 })
      const { status } = await world.reader.getTransactionReceipt({ hash: error.given as Hex })
      assert.equal(status, 'success')
    })
    assert.equal(await token.allowance({ owner: clients.writer.account.address, spender }), 77n)
  })

  it('given the node goes away, then it throws Unreachable and not what the contract would say', async (t) => {
    const url = await startFakeNode(
      (end) => t.after(end),
      (response) => void response.socket?.destroy(),
    )
    const node = { rpcUrl: url, chainId: 31337 }
    const { account } = world.relayer.writer
    const clients = { reader: chainReader(node), writer: chainWriter({ ...node, account }) }
    const escrow = escrowClient({ clients, deployment: world.deployment })
    await assert.rejects(escrow.depositBalance({ token: world.deployment.settlementToken, amount: 1n }), {
      name: 'Chain.UnreachableError',
      given: url,
    })
  })

  const willing = {
    eth_call: '0x',
    eth_chainId: '0x7a69',
    eth_getTransactionCount: '0x0',
    eth_estimateGas: '0x5208',
    eth_gasPrice: '0x1',
    eth_maxPriorityFeePerGas: '0x1',
    eth_getBlockByNumber: {
      number: '0x1',
      hash: `0x${'11'.repeat(32)}`,
      timestamp: '0x1',
      baseFeePerGas: '0x1',
      transactions: [],
    },
  }
  async function depositAt(url: string): Promise<unknown> {
    const node = { rpcUrl: url, chainId: 31337, pollingIntervalMs: 10 }
    const { account } = world.relayer.writer
    const clients = { reader: chainReader(node), writer: chainWriter({ ...node, account }), receiptTimeoutMs: 100 }
    const escrow = escrowClient({ clients, deployment: world.deployment })
    return await escrow
      .depositBalance({ token: world.deployment.settlementToken, amount: 1n })
      .catch((error: unknown) => error)
  }

  it('given the trial is refused, then it throws Reverted and nothing is sent', async (t) => {
    const asked: string[] = []
    const data = encodeErrorResult({ abi: channelEscrowAbi, errorName: 'ChannelEscrow_ZeroAmount' })
    const url = await startFakeNode(
      (end) => t.after(end),
      (response, call, id) => {
        asked.push(call.method)
        const error = { code: 3, message: 'execution reverted', data }
        if (call.method === 'eth_call') json(response, { jsonrpc: '2.0', id, error })
        else results(willing)(response, call, id)
      },
    )
    const { name, errorName } = (await depositAt(url)) as Error & { errorName?: string }
    assert.deepEqual([name, errorName], ['Chain.RevertedError', 'ChannelEscrow_ZeroAmount'])
    assert.deepEqual(asked, ['eth_call'])
  })

  it('given a node that lets the trial through and refuses to send, then it throws BadAnswer with its words', async (t) => {
    const url = await startFakeNode((end) => t.after(end), results(willing))
    const error = (await depositAt(url)) as Error & { given?: unknown; expected?: unknown }
    assert.deepEqual([error.name, error.expected], ['Chain.BadAnswerError', 'depositBalance'])
    assert.match(String(error.given), /eth_sendRawTransaction does not exist/)
  })

  it('given a node that takes the transaction and breaks off, then it throws Unconfirmed with the hash that was sent', async (t) => {
    let sent: Hex | undefined
    const url = await startFakeNode(
      (end) => t.after(end),
      (response, call, id) => {
        if (call.method === 'eth_sendRawTransaction') {
          sent = keccak256(call.params[0] as Hex)
          response.socket?.destroy()
        } else results(willing)(response, call, id)
      },
    )
    const error = await depositAt(url)
    assert.ok(error instanceof UnconfirmedError, String(error))
    assert.ok(sent !== undefined && error.given === sent)
    assert.equal((error.cause as Error).name, 'Chain.UnreachableError')
  })

  it('given a node that takes the transaction and never has a receipt, then it throws Unconfirmed', async (t) => {
    const hash = `0x${'99'.repeat(32)}`
    const url = await startFakeNode((end) => t.after(end), results({ ...willing, eth_sendRawTransaction: hash }))
    const error = await depositAt(url)
    assert.ok(error instanceof UnconfirmedError, String(error))
    assert.equal(error.given, hash)
  })
})

describe('the data of a revert', () => {
  const cases = [
    ['0x', 'revert without a reason', { data: '0x' }],
    ['0xdeadbeef', '0xdeadbeef', { data: '0xdeadbeef' }],
    ['0x08c379a0', '0x08c379a0', { data: '0x08c379a0' }],
    [
      `0x08c379a0${'20'.padStart(64, '0')}${'3'.padStart(64, '0')}${'626164'.padEnd(64, '0')}`,
      'Error',
      { message: 'bad' },
    ],
  ] as const
  for (const [data, errorName, args] of cases) {
    it(`given ${data.slice(0, 14)}, then it is named ${errorName}`, () => {
      const error = toRevertedError(data, { call: 'open' })
      assert.deepEqual([error.errorName, error.args], [errorName, args])
    })
  }
})
