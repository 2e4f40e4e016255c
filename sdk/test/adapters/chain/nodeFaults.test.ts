import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { describe, it } from 'node:test'
import { encodeAbiParameters } from 'viem'
import { chainReader } from '../../../src/adapters/chain/chainClients.ts'
import { viemChain } from '../../../src/adapters/chain/viemChain.ts'
import type { Deployment } from '../../../src/protocol/Deployment.ts'
import { json, results, startFakeNode } from '../../helpers/fakeNode.ts'
import type { Answer } from '../../helpers/fakeNode.ts'

const CHAIN_ID = '0x7a69'
const HASH = `0x${'11'.repeat(32)}` as const
const ADDRESS = `0x${'22'.repeat(20)}` as const
const deployment: Deployment = {
  version: 1,
  chainId: 31337,
  startBlock: 1,
  accessManager: ADDRESS,
  p256Sha256Verifier: ADDRESS,
  identityRegistry: ADDRESS,
  channelEscrow: ADDRESS,
  ledgerAnchor: ADDRESS,
  closeDelayFloorSeconds: 3600,
}
const channel = {
  payer: HASH,
  beneficiary: ADDRESS,
  token: ADDRESS,
  terms: { payerBinding: HASH, funder: ADDRESS, payee: HASH, payeeBinding: HASH, closeDelaySeconds: 7200, salt: HASH },
}
const BLOCK = { number: '0x9', hash: HASH, timestamp: '0x64', transactions: [] }
const sound = { eth_chainId: CHAIN_ID, eth_getBlockByNumber: BLOCK, eth_getCode: '0x00' }

/** Small, for nodes that never answer. A busy machine may need longer for the others. */
const SHORT_MS = 100

async function view(url: string, timeoutMs = 10_000) {
  const reader = chainReader({ rpcUrl: url, chainId: 31337, timeoutMs })
  return await viemChain({ reader, deployment }).view(HASH, channel)
}

const raw =
  (status: number, type: string, body: string): Answer =>
  (response) =>
    void response.writeHead(status, { 'content-type': type }).end(body)

describe('viemChain, given a node that answers what is no answer', () => {
  const cases: readonly (readonly [string, Answer, string])[] = [
    [
      'an error',
      (response, _call, id) => json(response, { jsonrpc: '2.0', id, error: { code: -32000, message: 'broken' } }),
      'eth_chainId',
    ],
    ['an error without any shape', (response) => json(response, { error: 'broken' }), 'eth_chainId'],
    ['an empty body', raw(200, 'application/json', ''), 'eth_chainId'],
    ['an empty body of no type', raw(200, '', ''), 'eth_chainId'],
    ['junk for JSON', raw(200, 'application/json', '{"jsonrpc":"2.0","result":'), 'eth_chainId'],
    ['a web page', raw(200, 'text/html', '<html>Welcome</html>'), 'eth_chainId'],
    ['JSON that is no object', raw(200, 'application/json', 'null'), 'eth_chainId'],
    ['status 503', raw(503, 'text/plain', 'down'), 'eth_chainId'],
    [
      'status 429 with an error',
      raw(429, 'application/json', '{"error":{"code":-32005,"message":"slow down"}}'),
      'eth_chainId',
    ],
    ['8 MB', raw(200, 'application/json', `"${'x'.repeat(8 * 1024 * 1024)}"`), 'eth_chainId'],
    ['a chain id that is text', results({ eth_chainId: 'mainnet' }), 'eth_chainId'],
    ['no block', results({ ...sound, eth_getBlockByNumber: null }), 'eth_getBlockByNumber finalized'],
    [
      'a block without a number',
      results({ ...sound, eth_getBlockByNumber: { ...BLOCK, number: null } }),
      'eth_getBlockByNumber finalized',
    ],
    [
      'a block with a number that is text',
      results({ ...sound, eth_getBlockByNumber: { ...BLOCK, number: 'nine' } }),
      'eth_getBlockByNumber finalized',
    ],
    [
      'a block without a time',
      results({ ...sound, eth_getBlockByNumber: { number: '0x9', hash: HASH } }),
      'eth_getBlockByNumber finalized',
    ],
    ['no error and no state', results({ ...sound, eth_call: '0x' }), 'channelOf'],
    ['a state cut short', results({ ...sound, eth_call: '0x1234' }), 'channelOf'],
    ['a state of another shape', results({ ...sound, eth_call: 17 }), 'channelOf'],
  ]
  for (const [what, answer, expected] of cases) {
    it(`when it is ${what}, then it throws BadAnswer`, async (t) => {
      const url = await startFakeNode((end) => t.after(end), answer)
      await assert.rejects(view(url), (error: Error & { expected?: unknown; given?: unknown }) => {
        assert.equal(error.name, 'Chain.BadAnswerError', error.message)
        assert.ok(expected === error.expected || error.expected === 'recordOf', String(error.expected))
        assert.equal(typeof error.given, 'string')
        return true
      })
    })
  }

  it('when it is a status that no channel has, then it throws BadAnswer', async (t) => {
    const state = encodeAbiParameters(
      [
        { type: 'uint96' },
        { type: 'uint96' },
        { type: 'uint40' },
        { type: 'uint8' },
        ...Array.from({ length: 3 }, () => ({ type: 'uint8' })),
      ],
      [1n, 2n, 0, 9, 0, 0, 0],
    )
    const url = await startFakeNode((end) => t.after(end), results({ ...sound, eth_call: state }))
    await assert.rejects(view(url), { name: 'Chain.BadAnswerError', given: 'channel status 9', expected: 'channelOf' })
  })
})

