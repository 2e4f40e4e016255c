/**
 * parties that sign through an ERC-7913 verifier
 * |-- given the verifier is not allowed
 * |   |-- when a first binding names it ... bind reverts with VerifierNotAllowed
 * |   |-- when a buyer's signer names it ... rebind reverts with VerifierNotAllowed
 * |   `-- when a fleet's party names it ... enrol reverts with VerifierNotAllowed
 * |-- given the verifier is allowed
 * |   |-- when the party signs ... it starts
 * |   |-- when another key signs ... it reverts with BadSignature
 * |   |-- when the party has signed another binding ... it reverts with BadSignature
 * |   |-- when the party's signer is another key's ... it reverts with WrongSigner
 * |   |-- when it is a device's ... it reverts with BadSignature
 * |   |-- when the party buys ... it starts
 * |   |-- when the party enrols a fleet ... it is enrolled
 * |   |-- when the party has started ... it renews and rotates
 * |   |-- when the party suspends and resumes ... it does
 * |   |-- when the party releases ... it ends
 * |   |-- when the party vetoes ... it vetoes
 * |   `-- when the party sells ... it lets go
 * |-- given the verifier was disallowed after the party had started
 * |   |-- when the party binds another device ... bind reverts with VerifierNotAllowed
 * |   |-- when the party renews ... renew reverts with VerifierNotAllowed
 * |   |-- when the party rotates ... rotateKey reverts with VerifierNotAllowed
 * |   |-- when the party suspends and resumes ... it does
 * |   |-- when the party releases ... it ends
 * |   |-- when the party vetoes ... it vetoes
 * |   `-- when the party sells ... it lets go
 * |-- given the registry's own verifier was never allowed, or is disallowed ... a P-256 party starts
 * `-- given a signer that is an allowed verifier alone ... it is asked as an account, and bind reverts with BadSignature
 */
import { expect } from 'chai'
import { getAddress, keccak256 } from 'ethers'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, bindingMessage, makeBinding, renew } from '../helpers/bindings.ts'
import { p256Device } from '../helpers/devices.ts'
import type { Device } from '../helpers/devices.ts'
import { enrol, makeEnrolment } from '../helpers/leaves.ts'
import { expectReverts } from '../helpers/reverts.ts'
import { release, resume, suspendByParty } from '../helpers/standing.ts'
import { announceRebind, rebind, rotateKey, vetoRebind } from '../helpers/succession.ts'
import { ACCEPTED, allow, disallow, honestParty, partyBehind, verifierOf } from '../helpers/verifiers.ts'
import { deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

describe('parties that sign through an ERC-7913 verifier', () => {
  describe('given the verifier is not allowed', () => {
    it('when a first binding names it ... bind reverts with VerifierNotAllowed', async () => {
      const { world, party } = await verifierWorld()
      await expectNotAllowed(world, party, bind(world, world.car, party))
    })

    it("when a buyer's signer names it ... rebind reverts with VerifierNotAllowed", async () => {
      const { world, party } = await verifierWorld()
      const head = await bind(world, world.car, world.party)
      await expectNotAllowed(world, party, rebind(world, head, { party }))
    })

    it("when a fleet's party names it ... enrol reverts with VerifierNotAllowed", async () => {
      const { world, party } = await verifierWorld()
      const enrolment = makeEnrolment([await makeBinding(world, world.car, party)])
      await expectNotAllowed(world, party, enrol(world, enrolment, party))
    })
  })

  describe('given the verifier is allowed', () => {
    describeAllowed()
    describeStarted()
  })
  describe('given the verifier was disallowed after the party had started', () => {
    describeDisallowed()
  })

  it("given the registry's own verifier was never allowed, or is disallowed ... a P-256 party starts", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    await bind(world, world.car, p256Device('a party', String(world.verifier.target)))
    await world.registry.setVerifier(world.verifier.target, false)
    const { binding } = await bind(world, world.charger, p256Device('another party', String(world.verifier.target)))
    expect(await world.registry.check(binding)).to.equal(BindingStatus.ACTIVE)
  })

  it('given a signer that is an allowed verifier alone ... it is asked as an account, and bind reverts with BadSignature', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const longer = await allow(world, await partyBehind('JunkAccount', [ACCEPTED, 32]))
    const signer = verifierOf(longer)
    const party = { ...longer, signer, id: keccak256(signer) }
    await expectReverts(world, bind(world, world.car, party), 'BadSignature', [signer])
  })
})

