import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { hashTypedData } from 'viem'
import { registryClient } from '../../../src/adapters/chain/registryClient.ts'
import { BindingStatus } from '../../../src/generated/constants.ts'
import { releaseTypes, resumeTypes, revokeTypes, suspendTypes } from '../../../src/generated/typedData.ts'
import * as Bindings from '../../../src/protocol/Binding.ts'
import { registryDomain } from '../../../src/protocol/Deployment.ts'
import * as SignerId from '../../../src/protocol/SignerId.ts'
import {
  ZERO_HASH,
  attester,
  bindMachine,
  makeBinding,
  p256Machine,
  secp256k1Machine,
  signAsParty,
  signBinding,
} from '../../helpers/machines.ts'
import type { World } from '../../helpers/world.ts'
import { openChannel, startWorld } from '../../helpers/world.ts'

describe('registryClient', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  after(() => world.stop())

  const relayed = () => registryClient({ clients: world.relayer, deployment: world.deployment })
  const domain = () => registryDomain(world.deployment)
  const names = (outcome: { events: readonly { eventName: string }[] }) =>
    outcome.events.map(({ eventName }) => eventName)
  const deadline = async () => Number((await world.reader.getBlock()).timestamp) + 1000

  it('given a new attester, when the admin accredits it, then it has an index, and nobody else can do it', async () => {
    const newcomer = world.beneficiary
    const { events } = await world.registry.accredit({ attester: newcomer })
    assert.deepEqual(
      events.map(({ eventName, args }) => [eventName, args]),
      [['AttesterAccredited', { attester: newcomer, index: 2 }]],
    )
    await assert.rejects(relayed().accredit({ attester: newcomer }), {
      name: 'Chain.RevertedError',
      errorName: 'AccessManagedUnauthorized',
      args: { caller: world.relayer.writer.account.address },
    })
    assert.deepEqual(names(await world.registry.retire({ attester: newcomer })), ['AttesterRetired'])
  })

  for (const kind of ['secp256k1', 'P-256'] as const) {
    it(`given a ${kind} device and three signatures, when anybody binds it, then it is its device’s head and active`, async () => {
      const device = kind === 'P-256' ? p256Machine('bound', world.chain) : secp256k1Machine('bound')
      const binding = await makeBinding(world.chain, device)
      const bindingId = Bindings.id(binding)
      assert.deepEqual(
        [await relayed().headOf(binding.deviceId), await relayed().check(binding)],
        [ZERO_HASH, BindingStatus.NONE],
      )

      const { events } = await relayed().bind(await signBinding(world.chain, device, binding))
      const [event] = events
      assert.ok(event?.eventName === 'BindingStarted')
      assert.deepEqual(
        [event.args.bindingId, event.args.binding, event.args.deviceSigner.toLowerCase()],
        [bindingId, binding, device.signer.toLowerCase()],
      )
      assert.equal(await relayed().headOf(SignerId.of(device.signer)), bindingId)
      assert.equal(await relayed().check(binding), BindingStatus.ACTIVE)
      const { startedAt, endsAt, status } = await relayed().recordOf(bindingId)
      assert.deepEqual(
        { startedAt, endsAt, status },
        { startedAt: event.args.startedAt, endsAt: binding.validUntil, status: 1 },
      )
    })
  }

  it('given a signature of another device, when it is bound, then it throws Reverted with both', async () => {
    const [device, forger] = [secp256k1Machine('forged'), secp256k1Machine('forger')]
    const signed = await signBinding(world.chain, device, await makeBinding(world.chain, device))
    const { signatures } = await signBinding(world.chain, forger, signed.binding)
    await assert.rejects(relayed().bind({ ...signed, signatures }), {
      errorName: 'IdentityRegistry_WrongSigner',
      args: { given: SignerId.of(forger.signer), expected: SignerId.of(device.signer) },
    })
  })

  it('given a bound device, when it is renewed, then the new binding is its head and the old one is renewed', async () => {
    const device = secp256k1Machine('renewed')
    const head = await bindMachine(world.chain, device)
    const binding = await makeBinding(world.chain, device, { previous: Bindings.id(head) })
    const outcome = await relayed().renew({ ...(await signBinding(world.chain, device, binding)), head })
    assert.deepEqual(names(outcome), ['BindingStarted', 'BindingRenewed'])
    assert.deepEqual(
      [await relayed().headOf(binding.deviceId), await relayed().check(head), await relayed().check(binding)],
      [Bindings.id(binding), BindingStatus.RENEWED, BindingStatus.ACTIVE],
    )
  })

  it('given a bound device, when it is suspended by either side and resumed by both, then its status follows', async () => {
    const device = secp256k1Machine('suspended')
    const binding = await bindMachine(world.chain, device)
    const partySigner = secp256k1Machine('party').signer
    for (const [index, side] of (['attester', 'party'] as const).entries()) {
      const message = { bindingId: Bindings.id(binding), sequence: 2 * index, deadline: await deadline() }
      const digest = hashTypedData({ domain: domain(), types: suspendTypes, primaryType: 'Suspend', message })
      if (side === 'attester')
        await relayed().suspendByAttester({ message, signature: await attester.sign({ hash: digest }) })
      else await relayed().suspendByParty({ binding, message, partySigner, signature: await signAsParty(digest) })
      assert.equal(await relayed().check(binding), BindingStatus.SUSPENDED)

      const resume = { ...message, sequence: message.sequence + 1 }
      const resumeDigest = hashTypedData({
        domain: domain(),
        types: resumeTypes,
        primaryType: 'Resume',
        message: resume,
      })
      await relayed().resume({
        binding,
        message: resume,
        partySigner,
        signature: await signAsParty(resumeDigest),
        attesterSignature: await attester.sign({ hash: resumeDigest }),
      })
      assert.equal(await relayed().check(binding), BindingStatus.ACTIVE)
    }
  })

  it('given a message was used, when it is sent again, then it throws Reverted with both sequences', async () => {
    const binding = await bindMachine(world.chain, secp256k1Machine('replayed'))
    const message = { bindingId: Bindings.id(binding), sequence: 1, deadline: await deadline() }
    const hash = hashTypedData({ domain: domain(), types: revokeTypes, primaryType: 'Revoke', message })
    await assert.rejects(relayed().revoke({ message, signature: await attester.sign({ hash }) }), {
      errorName: 'IdentityRegistry_WrongSequence',
      given: 1,
      expected: 0,
    })
  })

  it('given a bound payer, when the attester revokes it, then liability ends and anybody may request the close', async () => {
    const device = secp256k1Machine('revoked')
    const payer = { signer: device, binding: await bindMachine(world.chain, device) }
    const { channel } = await openChannel(world, 'of a revoked payer', { payer })
    const bindingId = Bindings.id(payer.binding)
    const { startedAt } = await relayed().recordOf(bindingId)
    const message = { bindingId, sequence: 0, deadline: await deadline() }
    const hash = hashTypedData({ domain: domain(), types: revokeTypes, primaryType: 'Revoke', message })
    const { events } = await relayed().revoke({ message, signature: await attester.sign({ hash }) })
    const [event] = events
    assert.ok(event?.eventName === 'BindingRevoked')
    const { endsAt } = event.args
    assert.equal(await relayed().check(payer.binding), BindingStatus.REVOKED)
    const liable = (seconds: number) => relayed().liableAt({ binding: payer.binding, seconds })
    assert.deepEqual(await Promise.all([startedAt - 1, startedAt, endsAt - 1, endsAt].map(liable)), [
      false,
      true,
      true,
      false,
    ])

    assert.deepEqual(names(await world.relayed.requestCloseOfEndedBinding({ channel })), ['CloseRequested'])
  })

  it('given a bound device, when its party releases it, then it has ended', async () => {
    const binding = await bindMachine(world.chain, secp256k1Machine('released'))
    const message = { bindingId: Bindings.id(binding), sequence: 0, successor: ZERO_HASH, deadline: await deadline() }
    const digest = hashTypedData({ domain: domain(), types: releaseTypes, primaryType: 'Release', message })
    const partySigner = secp256k1Machine('party').signer
    const outcome = await relayed().release({ binding, message, partySigner, signature: await signAsParty(digest) })
    assert.deepEqual(names(outcome), ['BindingReleased'])
    assert.equal(await relayed().check(binding), BindingStatus.RELEASED)
  })

  it('given a time in the future, when liability is asked for, then the view’s own error is thrown', async () => {
    const seconds = 4_000_000_000
    await assert.rejects(relayed().liableAt({ binding: world.car.binding, seconds }), {
      name: 'Chain.RevertedError',
      errorName: 'IdentityRegistry_FutureTime',
      given: seconds,
    })
  })
})