describe('viemChain, given a node that is not there for this device', () => {
  it('when it is on another chain, then it throws WrongChain and asks nothing more', async (t) => {
    const asked: string[] = []
    const url = await startFakeNode(
      (end) => t.after(end),
      (response, call, id) => {
        asked.push(call.method)
        results({ ...sound, eth_chainId: '0x1' })(response, call, id)
      },
    )
    await assert.rejects(view(url), { name: 'Chain.WrongChainError', given: 1, expected: 31337 })
    assert.deepEqual(asked, ['eth_chainId'])
  })

  it('when it never answers, then it throws Unreachable after its timeout', async (t) => {
    const url = await startFakeNode(
      (end) => t.after(end),
      () => undefined,
    )
    await assert.rejects(view(url, SHORT_MS), {
      name: 'Chain.UnreachableError',
      given: url,
      message: /does not answer in time/,
    })
  })

  it('when it begins an answer and never ends it, then it throws Unreachable after its timeout', async (t) => {
    const url = await startFakeNode(
      (end) => t.after(end),
      (response) => void response.writeHead(200).write('{"jsonrpc"'),
    )
    await assert.rejects(view(url, SHORT_MS), { name: 'Chain.UnreachableError', given: url })
  })

  it('when nobody listens, then it throws Unreachable and says so', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    server.close()
    await once(server, 'close')
    await assert.rejects(view(url), { name: 'Chain.UnreachableError', given: url, message: /ECONNREFUSED/ })
  })

  it('when it breaks off, then it throws Unreachable', async (t) => {
    const url = await startFakeNode(
      (end) => t.after(end),
      (response) => void response.socket?.destroy(),
    )
    await assert.rejects(view(url), { name: 'Chain.UnreachableError', given: url })
  })

  it('when its address holds a secret, then the error does not', async () => {
    const reader = chainReader({
      rpcUrl: 'http://127.0.0.1:1/v2/secret-key?token=secret',
      chainId: 31337,
    })
    await assert.rejects(
      viemChain({ reader, deployment }).view(HASH, channel),
      (error: Error & { given?: unknown }) => {
        assert.deepEqual([error.name, error.given], ['Chain.UnreachableError', 'http://127.0.0.1:1'])
        assert.doesNotMatch(error.message, /secret/)
        return true
      },
    )
  })

  it('when it comes back, then the same chain object asks again', async (t) => {
    let up = false
    const url = await startFakeNode(
      (end) => t.after(end),
      (response, call, id) => {
        if (up) results({ ...sound, eth_chainId: '0x1' })(response, call, id)
        else response.socket?.destroy()
      },
    )
    const chain = viemChain({ reader: chainReader({ rpcUrl: url, chainId: 31337 }), deployment })
    await assert.rejects(chain.view(HASH, channel), { name: 'Chain.UnreachableError' })
    up = true
    await assert.rejects(chain.view(HASH, channel), { name: 'Chain.WrongChainError' })
  })
})
