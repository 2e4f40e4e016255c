/**
 * a hostile verifier that is allowed
 * |-- when it (each of HOSTILE_VERIFIERS) ... it reverts with BadSignature, and its gas is bounded
 * |-- when it accepts everything, and says so in 200 kilobytes ... it starts
 * |-- when it calls back ... the call fails, and nothing else has happened
 * |-- when it accepts everything ... the SelfAttested and WrongSigner checks are not its to pass
 * |-- when it starts to refuse ... release reverts with BadSignature, and the attester can still revoke
 * |-- when it starts to accept ... what was signed for another party stays refused
 * `-- when its code is gone ... release reverts with BadSignature
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, makeBinding, releaseMessage, signBinding, soon } from '../helpers/bindings.ts'
import type { ContractName } from '../helpers/deployed.ts'
import type { Device } from '../helpers/devices.ts'
import { expectReverts } from '../helpers/reverts.ts'
import { release, revoke } from '../helpers/standing.ts'
import { ACCEPTED, HOSTILE_VERIFIERS, allow, partyBehind, partyOf, verifierOf } from '../helpers/verifiers.ts'
import { ZERO_HASH, deploy, deployWorld, ethers, networkHelpers } from '../helpers/world.ts'

/** What a start needs, and what a verifier may burn. */
const GAS_USED_MAX = 800_000n

describe('a hostile verifier that is allowed', () => {
  describeHostileAnswers()
  describeChanges()
})

function describeHostileAnswers() {
  for (const [title, name, args] of HOSTILE_VERIFIERS) {
    it(`when it ${title} ... it reverts with BadSignature, and its gas is bounded`, async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const { registry, car } = world
      const party = await allow(world, await partyBehind(name, [...args]))
      const binding = await makeBinding(world, car, party)
      const signatures = await signBinding(world, binding, { device: car, party })
      // With a gas limit of its own the call is mined, not estimated: its gas can be read from the block.
      const sent = registry.bind(binding, signatures, car.signer, party.signer, { gasLimit: 10_000_000 })
      await expectReverts(world, sent, 'BadSignature', [party.signer])
      expect((await ethers.provider.getBlock('latest'))!.gasUsed).to.be.below(GAS_USED_MAX)
    })
  }

  it('when it accepts everything, and says so in 200 kilobytes ... it starts', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const party = await allow(world, await partyBehind('JunkAccount', [ACCEPTED, 200_000]))
    const { binding } = await bind(world, world.car, party)
    expect(await world.registry.check(binding)).to.equal(BindingStatus.ACTIVE)
  })

  it('when it accepts everything ... the SelfAttested and WrongSigner checks are not its to pass', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const party = await allow(world, await partyBehind('JunkAccount', [ACCEPTED, 32]))
    const { attester, attesterDevice } = world
    const asAttester = { ...party, id: attesterDevice.id }
    await expectReverts(world, bind(world, world.car, asAttester), 'SelfAttested', [attester.address])
    const asOther = { ...party, id: world.party.id }
    await expectReverts(world, bind(world, world.car, asOther), 'WrongSigner', [party.id, world.party.id])
  })

  it('when it calls back ... the call fails, and nothing else has happened', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { registry } = world
    const verifier = await deploy('ReenteringVerifier')
    const party = await allow(world, partyOf(String(verifier.target)))
    const victim = await bind(world, world.charger, world.operator)
    const named = { bindingId: victim.bindingId, sequence: 0, deadline: await soon(), successor: ZERO_HASH }
    const message = await releaseMessage(world, named)
    const args = [named, victim.binding, world.operator.signer, world.operator.sign(message)] as const
    await verifier.arm(registry.interface.encodeFunctionData('release', args))
    const { binding } = await bind(world, world.car, party)
    expect(await registry.check(binding)).to.equal(BindingStatus.ACTIVE)
    expect(await registry.check(victim.binding)).to.equal(BindingStatus.ACTIVE)
    // The callback was good: sent by itself it does what it says.
    await registry.release(...args)
    expect(await registry.check(victim.binding)).to.equal(BindingStatus.RELEASED)
  })
}

function describeChanges() {
  it('when it starts to refuse ... release reverts with BadSignature, and the attester can still revoke', async () => {
    const { world, party, bound } = await acceptingWorld()
    await becomes(party, 'JunkAccount', [ZERO_HASH, 32])
    await expectReverts(world, release(world, bound, { sequence: 0 }, party), 'BadSignature', [party.signer])
    await revoke(world, bound, { sequence: 0 })
    expect(await world.registry.check(bound.binding)).to.equal(BindingStatus.REVOKED)
  })

  it('when it starts to accept ... what was signed for another party stays refused', async () => {
    const { world, party } = await acceptingWorld()
    const victim = await bind(world, world.charger, world.operator)
    const forged = { ...party, sign: () => '0x' }
    const sent = release(world, victim, { sequence: 0 }, forged)
    await expectReverts(world, sent, 'WrongSigner', [party.id, world.operator.id])
  })

  it('when its code is gone ... release reverts with BadSignature', async () => {
    const { world, party, bound } = await acceptingWorld()
    await networkHelpers.setCode(verifierOf(party), '0x')
    await expectReverts(world, release(world, bound, { sequence: 0 }, party), 'BadSignature', [party.signer])
  })
}

/** The verifier accepted everything when the party started. */
async function acceptingWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const party = await allow(world, await partyBehind('JunkAccount', [ACCEPTED, 32]))
  return { world, party, bound: await bind(world, world.car, party) }
}

/** As behind a proxy: the code at the verifier's address is another one now. */
async function becomes(party: Device, name: ContractName, args: unknown[]) {
  const { target } = await deploy(name, args)
  await networkHelpers.setCode(verifierOf(party), await ethers.provider.getCode(target))
}
