import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import type { TestContext } from 'node:test'
import { after, before, describe, it } from 'node:test'
import { chainReader, chainWriter } from '../../../../src/adapters/chain/chainClients.ts'
import { json, startFakeNode } from '../../../helpers/fakeNode.ts'
import type { LocalChain } from '../../../helpers/localChain.ts'
import { startLocalChain } from '../../../helpers/localChain.ts'
import { allowanceOf, approval, senderOf } from '../../../helpers/senders.ts'

type Fault = 'passes' | 'lost on the way' | 'answer lost' | 'refused' | 'broken'

describe('TransactionSender, given a node that cannot be relied on', () => {
  let chain: LocalChain
  before(async () => {
    chain = await startLocalChain()
  })
  after(() => chain.stop())

  /** A node between the sender and the real one, at fault for the first calls of one method; calls of it are counted. */
  async function throughFaults(test: TestContext, method: string, faults: readonly Fault[]) {
    const waiting = [...faults]
    let calls = 0
    const rpcUrl = await startFakeNode(
      (end) => test.after(end),
      (response, call, id) => {
        if (call.method === method) calls++
        const fault = call.method === method ? (waiting.shift() ?? 'passes') : 'passes'
        if (fault === 'lost on the way') response.socket?.destroy()
        else if (fault === 'broken') response.writeHead(503).end()
        else if (fault === 'refused') {
          json(response, { jsonrpc: '2.0', id, error: { code: -32000, message: 'txpool is full' } })
        } else void forward(response, { ...call, jsonrpc: '2.0', id }, fault === 'answer lost')
      },
    )
    const node = { rpcUrl, chainId: 31337, pollingIntervalMs: 20 }
    const writer = chainWriter({ ...node, account: chain.funder.writer.account })
    return { ...senderOf(chain, { clients: { reader: chainReader(node), writer } }), calls: () => calls }
  }
  async function forward(response: ServerResponse, call: object, isLost: boolean): Promise<void> {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(chain.url, { method: 'POST', headers, body: JSON.stringify(call) })
    if (isLost) response.socket?.destroy()
    else json(response, await answer.json())
  }
  const countOf = () => chain.reader.getTransactionCount({ address: chain.funder.writer.account.address })

  const cases = [
    ['the transaction is lost on the way', 'eth_sendRawTransaction', ['lost on the way', 'lost on the way'], 3],
    ['the answer to the transaction is lost', 'eth_sendRawTransaction', ['answer lost'], 1],
    ['it has no receipts for a while', 'eth_getTransactionReceipt', ['broken', 'lost on the way', 'broken'], 4],
  ] as const
  for (const [index, [what, method, faults, expected]] of cases.entries()) {
    it(`when ${what}, then it goes on, and the call takes effect once`, async (t) => {
      const { sender, calls } = await throughFaults(t, method, faults)
      const count = await countOf()
      await sender.send(approval(chain, BigInt(61 + index)))
      assert.deepEqual([await countOf(), await allowanceOf(chain)], [count + 1, BigInt(61 + index)])
      assert.equal(calls(), expected)
    })
  }

  it('when it refuses the transaction, then that is thrown, and the next one takes its nonce', async (t) => {
    const { sender, journal } = await throughFaults(t, 'eth_sendRawTransaction', ['refused'])
    const count = await countOf()
    await assert.rejects(sender.send(approval(chain, 71n)), { name: 'Chain.BadAnswerError', given: 'txpool is full' })
    assert.deepEqual(await journal.open(), [])
    await sender.send(approval(chain, 72n))
    assert.deepEqual([await countOf(), await allowanceOf(chain)], [count + 1, 72n])
  })

  it('when it cannot be reached before anything is signed, then that is thrown, and nothing is kept', async (t) => {
    const { sender, journal } = await throughFaults(t, 'eth_call', ['lost on the way'])
    await assert.rejects(sender.send(approval(chain, 73n)), { name: 'Chain.UnreachableError' })
    assert.deepEqual(await journal.open(), [])
  })
})
