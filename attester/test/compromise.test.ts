import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import {
  Credential,
  Deployment,
  TrustList,
  loadFastestBackend,
  present,
  secp256k1Signer,
  signTrustList,
} from '@musubi/sdk'
import type { Address, Hex } from 'viem'
import { keccak256, parseAbi, toFunctionSelector, toHex } from 'viem'
import { deviceSecret } from './support/devices.ts'
import { World, lastLine, secretOf } from './support/World.ts'

const DAY = 86_400
const DELAY_SECONDS = 3600
const ROLE = 7n
const MANAGER = parseAbi([
  'function setTargetFunctionRole(address target, bytes4[] selectors, uint64 role)',
  'function grantRole(uint64 role, address account, uint32 delay)',
])

/** An admin whose role has a delay, an attester whose key is stolen, and what verifiers without a chain see. */
describe('musubi-attester', () => {
  let world: World
  let attester: Address
  let published: { readonly list: string; readonly asOf: string }
  const ids: Hex[] = []
  const env = (device: number) => {
    writeFileSync(world.path(`${device}.key`), deviceSecret(device))
    return { MUSUBI_PARTY_KEY_FILE: world.keyFile('party'), MUSUBI_DEVICE_KEY_FILE: world.path(`${device}.key`) }
  }

  before(async () => {
    world = await World.start()
    attester = (await world.json(['init'])).attester as Address
    await world.cheapenKeystores()
    await world.giveEther(attester)
  })
  after(() => world.stop())

  const specOf = async (device: number) => {
    const { signer } = secp256k1Signer(deviceSecret(device), await loadFastestBackend())
    const validFrom = await world.now()
    const funding = { funder: world.wallets.issuer.address, funding: 'own', token: world.deployment.settlementToken }
    const limits = { maxPerPayment: '5', maxPerPeriod: '100', periodSeconds: DAY }
    writeFileSync(
      world.path(`${device}.json`),
      JSON.stringify({ deviceSigner: signer, validFrom, validUntil: validFrom + 90 * DAY, ...funding, ...limits }),
    )
    return world.path(`${device}.json`)
  }
  const bind = async (device: number) =>
    ids.push((await world.json(['bind', await specOf(device)], { env: env(device) })).bindingId as Hex)

  it('bind, given an attester that is not accredited, then it says so and sends nothing', async () => {
    const { code, name, message } = await world.fails(['bind', await specOf(0)], { env: env(0) })
    assert.equal(code, 1)
    assert.equal(name, 'Chain.RevertedError')
    assert.ok(message.includes('NotAccredited'))
  })

  it('accredit --send, given a role with a delay, then it schedules, waits, and executes', async () => {
    const { deployer, stranger } = world.wallets
    const { accessManager: address, identityRegistry } = world.deployment
    const selectors = [toFunctionSelector('function accredit(address)')]
    const write = { address, abi: MANAGER } as const
    await deployer.writer.writeContract({
      ...write,
      functionName: 'setTargetFunctionRole',
      args: [identityRegistry, selectors, ROLE],
    })
    await deployer.writer.writeContract({
      ...write,
      functionName: 'grantRole',
      args: [ROLE, stranger.address, DELAY_SECONDS],
    })
    writeFileSync(world.path('delayed.key'), secretOf(4))
    const admin = { env: { MUSUBI_ADMIN_KEY_FILE: world.path('delayed.key') } }
    const scheduled = await world.json(['accredit', '--send'], admin)
    assert.deepEqual([scheduled.call, scheduled.index], ['schedule', 0])
    const waiting = await world.json(['accredit', '--send'], admin)
    assert.equal(typeof waiting.waitUntil, 'string')
    await world.passTo((await world.now()) + DELAY_SECONDS + 1)
    const executed = await world.json(['accredit', '--send'], admin)
    assert.deepEqual([executed.call, executed.index], ['execute', 1])
  })

  it('show, given a mark on the attester, then bindings from before stand with a flag, and later ones have ended', async () => {
    await bind(0)
    await world.client.mine({ blocks: 2, interval: 30 })
    const since = await world.now()
    await world.client.mine({ blocks: 2, interval: 30 })
    await bind(2)
    // What a verifier gets is from before the mark.
    await world.finalize()
    published = (await world.json(['publish-status'])) as { list: string; asOf: string }
    await world.json(['export', '--out', world.path('credentials')])
    await world.registry(world.wallets.deployer).markCompromised({ attesterIndex: 1, sinceSeconds: since })
    const shown = await Promise.all(ids.map((id) => world.json(['show', id])))
    const rows = shown.map(({ bindings }) => (bindings as { status: string; flag: string }[])[0]!)
    assert.deepEqual(
      rows.map(({ status }) => status),
      ['ACTIVE', 'COMPROMISED'],
    )
    assert.ok(rows.every(({ flag }) => flag.startsWith('COMPROMISED ATTESTER')))
    assert.deepEqual(
      rows.map(({ flag }) => flag.endsWith('ended by the mark')),
      [false, true],
    )
    const at = String((await world.now()) - 1)
    assert.equal((await world.json(['show', ids[1]!, '--at', at])).liable !== null, true)
  })

  it('export, given where status lists are published, then the Verifiable Credential says so; nothing else is taken', async () => {
    const out = world.path('published')
    const options = (url: string) => ['--out', out, '--did', '--snapshot-url', url]
    const url = 'https://attester.example/newest.status'
    for (const bad of [
      ['--vc', ...options('http://attester.example/status')],
      ['--vc', ...options('status')],
      options(url),
    ]) {
      const { code, name } = await world.fails(['export', ...bad])
      assert.deepEqual([code, name, existsSync(out)], [2, 'Cli.BadOptionError', false])
    }
    // The SDK has the last word: longer than its readers take.
    assert.equal((await world.fails(['export', '--vc', ...options(`${url}?${'x'.repeat(2_000)}`)])).code, 1)
    assert.equal(existsSync(out), false)
    const shownIn = async (file: string) => {
      const at = ['--at', String(await world.now())]
      return await world.json(['verify', file, '--attester', attester, '--did-document', join(out, 'did.json'), ...at])
    }
    await world.json(['export', '--vc', ...options(url)])
    assert.equal((await shownIn(join(out, `${ids[0]!}.vc.jwt`))).snapshotUrl, url)
    await world.json(['export', '--vc', '--out', out])
    assert.equal((await shownIn(join(out, `${ids[0]!}.vc.jwt`))).snapshotUrl, null)
  })

  it('publish-status, given a compromised attester, then the registry refuses it', async () => {
    await world.finalize()
    const { name, message } = await world.fails(['publish-status', '--again'])
    assert.equal(name, 'Chain.RevertedError')
    assert.ok(message.includes('CompromisedAttester'))
  })

  it('verify, given a presentation, then it is judged by challenge, purpose and trust list', async () => {
    const credential = Credential.decode(readFileSync(world.path('credentials', `${ids[0]!}.credential`)))
    const [challenge, purpose, verifierDeviceId] = ['challenge', 'purpose', 'verifier'].map((word) =>
      keccak256(toHex(word)),
    ) as [Hex, Hex, Hex]
    const now = await world.now()
    const signer = secp256k1Signer(deviceSecret(0), await loadFastestBackend())
    const bytes = await present(credential, { verifierDeviceId, challenge, purpose, expiresAt: now + 60, signer })
    writeFileSync(world.path('shown'), bytes)
    const operator = secp256k1Signer(secretOf(3), await loadFastestBackend())
    const domain = Deployment.registryDomain(world.deployment)
    const trusted = { version: 1, validFrom: now - 1, validUntil: now + DAY, attesters: TrustList.sorted([attester]) }
    writeFileSync(
      world.path('trust.list'),
      TrustList.encode(await signTrustList(trusted, { domain, signer: operator })),
    )
    const at = ['--at', String(now)]
    const trust = ['--trust-list', world.path('trust.list'), '--trust-signer', operator.signer]
    const asked = ['--challenge', challenge, '--purpose', purpose, '--verifier-device', verifierDeviceId]
    const good = await world.json(['verify', world.path('shown'), ...trust, ...asked, ...at])
    assert.deepEqual([good.verdict, good.kind, good.unchecked], ['accepted', 'presentation', []])
    const open = await world.json(['verify', world.path('shown'), '--attester', attester, ...at])
    assert.equal((open.unchecked as string[]).length, 3)
    assert.equal((await world.json(['verify', world.path('trust.list'), ...trust.slice(2), ...at])).kind, 'trust list')

    const refused = async (...args: readonly string[]) => {
      const { code, out } = await world.run(['verify', ...args, '--json'])
      return [code, String(lastLine(out).reason).split(':')[0]]
    }
    const wrong = ['--challenge', purpose, '--purpose', purpose, '--verifier-device', verifierDeviceId]
    assert.deepEqual(await refused(world.path('shown'), ...trust, ...wrong, ...at), [
      1,
      'Presentation.WrongChallengeError',
    ])
    assert.deepEqual(await refused(world.path('shown'), ...trust, ...asked, '--at', String(now + 61)), [
      1,
      'Presentation.ExpiredError',
    ])
    const stranger = ['--trust-signer', world.wallets.stranger.address]
    assert.deepEqual(await refused(world.path('trust.list'), ...stranger, ...at), [1, 'TrustList.UnsignedError'])
    assert.equal((await world.fails(['verify', world.path('shown'), ...at])).name, 'Cli.NoAttesterError')
    const early = String(Date.parse(published.asOf) / 1000 - 1)
    const list = [published.list, '--attester', attester]
    assert.deepEqual(await refused(...list, '--at', early), [1, 'Verify.RefusedError'])
    assert.equal((await world.json(['verify', ...list, ...at])).verdict, 'accepted')
  })
})