function describeAllowed() {
  it('when the party signs ... it starts', async () => {
    const { world, bound } = await startedWorld()
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.ACTIVE)
  })

  it('when another key signs ... it reverts with BadSignature', async () => {
    const { world, party } = await allowedWorld()
    const { sign } = p256Device('another', verifierOf(party))
    await expectReverts(world, bind(world, world.car, { ...party, sign }), 'BadSignature', [party.signer])
  })

  it('when the party has signed another binding ... it reverts with BadSignature', async () => {
    const { world, party } = await allowedWorld()
    const another = await makeBinding(world, world.charger, party)
    const sign = () => party.sign(message)
    const message = await bindingMessage(world, another)
    await expectReverts(world, bind(world, world.car, { ...party, sign }), 'BadSignature', [party.signer])
  })

  it("when the party's signer is another key's ... it reverts with WrongSigner", async () => {
    const { world, party } = await allowedWorld()
    const another = p256Device('another', verifierOf(party))
    const sent = bind(world, world.car, { ...another, id: party.id })
    await expectReverts(world, sent, 'WrongSigner', [another.id, party.id])
  })

  it("when it is a device's ... it reverts with BadSignature", async () => {
    const { world, party } = await allowedWorld()
    await expectReverts(world, bind(world, party, world.party), 'BadSignature', [party.signer])
  })

  it('when the party buys ... it starts', async () => {
    const { world, party } = await allowedWorld()
    const head = await bind(world, world.car, world.party)
    const successor = await rebind(world, head, { party })
    expect(await world.registry.check(successor.binding)).to.equal(BindingStatus.ACTIVE)
  })

  it('when the party enrols a fleet ... it is enrolled', async () => {
    const { world, party } = await allowedWorld()
    const enrolmentId = await enrol(world, makeEnrolment([await makeBinding(world, world.car, party)]), party)
    expect((await world.registry.enrolmentOf(enrolmentId)).attesterIndex).to.equal(1)
  })
}

function describeStarted() {
  it('when the party has started ... it renews and rotates', async () => {
    const { world, party, bound } = await startedWorld()
    const renewed = await renew(world, world.car, party, bound.binding)
    const rotated = await rotateKey(world, renewed, { party })
    expect(await world.registry.check(rotated.binding)).to.equal(BindingStatus.ACTIVE)
  })

  describeSay(startedWorld)
}

function describeDisallowed() {
  it('when the party binds another device ... bind reverts with VerifierNotAllowed', async () => {
    const { world, party } = await disallowedWorld()
    await expectNotAllowed(world, party, bind(world, world.charger, party))
  })

  it('when the party renews ... renew reverts with VerifierNotAllowed', async () => {
    const { world, party, bound } = await disallowedWorld()
    await expectNotAllowed(world, party, renew(world, world.car, party, bound.binding))
  })

  it('when the party rotates ... rotateKey reverts with VerifierNotAllowed', async () => {
    const { world, party, bound } = await disallowedWorld()
    await expectNotAllowed(world, party, rotateKey(world, bound, { party }))
  })

  describeSay(disallowedWorld)
}

/** What a party may say about its record, whatever became of its verifier's permission. */
function describeSay(arrange: typeof startedWorld) {
  it('when the party suspends and resumes ... it does', async () => {
    const { world, party, bound } = await arrange()
    await suspendByParty(world, bound, { sequence: 0 }, party)
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.SUSPENDED)
    await resume(world, bound, { sequence: 1 }, party)
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.ACTIVE)
  })

  it('when the party releases ... it ends', async () => {
    const { world, party, bound } = await arrange()
    await release(world, bound, { sequence: 0 }, party)
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.RELEASED)
  })

  it('when the party vetoes ... it vetoes', async () => {
    const { world, party, bound } = await arrange()
    await announceRebind(world, bound, { sequence: 0 })
    await expect(vetoRebind(world, bound, { sequence: 1 }, party)).to.emit(world.registry, 'RebindVetoed')
  })

  it('when the party sells ... it lets go', async () => {
    const { world, party, bound } = await arrange()
    await rebind(world, bound, { seller: party })
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.REBOUND)
  })
}

async function verifierWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, party: await honestParty() }
}

async function allowedWorld() {
  const { world, party } = await verifierWorld()
  return { world, party: await allow(world, party) }
}

async function startedWorld() {
  const { world, party } = await allowedWorld()
  return { world, party, bound: await bind(world, world.car, party) }
}

async function disallowedWorld() {
  const started = await startedWorld()
  await disallow(started.world, started.party)
  return started
}

async function expectNotAllowed(world: World, party: Device, sent: Promise<unknown>) {
  await expectReverts(world, sent, 'VerifierNotAllowed', [getAddress(verifierOf(party))])
}
