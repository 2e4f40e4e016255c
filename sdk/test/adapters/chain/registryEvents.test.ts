import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { encodeFunctionData } from 'viem'
import { chainReader } from '../../../src/adapters/chain/chainClients.ts'
import { registryCalls } from '../../../src/adapters/chain/registry/registryCalls.ts'
import { registryEvents } from '../../../src/adapters/chain/registry/registryEvents.ts'
import { estimateCall } from '../../../src/adapters/chain/transact.ts'
import { identityRegistryAbi } from '../../../src/generated/abis.ts'
import { BadAnswerError, RevertedError } from '../../../src/ports/ChainErrors.ts'
import type { RpcCall } from '../../helpers/fakeNode.ts'
import { json, startFakeNode } from '../../helpers/fakeNode.ts'
import type { World } from '../../helpers/world.ts'
import { startWorld } from '../../helpers/world.ts'

describe('registryEvents', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  after(() => world.stop())

  /** The chain behind a node that refuses ranges of more than so many blocks. */
  const readerOf = (cleanup: Parameters<typeof startFakeNode>[0], blocksMax: bigint, asked: bigint[] = []) =>
    startFakeNode(cleanup, (response, call, id) => {
      const size = rangeOf(call)
      asked.push(size)
      if (size > blocksMax) {
        json(response, { jsonrpc: '2.0', id, error: { code: -32005, message: 'too many' } })
        return
      }
      const body = JSON.stringify({ jsonrpc: '2.0', id, ...call })
      const headers = { 'content-type': 'application/json' }
      void fetch(world.url, { method: 'POST', headers, body }).then(async (answer) => {
        json(response, await answer.json())
      })
    }).then((rpcUrl) => chainReader({ rpcUrl, chainId: world.deployment.chainId }))

  const namesFrom = async (reader: World['reader']) => {
    const toBlock = await world.reader.getBlockNumber({ cacheTime: 0 })
    const names: string[] = []
    for await (const { eventName } of registryEvents(reader, world.deployment, { toBlock })) names.push(eventName)
    return names
  }

  it('given a node that refuses long ranges, then it asks for shorter ones, and misses and repeats nothing', async (t) => {
    const all = await namesFrom(world.reader)
    assert.ok(all.includes('AttesterAccredited') && all.includes('BindingStarted'), all.join())
    for (const blocksMax of [1n, 3n]) {
      const asked: bigint[] = []
      assert.deepEqual(await namesFrom(await readerOf((end) => t.after(end), blocksMax, asked)), all)
      assert.ok(asked.some((size) => size > blocksMax))
    }
  })

  it('given a node that refuses a single block, then it throws BadAnswer', async (t) => {
    const reader = await readerOf((end) => t.after(end), 0n)
    await assert.rejects(namesFrom(reader), BadAnswerError)
  })

  it('registryCalls, given arguments, then it gives the call that the registry takes', () => {
    const attester = world.beneficiary
    const data = encodeFunctionData({ abi: identityRegistryAbi, functionName: 'accredit', args: [attester] })
    const expected = { to: world.deployment.identityRegistry, data, name: 'accredit' }
    assert.deepEqual(registryCalls(world.deployment).accredit({ attester }), expected)
  })

  it('estimateCall, given a call, then it says gas and cost, refuses what the contract refuses, and sends nothing', async () => {
    const call = registryCalls(world.deployment).accredit({ attester: world.beneficiary })
    const block = await world.reader.getBlockNumber({ cacheTime: 0 })
    const { gas, cost } = await estimateCall(world.admin, call)
    assert.ok(gas > 21_000n && cost > gas)
    await assert.rejects(estimateCall(world.relayer, call), RevertedError)
    assert.equal(await world.reader.getBlockNumber({ cacheTime: 0 }), block)
  })
})

function rangeOf({ method, params }: RpcCall): bigint {
  if (method !== 'eth_getLogs') return 0n
  const [{ fromBlock, toBlock }] = params as [{ fromBlock: `0x${string}`; toBlock: `0x${string}` }]
  return BigInt(toBlock) - BigInt(fromBlock) + 1n
}
