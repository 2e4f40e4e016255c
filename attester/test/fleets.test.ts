import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { Binding, BindingStatus, Bytes, Deployment, StandingMessage, StatusList, registryEvents } from '@musubi/sdk'
import { loadFastestBackend, secp256k1Signer } from '@musubi/sdk'
import type { Enrolment } from '@musubi/sdk'
import type { Hex } from 'viem'
import { toHex, zeroHash } from 'viem'
import { fold } from '../src/registry/history.ts'
import { headsOf, leafStatusAt } from '../src/registry/leaves.ts'
import { bindingSchema } from '../src/state/schemas.ts'
import { HEADER, deviceRow, deviceSecret, deviceSigner } from './support/devices.ts'
import { World, secretOf } from './support/World.ts'

const DAY = 86_400
const HEADS = 5
const PARTY = 5
type Leaf = {
  readonly enrolmentId: Hex
  readonly index: number
  readonly bindingId: Hex
  readonly binding: Binding.Binding
  readonly deviceSigner: Hex
  readonly proof: readonly Hex[]
}

/** A fleet that is activated, and a second one that renews it, while messages stop the first. */
describe('musubi-attester, two fleets of the same devices', () => {
  let world: World
  let from: number
  let heads: readonly Leaf[]
  let renewals: readonly Leaf[]
  let alone: Hex
  const party = () => ({ env: { MUSUBI_PARTY_KEY_FILE: world.keyFile('party') } })

  before(async () => {
    world = await World.start()
    from = await world.now()
    const { attester } = (await world.json(['init'])) as { attester: Hex }
    await world.cheapenKeystores()
    await world.giveEther(attester)
    await world.json(['accredit', '--send'], { env: { MUSUBI_ADMIN_KEY_FILE: world.keyFile('admin') } })
  })
  after(() => world.stop())

  const csvOf = async (name: string, devices: readonly { index: number; previous?: Hex; start?: number }[]) => {
    const { p256Sha256Verifier: p256Verifier, settlementToken: token } = world.deployment
    const lines = [[...HEADER, 'previous'].join(',')]
    for (const { index, previous = zeroHash, start = 0 } of devices) {
      const times = { validFrom: from + start, validUntil: from + 60 * DAY }
      const row = await deviceRow(index, { p256Verifier, token, funder: world.wallets.issuer.address, ...times })
      lines.push([...row, previous].join(','))
    }
    writeFileSync(world.path(name), `${lines.join('\n')}\n`)
    return world.path(name)
  }
  const enrol = async (csv: string): Promise<readonly Leaf[]> => {
    await world.json(['enrol', csv, '--out', world.path('leaves.jsonl')], party())
    const lines = readFileSync(world.path('leaves.jsonl'), 'utf8').trim().split('\n')
    return lines.map((line) => {
      const leaf = JSON.parse(line) as Leaf
      return { ...leaf, binding: bindingSchema.parse(leaf.binding) }
    })
  }
  const enrolmentOf = ({ enrolmentId }: Leaf) => {
    const path = world.path('state', 'enrolments', enrolmentId, 'enrolment.json')
    return (JSON.parse(readFileSync(path, 'utf8')) as { enrolment: Enrolment.Enrolment }).enrolment
  }
  const domain = () => Deployment.registryDomain(world.deployment)
  /** What a command about device `index` alone needs: the file about it, and the keys of party and device. */
  const single = async (index: number) => {
    const { signer } = await deviceSigner(index, world.deployment.p256Sha256Verifier)
    const { settlementToken: token } = world.deployment
    const times = { validFrom: from, validUntil: from + 30 * DAY }
    const limits = { maxPerPayment: '5', maxPerPeriod: '100', periodSeconds: DAY }
    const funding = { funder: world.wallets.issuer.address, funding: 'own', token }
    const spec = world.path(`device-${index}.json`)
    writeFileSync(spec, JSON.stringify({ deviceSigner: signer, ...times, ...funding, ...limits }))
    writeFileSync(world.path(`device-${index}.key`), deviceSecret(index))
    return { spec, env: { ...party().env, MUSUBI_DEVICE_KEY_FILE: world.path(`device-${index}.key`) } }
  }
  const attester = () => {
    const config = JSON.parse(readFileSync(world.path('state', 'config.json'), 'utf8')) as { attester: Hex }
    return config.attester
  }
  const signedAlone = () => {
    const folder = world.path('state', 'bindings')
    return existsSync(folder) ? readdirSync(folder) : []
  }
  /** Runs a command that must refuse because of that leaf, before anything is asked of anybody. */
  const refusesFor = async (leaf: Pick<Leaf, 'enrolmentId' | 'bindingId'>, args: readonly string[], index: number) => {
    const { env } = await single(index)
    const before = signedAlone()
    for (const more of [[], ['--dry-run'], ['--prepare', world.path('asked')]]) {
      const { code, name, message } = await world.fails([...args, ...more], { env })
      assert.deepEqual([code, name], [1, 'Bind.OpenLeafError'], message)
      for (const told of [leaf.enrolmentId, leaf.bindingId]) assert.ok(message.includes(told), message)
    }
    assert.deepEqual(signedAlone(), before)
    assert.equal(existsSync(world.path('asked')), false)
  }

  it('enrol, given rows that the registry would never record, then it names them, and keeps nothing', async () => {
    const rows = readFileSync(await csvOf('sound.csv', [{ index: 0 }, { index: 2 }, { index: 4 }]), 'utf8').split('\n')
    const { address } = world.wallets.parties[0]!
    rows[2] = rows[2]!.replace(/^[^,]+/, address)
    writeFileSync(world.path('unsound.csv'), rows.join('\n'))
    const unsound = await world.fails(['enrol', world.path('unsound.csv')], party())
    assert.deepEqual([unsound.code, unsound.name], [2, 'Devices.BadRowsError'])
    assert.deepEqual(unsound.message.match(/row \d+, \w+/g), ['row 3, party'])
    // An attester that vouches for itself: every row.
    const self = await world.fails(['enrol', world.path('sound.csv'), '--party', attester()])
    assert.deepEqual(self.message.match(/row \d+, \w+/g), ['row 2, party', 'row 3, party', 'row 4, party'])
    assert.equal(existsSync(world.path('state', 'enrolments')), false)
  })

  it('bind, given a device that is its own liable party, then it says so, and nobody signs', async () => {
    const { spec } = await single(0)
    const env = { ...party().env, MUSUBI_DEVICE_KEY_FILE: world.keyFile('party') }
    const own = readFileSync(spec, 'utf8').replace(
      /"deviceSigner":"[^"]+"/,
      `"deviceSigner":"${world.wallets.parties[0]!.address}"`,
    )
    writeFileSync(spec, own)
    for (const more of [[], ['--prepare', world.path('asked')]]) {
      const { code, name, message } = await world.fails(['bind', spec, ...more], { env })
      assert.deepEqual([code, name], [2, 'Devices.BadSpecError'], message)
      assert.match(message, /party: 0x[0-9a-f]{64}; expected another signer than the device/)
    }
    assert.deepEqual([signedAlone(), existsSync(world.path('asked'))], [[], false])
  })

  it('enrol, given devices with an open leaf in another fleet, then it names their rows and the fleet', async () => {
    heads = await enrol(
      await csvOf(
        'heads.csv',
        Array.from({ length: HEADS }, (_, index) => ({ index })),
      ),
    )
    const again = await csvOf('again.csv', [{ index: HEADS }, { index: 1, start: 60 }, { index: 3, start: 60 }])
    const { name, message } = await world.fails(['enrol', again, '--dry-run'], party())
    assert.equal(name, 'Devices.BadRowsError')
    assert.deepEqual(message.match(/row \d+, \w+/g), ['row 3, device_signer', 'row 4, device_signer'])
    assert.ok(message.includes(heads[0]!.enrolmentId))
  })

  it('enrol, given a fleet that all have signed and the chain has not, then its devices are refused as well', async () => {
    // Nobody can pay: signed, kept, and never sent.
    await world.client.setBalance({ address: attester(), value: 0n })
    assert.notEqual(
      (await world.run(['enrol', await csvOf('poor.csv', [{ index: 20 }, { index: 21 }])], party())).code,
      0,
    )
    await world.giveEther(attester())
    const { name, message } = await world.fails(['enrol', await csvOf('late.csv', [{ index: 21, start: 60 }])], party())
    assert.equal(name, 'Devices.BadRowsError')
    assert.deepEqual(message.match(/row \d+, \w+/g), ['row 2, device_signer'])
  })

  it('bind, given a device with an open leaf, then it names the leaf, and nobody signs', async () => {
    await refusesFor(heads[2]!, ['bind', (await single(2)).spec], 2)
  })

  it('bind, given a leaf that all have signed and the chain has not, then it is refused as well', async () => {
    const { signer } = await deviceSigner(20, world.deployment.p256Sha256Verifier)
    const names = readdirSync(world.path('state', 'enrolments'))
    const leaves = names.flatMap((enrolmentId) => {
      const lines = readFileSync(world.path('state', 'enrolments', enrolmentId, 'devices.jsonl'), 'utf8').trim()
      return lines.split('\n').map((line) => ({ ...(JSON.parse(line) as Leaf), enrolmentId: enrolmentId as Hex }))
    })
    const waiting = leaves.find((leaf) => leaf.deviceSigner.toLowerCase() === signer.toLowerCase())!
    await refusesFor(waiting, ['bind', (await single(20)).spec], 20)
  })

  it('export, given devices that were signed and are not on chain, then it skips and counts them', async () => {
    const out = world.path('credentials')
    const { credentials, skipped } = await world.json(['export', '--out', out])
    assert.deepEqual([credentials, skipped], [HEADS, 2])
    assert.match((await world.run(['export', '--out', out])).out, /2 skipped: the enrolment 0x[0-9a-f]{64} was signed/)
    const { signer } = await deviceSigner(20, world.deployment.p256Sha256Verifier)
    const { name, message } = await world.fails(['export', signer, '--out', world.path('none')])
    assert.equal(name, 'Export.NothingError')
    assert.match(message, /1 skipped/)
    assert.equal(existsSync(world.path('none')), false)
    // The same file, sent at last.
    await world.json(['enrol', world.path('poor.csv')], party())
    assert.deepEqual((await world.json(['export', signer, '--out', out])).skipped, 0)
  })

  it('export, given a device that was bound alone and the chain has not, then it skips it', async () => {
    const { spec, env } = await single(30)
    await world.client.setBalance({ address: attester(), value: 0n })
    assert.notEqual((await world.run(['bind', spec], { env })).code, 0)
    await world.giveEther(attester())
    assert.equal((await world.json(['export', '--out', world.path('credentials')])).skipped, 1)
    alone = (await world.json(['bind', spec], { env })).bindingId as Hex
    assert.equal((await world.json(['export', '--out', world.path('credentials')])).skipped, 0)
  })

  it('given heads that messages stopped, then each leaf stands as checkLeaf says, and the list has the stopped ones', async () => {
    const registry = world.registry()
    for (const { enrolmentId: _, deviceSigner: signer, ...leaf } of heads) {
      const key = await deviceSigner(leaf.index, world.deployment.p256Sha256Verifier)
      const deviceSignature = toHex(await key.sign(Bytes.fromHex(Binding.digest(leaf.binding, domain()))))
      await registry.activate({ enrolment: enrolmentOf(heads[0]!), ...leaf, deviceSigner: signer, deviceSignature })
    }
    const renewing = heads.map(({ bindingId: previous }, index) => ({ index, previous }))
    renewals = await enrol(await csvOf('renewals.csv', [...renewing, { index: 8 }, { index: 10, start: 10 * DAY }]))
    const [, suspended, revoked, released] = heads as [Leaf, Leaf, Leaf, Leaf]
    await world.json(['suspend', suspended.bindingId])
    await world.json(['revoke', revoked.bindingId, renewals[4]!.bindingId])
    const key = secp256k1Signer(secretOf(PARTY), await loadFastestBackend())
    const deadline = (await world.now()) + DAY
    const message = { bindingId: released.bindingId, sequence: 0, successor: zeroHash, deadline }
    const signature = toHex(await key.sign(Bytes.fromHex(StandingMessage.releaseDigest(message, domain()))))
    await registry.release({ binding: released.binding, message, partySigner: key.signer, signature })

    const said = await Promise.all(
      renewals.map((leaf) => registry.checkLeaf({ ...leaf, enrolment: enrolmentOf(leaf) })),
    )
    const names = ['ACTIVE', 'SUSPENDED', 'SUSPENDED', 'SUSPENDED', 'REVOKED', 'ACTIVE', 'PENDING'] as const
    assert.deepEqual(
      said,
      names.map((name) => BindingStatus[name]),
    )
    const { history, at } = await newest()
    const judging = { history, heads: headsOf(history), at }
    assert.deepEqual(
      renewals.map((leaf) => leafStatusAt(leaf, judging)),
      names,
    )

    await world.finalize()
    const published = await world.json(['publish-status'])
    const { bindingIds } = StatusList.decode(readFileSync(published.list as string))
    const tokens = readFileSync(published.tokens as string, 'utf8')
    const isListed = renewals.map(({ bindingId }) => bindingIds.includes(bindingId))
    assert.deepEqual(isListed, [false, true, true, true, true, false, false])
    const hasToken = renewals.map(({ bindingId }) => tokens.includes(bindingId))
    assert.deepEqual(hasToken, [true, false, false, false, false, true, false])
  })

  it('renew, rotate and rebind, given a head whose device has an open leaf, then they name it, and nobody signs', async () => {
    const [{ bindingId: head }] = heads as [Leaf]
    const [open] = renewals as [Leaf]
    await refusesFor(open, ['renew', (await single(0)).spec, '--head', head], 0)
    await refusesFor(open, ['rotate', (await single(40)).spec, '--head', head], 40)
    await refusesFor(open, ['rebind', (await single(42)).spec, '--head', head], 42)
  })

  it('rotate and rebind, given a new key that has an open leaf, then they name it, and nobody signs', async () => {
    const [, , , , , first] = renewals
    await refusesFor(first!, ['rotate', (await single(8)).spec, '--head', alone], 8)
    await refusesFor(first!, ['rebind', (await single(8)).spec, '--head', alone], 8)
  })

  it('renew, given the open leaf was revoked, then the head has a successor; and a second run finds it so', async () => {
    const { spec, env } = await single(0)
    await world.json(['revoke', renewals[0]!.bindingId])
    const renew = ['renew', spec, '--head', heads[0]!.bindingId]
    const { bindingId } = await world.json(renew, { env })
    // A leaf for the time after it: the binding is recorded all the same.
    await enrol(await csvOf('after.csv', [{ index: 0, previous: bindingId as Hex }]))
    assert.equal((await world.json(renew, { env })).already, true)
  })

  async function newest() {
    const { reader } = world.wallets.operator
    const { number: toBlock, timestamp } = await reader.getBlock()
    const timeOf = async (blockNumber: bigint) => Number((await reader.getBlock({ blockNumber })).timestamp)
    return { history: await fold(registryEvents(reader, world.deployment, { toBlock }), timeOf), at: Number(timestamp) }
  }
})
