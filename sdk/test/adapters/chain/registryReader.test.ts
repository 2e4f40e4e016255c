/**
 * registryReader
 * |-- when many bindings are asked for ... it makes one call, and says what the contract says of each
 * |-- given an answer that is kept
 * |   |-- when it is asked for again in time ... it asks nobody
 * |   |-- when a binding starts or expires in the meantime ... it says so and asks nobody
 * |   |-- when it is older than allowed ... it asks again, and sees what has changed
 * |   |-- when the clock is set back behind it ... it asks again, and sees what has changed
 * |   |-- when it is forgotten ... it asks again
 * |   |-- when a node answers with an earlier block ... it throws StaleBlock, and keeps what the later one said
 * |   `-- when more are asked for than are kept ... it forgets the oldest
 * |-- given a node whose newest block is too old ... it throws StaleBlock
 * `-- given a clock too far behind the newest block ... it throws StaleBlock
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { createPublicClient, custom, hashTypedData } from 'viem'
import type { ChainReader } from '../../../src/adapters/chain/chainClients.ts'
import { registryReader } from '../../../src/adapters/chain/registryReader.ts'
import { BindingStatus } from '../../../src/generated/constants.ts'
import { suspendTypes } from '../../../src/generated/typedData.ts'
import type { Binding } from '../../../src/protocol/Binding.ts'
import * as Bindings from '../../../src/protocol/Binding.ts'
import { registryDomain } from '../../../src/protocol/Deployment.ts'
import { attester, bindMachine, makeBinding, secp256k1Machine } from '../../helpers/machines.ts'
import type { World } from '../../helpers/world.ts'
import { startWorld } from '../../helpers/world.ts'

describe('registryReader', () => {
  let world: World
  let calls: string[]
  let now: number
  const clock = { now: () => now }
  before(async () => {
    world = await startWorld()
  })
  after(() => world.stop())
  beforeEach(async () => {
    calls = []
    now = await blockSeconds()
  })

  const blockSeconds = async () => Number((await world.reader.getBlock()).timestamp)

  /** The world's reader, with every request written down; `edit` changes answers. */
  const listeningReader = (edit = (_: string, answer: unknown) => answer): ChainReader =>
    createPublicClient({
      chain: world.reader.chain,
      transport: custom({
        request: async ({ method, params }: { method: string; params: unknown[] }) => {
          calls.push(method)
          return edit(method, await world.reader.request({ method, params } as never))
        },
      }),
    })
  const readerOf = (options: { edit?: (method: string, answer: unknown) => unknown; entriesMax?: number } = {}) => {
    const { edit, ...others } = options
    return registryReader({ reader: listeningReader(edit), deployment: world.deployment, clock, ...others })
  }
  const ethCalls = () => calls.filter((method) => method === 'eth_call').length

  const suspend = async (binding: Binding) => {
    const message = { bindingId: Bindings.id(binding), sequence: 0, deadline: now + 1000 }
    const domain = registryDomain(world.deployment)
    const hash = hashTypedData({ domain, types: suspendTypes, primaryType: 'Suspend', message })
    await world.registry.suspendByAttester({ message, signature: await attester.sign({ hash }) })
  }

  it('when many bindings are asked for ... it makes one call, and says what the contract says of each', async () => {
    const start = await blockSeconds()
    const pending = await bindMachine(world.chain, secp256k1Machine('pending'), { validFrom: start + 1000 })
    const suspended = await bindMachine(world.chain, secp256k1Machine('suspended'))
    await suspend(suspended)
    const unknown = await makeBinding(world.chain, secp256k1Machine('unknown'))
    const asked = [world.car.binding, world.p256Charger.binding, pending, suspended, unknown]
    now = await blockSeconds()

    const standings = await readerOf().standingsOf(asked)
    assert.equal(ethCalls(), 1)
    for (const [index, { bindingId, status, record, isHead, asOf }] of standings.entries()) {
      const binding = asked[index]!
      assert.equal(bindingId, Bindings.id(binding))
      assert.equal(status, await world.registry.check(binding))
      assert.equal(isHead, (await world.registry.headOf(binding.deviceId)) === bindingId)
      const { startedAt, endsAt } = await world.registry.recordOf(bindingId)
      assert.deepEqual([record.startedAt, record.endsAt], [startedAt, endsAt])
      assert.equal(asOf.seconds, now)
    }
    const { ACTIVE, PENDING, SUSPENDED, NONE } = BindingStatus
    const expected = [ACTIVE, ACTIVE, PENDING, SUSPENDED, NONE]
    assert.deepEqual(
      standings.map(({ status }) => status),
      expected,
    )
  })

  describe('given an answer that is kept', () => {
    it('when it is asked for again in time ... it asks nobody', async () => {
      const registry = readerOf()
      const first = await registry.standingsOf([world.car.binding, world.van.binding])
      now += 60
      assert.deepEqual(await registry.standingsOf([world.van.binding]), [first[1]])
      assert.equal(ethCalls(), 1)
    })

    it('when a binding starts or expires in the meantime ... it says so and asks nobody', async () => {
      const validFrom = now + 20
      const times = { validFrom, validUntil: validFrom + 20 }
      const binding = await bindMachine(world.chain, secp256k1Machine('short'), times)
      now = await blockSeconds()
      const registry = readerOf()
      const statusAt = async (seconds: number) => {
        now = seconds
        return (await registry.standingsOf([binding]))[0]?.status
      }
      assert.equal(await statusAt(validFrom - 1), BindingStatus.PENDING)
      assert.equal(await statusAt(validFrom), BindingStatus.ACTIVE)
      assert.equal(await statusAt(validFrom + 19), BindingStatus.ACTIVE)
      assert.equal(await statusAt(validFrom + 20), BindingStatus.EXPIRED)
      assert.equal(ethCalls(), 1)
    })

    it('when it is older than allowed ... it asks again, and sees what has changed', async () => {
      const binding = await bindMachine(world.chain, secp256k1Machine('stolen'))
      now = await blockSeconds()
      const registry = readerOf()
      assert.equal((await registry.standingsOf([binding]))[0]?.status, BindingStatus.ACTIVE)
      await suspend(binding)
      assert.equal((await registry.standingsOf([binding]))[0]?.status, BindingStatus.ACTIVE)
      await world.testClient.increaseTime({ seconds: 61 })
      await world.testClient.mine({ blocks: 1 })
      now += 61
      assert.equal((await registry.standingsOf([binding]))[0]?.status, BindingStatus.SUSPENDED)
      assert.equal(ethCalls(), 2)
    })

    it('when the clock is set back behind it ... it asks again, and sees what has changed', async () => {
      const binding = await bindMachine(world.chain, secp256k1Machine('stolen while the clock was wrong'))
      now = await blockSeconds()
      const registry = readerOf()
      assert.equal((await registry.standingsOf([binding]))[0]?.status, BindingStatus.ACTIVE)
      await suspend(binding)
      now -= 61
      await assert.rejects(registry.standingsOf([binding]), { name: 'Chain.StaleBlockError' })
      now = await blockSeconds()
      assert.equal((await registry.standingsOf([binding]))[0]?.status, BindingStatus.SUSPENDED)
    })

    it('when it is forgotten ... it asks again', async () => {
      const registry = readerOf()
      await registry.standingsOf([world.car.binding])
      registry.forget()
      await registry.standingsOf([world.car.binding])
      assert.equal(ethCalls(), 2)
    })

    it('when a node answers with an earlier block ... it throws StaleBlock, and keeps what the later one said', async () => {
      const binding = await bindMachine(world.chain, secp256k1Machine('seen by two nodes'))
      const early = await world.reader.getBlockNumber({ cacheTime: 0 })
      await suspend(binding)
      now = await blockSeconds()
      let isLagging = false
      const lag = (method: string, answer: unknown) =>
        isLagging && method === 'eth_getBlockByNumber'
          ? { ...(answer as object), number: `0x${early.toString(16)}` }
          : answer
      const registry = readerOf({ edit: lag })
      assert.equal((await registry.standingsOf([binding]))[0]?.status, BindingStatus.SUSPENDED)
      isLagging = true
      now += 61
      await world.testClient.increaseTime({ seconds: 61 })
      await world.testClient.mine({ blocks: 1 })
      await assert.rejects(registry.standingsOf([binding]), { name: 'Chain.StaleBlockError' })
    })

    it('when more are asked for than are kept ... it forgets the oldest', async () => {
      const registry = readerOf({ entriesMax: 1 })
      await registry.standingsOf([world.car.binding, world.van.binding])
      await registry.standingsOf([world.van.binding])
      assert.equal(ethCalls(), 1)
      await registry.standingsOf([world.car.binding])
      assert.equal(ethCalls(), 2)
    })
  })

  it('given a node whose newest block is too old ... it throws StaleBlock', async () => {
    now += 61
    await assert.rejects(readerOf().standingsOf([world.car.binding]), {
      name: 'Chain.StaleBlockError',
      given: 61,
      expected: 60,
    })
  })

  it('given a clock too far behind the newest block ... it throws StaleBlock', async () => {
    now -= 60
    await readerOf().standingsOf([world.car.binding])
    now -= 1
    await assert.rejects(readerOf().standingsOf([world.car.binding]), {
      name: 'Chain.StaleBlockError',
      given: -61,
      expected: 60,
    })
  })
})
