import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, readdirSync, watch, writeFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { registryEvents } from '@musubi/sdk'
import type { Hex } from 'viem'
import { fleetCsv } from './support/devices.ts'
import type { Phase } from './support/RpcProxy.ts'
import { RpcProxy } from './support/RpcProxy.ts'
import { World } from './support/World.ts'

const DAY = 86_400
const DEVICES = 200
const SECONDS_MAX = 60
/** The one with the wrong password never comes to be signed. */
const FLEETS_UNSIGNED = 1

/** kill -9 in the middle of `enrol`, and the same command again. */
describe('musubi-attester enrol', () => {
  let world: World
  let proxy: RpcProxy
  let attester: Hex
  let fleets = 0
  const party = () => ({ MUSUBI_PARTY_KEY_FILE: world.keyFile('party') })

  before(async () => {
    world = await World.start()
    proxy = await RpcProxy.start(world.url)
    attester = (await world.json(['init'])).attester as Hex
    await world.cheapenKeystores()
    await world.giveEther(attester)
    await world.json(['accredit', '--send'], { env: { MUSUBI_ADMIN_KEY_FILE: world.keyFile('admin') } })
  })
  after(async () => {
    await proxy.stop()
    await world.stop()
  })

  /** A fleet of its own each time, of devices of its own: one with an open leaf is in no other fleet. */
  const csvOf = async (count: number) => {
    const { p256Sha256Verifier: p256Verifier, settlementToken: token } = world.deployment
    fleets += 1
    const validFrom = (await world.now()) + fleets
    const terms = {
      p256Verifier,
      token,
      funder: world.wallets.issuer.address,
      validFrom,
      validUntil: validFrom + 365 * DAY,
    }
    const path = world.path(`fleet-${fleets}.csv`)
    writeFileSync(path, await fleetCsv(count, terms, fleets * DEVICES))
    return path
  }
  const nonce = () => world.wallets.operator.reader.getTransactionCount({ address: attester })
  const killed = async (child: ReturnType<World['spawn']>) => {
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
    assert.deepEqual([code, signal], [null, 'SIGKILL'])
  }
  const enrolledOnce = async (path: string, nonceBefore: number) => {
    const result = await world.json(['enrol', path], { env: party() })
    assert.equal((await enrolments()).filter((id) => id === result.enrolmentId).length, 1)
    assert.equal(await nonce(), nonceBefore + 1)
    assert.equal((await world.json(['enrol', path], { env: party() })).already, true)
  }

  const points: readonly (readonly [string, string, Phase])[] = [
    ['it has asked nothing yet', 'eth_chainId', 'before'],
    ['the devices are kept and nothing is signed', 'eth_fillTransaction', 'before'],
    ['the transaction is signed and not sent', 'eth_sendRawTransaction', 'before'],
    ['the node has the transaction and has not answered', 'eth_sendRawTransaction', 'after'],
    ['it waits for the receipt', 'eth_getTransactionReceipt', 'before'],
  ]
  for (const [when, method, phase] of points) {
    it(`given it is killed when ${when}, then the next run enrols exactly once`, async () => {
      const path = await csvOf(DEVICES)
      const before = await nonce()
      const child = world.spawn(['enrol', path], { env: party(), rpc: proxy.url })
      proxy.isCut = false
      proxy.onCall = (called, at) => {
        if (called !== method || at !== phase) return
        proxy.isCut = true
        child.kill('SIGKILL')
      }
      await killed(child)
      proxy.onCall = () => undefined
      await enrolledOnce(path, before)
    })
  }

  for (const name of ['devices.jsonl', 'enrolment.json'] as const) {
    it(`given it is killed while it writes ${name}, then the next run enrols exactly once`, async () => {
      const path = await csvOf(DEVICES)
      const before = await nonce()
      const dry = await world.json(['enrol', path, '--dry-run'], { env: party() })
      // A folder that is there already can be watched before anything is written into it.
      const folder = world.path('state', 'enrolments', String(dry.enrolmentId))
      mkdirSync(folder, { recursive: true })
      const child = world.spawn(['enrol', path], { env: party() })
      const watcher = watch(folder, (_event, file) => {
        // Its copy beside it comes first: that is the middle of writing.
        if (file?.startsWith(`${name}.`) === true) child.kill('SIGKILL')
      })
      await killed(child)
      watcher.close()
      await enrolledOnce(path, before)
    })
  }

  it('given it is killed while the transaction waits in the pool, then the next run waits for the same one', async () => {
    const path = await csvOf(DEVICES)
    const before = await nonce()
    await world.client.setAutomine(false)
    const child = world.spawn(['enrol', path], { env: party(), rpc: proxy.url })
    proxy.isCut = false
    proxy.onCall = (called) => {
      if (called === 'eth_getTransactionReceipt') child.kill('SIGKILL')
    }
    await killed(child)
    const again = world.spawn(['enrol', path, '--json'], { env: party(), rpc: proxy.url })
    let asked = 0
    proxy.onCall = (called) => {
      // Once it waits for good, the block comes.
      if (called === 'eth_getTransactionReceipt' && ++asked === 3)
        void world.client.setAutomine(true).then(() => world.client.mine({ blocks: 1 }))
    }
    const [code] = (await once(again, 'close')) as [number | null]
    assert.equal(code, 0)
    proxy.onCall = () => undefined
    await enrolledOnce(path, before).catch(async (error: unknown) => {
      await world.client.setAutomine(true)
      throw error
    })
  })

  it('given two at once, then one of them is told that the other works', async () => {
    const path = await csvOf(DEVICES)
    const runs = await Promise.all([1, 2].map(() => world.run(['enrol', path, '--json'], { env: party() })))
    assert.deepEqual(runs.map(({ code }) => code).sort(), [0, 1])
    assert.ok(runs.some(({ err }) => err.includes('Cli.LockedError')))
  })

  it('given a wrong password, then it says so, and shows neither password nor key', async () => {
    writeFileSync(world.path('wrong.txt'), 'not the password at all')
    const env = { ...party(), MUSUBI_PASSWORD_FILE: world.path('wrong.txt') }
    const { code, out, err } = await world.run(['enrol', await csvOf(1), '--json', '--log-level', 'debug'], { env })
    assert.equal(code, 1)
    assert.ok(err.includes('Keystore.WrongPasswordError'))
    assert.ok(!`${out}${err}`.includes('not the password at all'))
  })

  it('given 10,000 devices, then it takes less than a minute', async (t) => {
    const path = await csvOf(10_000)
    const start = performance.now()
    const result = await world.json(['enrol', path, '--out', world.path('leaves.jsonl')], { env: party() })
    const seconds = (performance.now() - start) / 1000
    t.diagnostic(`10,000 devices in ${seconds.toFixed(1)} s, ${String(result.gas)} gas`)
    const exporting = performance.now()
    assert.equal((await world.json(['export', '--out', world.path('credentials')])).credentials, fleetsOf(10_000))
    t.diagnostic(`all credentials in ${((performance.now() - exporting) / 1000).toFixed(1)} s`)
    assert.equal(result.devices, 10_000)
    assert.ok(seconds < SECONDS_MAX, `${seconds.toFixed(1)} s`)
    assert.deepEqual(readdirSync(world.path('state', 'enrolments', String(result.enrolmentId))).sort(), [
      'devices.jsonl',
      'enrolment.json',
    ])
  })

  /** Every fleet so far that all have signed: those of the tests before, and this one. */
  const fleetsOf = (last: number) => (fleets - FLEETS_UNSIGNED - 1) * DEVICES + last

  async function enrolments(): Promise<readonly Hex[]> {
    const { reader } = world.wallets.operator
    const found: Hex[] = []
    for await (const event of registryEvents(reader, world.deployment, {
      toBlock: await reader.getBlockNumber({ cacheTime: 0 }),
    })) {
      if (event.eventName === 'Enrolled') found.push(event.args.enrolmentId)
    }
    return found
  }
})
