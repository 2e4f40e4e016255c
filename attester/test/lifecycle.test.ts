import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { Binding, Bytes, Credential, Deployment, registryEvents } from '@musubi/sdk'
import type { Hex } from 'viem'
import { toHex } from 'viem'
import { deviceSecret, deviceSigner, fleetCsv } from './support/devices.ts'
import { World } from './support/World.ts'

const DAY = 86_400

/** The whole life of an attester on one chain, command after command: each step stands on the one before. */
describe('musubi-attester', () => {
  let world: World
  let attester: Hex
  let from: number
  const party = () => ({ MUSUBI_PARTY_KEY_FILE: world.keyFile('party') })
  const device = (index: number) => {
    writeFileSync(world.path(`device-${index}.key`), deviceSecret(index))
    return { MUSUBI_DEVICE_KEY_FILE: world.path(`device-${index}.key`) }
  }

  before(async () => {
    world = await World.start()
    from = await world.now()
  })
  after(() => world.stop())

  const specOf = async (index: number, days = 30, start = from) => {
    const { p256Sha256Verifier, settlementToken } = world.deployment
    const path = world.path(`device-${index}.json`)
    const times = { validFrom: start, validUntil: start + days * DAY }
    const funding = { funder: world.wallets.issuer.address, funding: 'credit', token: settlementToken }
    const limits = { maxPerPayment: '5', maxPerPeriod: '100', periodSeconds: DAY }
    const { signer } = await deviceSigner(index, p256Sha256Verifier)
    writeFileSync(path, JSON.stringify({ deviceSigner: signer, ...times, ...funding, ...limits }))
    return path
  }
  const csvOf = async (name: string, count: number) => {
    const { p256Sha256Verifier: p256Verifier, settlementToken: token } = world.deployment
    const times = { validFrom: from, validUntil: from + 60 * DAY }
    writeFileSync(
      world.path(name),
      await fleetCsv(count, { p256Verifier, token, funder: world.wallets.issuer.address, ...times }),
    )
    return world.path(name)
  }

  it('init, given no state, then it makes one with a key, and a second time changes nothing', async () => {
    const first = await world.json(['init', '--did-web', 'attester.example'])
    attester = first.attester as Hex
    const keystore = readFileSync(world.path('state', 'keystore.json'), 'utf8')
    assert.deepEqual(await world.json(['init', '--did-web', 'attester.example']), first)
    assert.equal(readFileSync(world.path('state', 'keystore.json'), 'utf8'), keystore)
    assert.equal(first.did, 'did:web:attester.example')
    assert.equal((await world.fails(['init', '--did-web', 'other.example'])).name, 'State.OtherConfigError')
    await world.giveEther(attester)
    await world.cheapenKeystores()
  })

  it('accredit, given no admin key, then it prints calls that the admin can send', async () => {
    const admin = world.wallets.deployer.address
    const plan = (await world.json(['accredit', '--admin', admin])) as {
      calls: { accredit: { to: Hex; data: Hex } }
      admin: object
    }
    assert.deepEqual(plan.admin, { address: admin, immediate: true, delaySeconds: 0, scheduledFor: 0 })
    assert.equal(plan.calls.accredit.to, world.deployment.identityRegistry)
    const env = { MUSUBI_ADMIN_KEY_FILE: world.keyFile('admin') }
    const dry = await world.json(['accredit', '--send', '--dry-run'], { env })
    assert.equal(dry.dryRun, true)
    assert.equal(dry.index, 0)
    assert.equal((await world.json(['accredit', '--send'], { env })).index, 1)
    assert.equal((await world.json(['accredit'])).accredited, true)
  })

  it('enrol, given a party that signs elsewhere, then two steps give one enrolment', async () => {
    const csv = await csvOf('fleet.csv', 9)
    const named = ['--party', world.wallets.parties[0]!.address]
    assert.equal((await world.fails(['enrol', csv])).name, 'Cli.NoPartyError')
    assert.equal((await world.fails(['enrol', csv, ...named])).name, 'Cli.NoSignatureError')
    const request = world.path('request.json')
    await world.json(['enrol', csv, ...named, '--prepare', request])
    const signature = world.path('signature.json')
    const stranger = await world.fails(['sign', request, '--out', signature], {
      env: { MUSUBI_KEY_FILE: world.keyFile('buyer') },
    })
    assert.equal(stranger.name, 'Keys.WrongKeyError')
    await world.json(['sign', request, '--out', signature], { env: { MUSUBI_KEY_FILE: world.keyFile('party') } })
    const signed = [...named, '--party-signature', signature, '--out', world.path('leaves.jsonl')]
    const dry = await world.json(['enrol', csv, ...signed, '--dry-run'])
    assert.equal(dry.dryRun, true)
    assert.ok(BigInt(dry.costWei as string) > 0n)
    assert.deepEqual(await eventsNamed('Enrolled'), [])
    const sent = await world.json(['enrol', csv, ...signed])
    assert.equal(sent.devices, 9)
    const again = await world.json(['enrol', csv, ...signed])
    assert.equal(again.already, true)
    assert.deepEqual(
      (await eventsNamed('Enrolled')).map(({ args }) => (args as { enrolmentId: Hex }).enrolmentId),
      [sent.enrolmentId],
    )
  })

  it('an exported leaf, given its device, then it activates', async () => {
    const leaves = readFileSync(world.path('leaves.jsonl'), 'utf8').trim().split('\n')
    const out = world.path('credentials')
    const exported = await world.json(['export', '--out', out, '--vc', '--did'])
    assert.deepEqual(exported, { credentials: 9, skipped: 0, out, vc: true, did: 'did:web:attester.example' })
    for (const index of [0, 1]) {
      const { bindingId } = JSON.parse(leaves[index]!) as { bindingId: Hex }
      const credential = Credential.decode(readFileSync(world.path('credentials', `${bindingId}.credential`)))
      assert.ok(credential.proof.kind === 'leaf')
      const { enrolment, siblings: proof } = credential.proof
      const { binding, deviceSigner: signer } = credential
      assert.equal(Binding.id(binding), bindingId)
      const digest = Bytes.fromHex(Binding.digest(binding, Deployment.registryDomain(world.deployment)))
      const deviceSignature = toHex(await (await deviceSigner(index, world.deployment.p256Sha256Verifier)).sign(digest))
      await world.registry().activate({ enrolment, binding, index, proof, deviceSigner: signer, deviceSignature })
    }
    assert.equal((await eventsNamed('BindingStarted')).length, 2)
  })

  it('bind, given keys of device and party, then the device is bound, and a second run finds it so', async () => {
    const spec = await specOf(100)
    const env = { ...party(), ...device(100) }
    const dry = await world.json(['bind', spec, '--dry-run'], { env })
    assert.equal(dry.dryRun, true)
    const bound = await world.json(['bind', spec], { env })
    assert.equal(dry.bindingId, bound.bindingId)
    assert.equal((await world.json(['bind', spec], { env })).already, true)
  })

  it('bind, given a P-256 device and a party that sign elsewhere, then another pays', async () => {
    const spec = await specOf(101)
    const { signer } = await deviceSigner(101, world.deployment.p256Sha256Verifier)
    const named = ['--party', world.wallets.parties[0]!.address]
    await world.json(['bind', spec, ...named, '--prepare', world.path('asked')])
    const { digest } = JSON.parse(readFileSync(world.path('asked', 'device.request.json'), 'utf8')) as { digest: Hex }
    const key = await deviceSigner(101, world.deployment.p256Sha256Verifier)
    writeFileSync(world.path('d.sig'), toHex(await key.sign(Bytes.fromHex(digest))))
    const partyRequest = world.path('asked', 'party.request.json')
    await world.json(['sign', partyRequest, '--out', world.path('p.sig')], {
      env: { MUSUBI_KEY_FILE: world.keyFile('party') },
    })
    const signed = ['--device-signature', world.path('d.sig'), '--party-signature', world.path('p.sig')]
    const swapped = ['--device-signature', world.path('p.sig'), '--party-signature', world.path('d.sig')]
    assert.equal((await world.fails(['bind', spec, ...named, ...swapped])).name, 'Requests.WrongSignatureError')
    const env = { MUSUBI_PAYER_KEY_FILE: world.keyFile('payer') }
    await world.json(['bind', spec, ...named, ...signed], { env })
    const shown = (await world.json(['show', signer])) as { bindings: { status: string }[] }
    assert.deepEqual(
      shown.bindings.map(({ status }) => status),
      ['ACTIVE'],
    )
  })

  it('enrol, given devices that were bound before, then it names their rows', async () => {
    const { name, message } = await world.fails(['enrol', await csvOf('again.csv', 3)], { env: party() })
    assert.equal(name, 'Devices.BadRowsError')
    // The first two have activated their leaves.
    assert.deepEqual(message.match(/row \d+, \w+/g), ['row 2, previous', 'row 3, previous'])
  })

  it('show, given a renewal, a new key and a resale, then every id leads to the whole line, and each moment to its party', async () => {
    const env = { ...party(), ...device(102) }
    const ids: Hex[] = []
    const moments: number[] = []
    const step = async (args: readonly string[], more: Record<string, string>) => {
      ids.push((await world.json(args, { env: { ...env, ...more } })).bindingId as Hex)
      moments.push(await world.now())
      await world.client.mine({ blocks: 3, interval: 10 })
    }
    await step(['bind', await specOf(102)], {})
    await step(['renew', await specOf(102, 40), '--head', ids[0]!], {})
    await step(['rotate', await specOf(104, 40), '--head', ids[1]!], device(104))
    const deadline = String((await world.now()) + 3600)
    const old = { MUSUBI_OLD_PARTY_KEY_FILE: world.keyFile('party'), MUSUBI_PARTY_KEY_FILE: world.keyFile('buyer') }
    const rebind = ['rebind', await specOf(106, 50), '--head', ids[2]!]
    assert.equal((await world.fails(rebind, { env: { ...env, ...old } })).name, 'Cli.NoDeadlineError')
    await step([...rebind, '--release-deadline', deadline], { ...device(106), ...old })

    const expected = ['RENEWED', 'ROTATED', 'REBOUND', 'ACTIVE']
    const { deviceSigner: oldest } = JSON.parse(readFileSync(world.path('device-102.json'), 'utf8')) as {
      deviceSigner: Hex
    }
    for (const named of [...ids, oldest, (await deviceSigner(106, world.deployment.p256Sha256Verifier)).signer]) {
      const shown = (await world.json(['show', named])) as { bindings: { bindingId: Hex; status: string }[] }
      assert.deepEqual(
        shown.bindings.map(({ bindingId }) => bindingId),
        ids,
      )
      assert.deepEqual(
        shown.bindings.map(({ status }) => status),
        expected,
      )
    }
    const liable: unknown[] = []
    for (const at of moments) liable.push((await world.json(['show', ids[0]!, '--at', String(at)])).liable)
    assert.equal(new Set(liable.slice(0, 3)).size, 1)
    assert.equal(new Set(liable).size, 2)
    assert.equal((await world.json(['show', ids[3]!, '--at', String(from - 1)])).liable, null)
  })

  it('suspend and revoke, given bindings and a leaf, then each is stopped once', async () => {
    const leaves = readFileSync(world.path('leaves.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { bindingId: Hex })
    const [active, other, leaf, kept] = leaves.map(({ bindingId }) => bindingId) as [Hex, Hex, Hex, Hex]
    const suspended = await world.json(['suspend', active])
    assert.deepEqual(suspended.bindings, [{ bindingId: active, result: 'suspended' }])
    const again = await world.json(['suspend', active])
    assert.deepEqual(again.bindings, [{ bindingId: active, result: 'already SUSPENDED' }])
    assert.equal((await world.fails(['suspend', leaf])).name, 'Standing.UnknownBindingError')
    writeFileSync(world.path('stolen.json'), JSON.stringify([active, other, leaf]))
    const dry = (await world.json(['revoke', world.path('stolen.json'), '--dry-run'])) as {
      transactions: { call: string }[]
    }
    assert.deepEqual(
      dry.transactions.map(({ call }) => call),
      ['revokeMany', 'revokeLeaves'],
    )
    await world.json(['revoke', world.path('stolen.json')])
    assert.equal((await eventsNamed('BindingRevoked')).length, 2)
    assert.equal((await eventsNamed('LeavesRevoked')).length, 1)
    const single = await world.json(['revoke', active])
    assert.deepEqual(single.bindings, [{ bindingId: active, result: 'already REVOKED' }])
    assert.notEqual(kept, leaf)
  })

  it('publish-status, given finalized blocks, then list and tokens are there, anchored, and once a day', async () => {
    await world.finalize()
    const published = await world.json(['publish-status'])
    // Two revoked, one revoked leaf, and what was renewed, rotated and rebound.
    assert.equal(published.listed, 6)
    assert.equal(published.dryRun, false)
    const tokens = readFileSync(published.tokens as string, 'utf8')
      .trim()
      .split('\n')
    // Six leaves that stand, the two bound alone, and the buyer's.
    assert.equal(tokens.length, 9)
    const again = await world.json(['publish-status'])
    assert.equal(again.already, true)
    assert.equal(again.root, published.root)
    assert.equal((await eventsNamed('StatusAnchored')).length, 1)
    const at = ['--at', String(await world.now())]
    const verdict = await world.json(['verify', published.list as string, '--attester', attester, ...at])
    assert.equal(verdict.verdict, 'accepted')
    assert.equal(verdict.count, 6)
  })

  it('verify, given a credential with the day’s token, then it is accepted; damaged, foreign or stale, it is refused', async () => {
    const out = world.path('fresh')
    await world.json(['export', '--out', out, '--vc', '--did'])
    const leaves = readFileSync(world.path('leaves.jsonl'), 'utf8').trim().split('\n')
    const { bindingId } = JSON.parse(leaves[4]!) as { bindingId: Hex }
    const file = `${out}/${bindingId}.credential`
    const at = ['--at', String(await world.now())]
    const good = await world.json(['verify', file, '--attester', attester, ...at, '--freshness-max', String(2 * DAY)])
    assert.equal(good.verdict, 'accepted')
    assert.equal(good.bindingId, bindingId)
    assert.notEqual(good.freshAsOf, null)
    const refused = async (args: readonly string[]) => {
      const { code, out: printed } = await world.run(['verify', ...args, '--json'])
      return [code, (JSON.parse(printed.trim()) as { reason?: string }).reason?.split(':')[0]]
    }
    assert.deepEqual(await refused([file, '--attester', world.wallets.stranger.address, ...at]), [
      1,
      'Verify.RefusedError',
    ])
    assert.deepEqual(await refused([file, '--attester', attester, '--at', String(from + 61 * DAY)]), [
      1,
      'Verify.RefusedError',
    ])
    const late = ['--at', String(from + 20 * DAY), '--freshness-max', String(DAY)]
    assert.deepEqual(await refused([file, '--attester', attester, ...late]), [1, 'Presentation.StaleFreshnessError'])
    const bytes = readFileSync(file)
    bytes[30] = bytes[30]! ^ 1
    writeFileSync(world.path('damaged'), bytes)
    // A byte of the attester's address: nobody whom this verifier believes.
    assert.deepEqual(await refused([world.path('damaged'), '--attester', attester, ...at]), [1, 'Verify.RefusedError'])
    writeFileSync(world.path('junk'), 'no such thing')
    assert.equal((await refused([world.path('junk'), '--attester', attester]))[0], 1)
    const jwt = [`${out}/${bindingId}.vc.jwt`, '--attester', attester, '--issuer', 'did:web:attester.example']
    const vc = await world.json(['verify', ...jwt, '--did-document', `${out}/did.json`, ...at])
    assert.equal(vc.bindingId, bindingId)
    assert.equal((await refused([jwt[0]!, '--attester', attester, ...at]))[0], 1)
  })

  async function eventsNamed(name: string) {
    const { reader } = world.wallets.operator
    const toBlock = await reader.getBlockNumber({ cacheTime: 0 })
    const found: { eventName: string; args: unknown }[] = []
    for await (const event of registryEvents(reader, world.deployment, { toBlock })) found.push(event)
    return found.filter(({ eventName }) => eventName === name)
  }
})
