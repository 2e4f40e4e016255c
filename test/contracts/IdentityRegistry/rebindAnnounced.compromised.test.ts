/**
 * rebindAnnounced, by an attester whose key was in wrong hands
 * |-- given the announcing attester is compromised ... it reverts with CompromisedAttester
 * |-- given it is compromised since after the announcement ... it reverts with CompromisedAttester
 * `-- given the announcing attester is retired ... what it announced before is done
 */
import { expect } from 'chai'
import { rebindNoticeTypes } from '../../../sdk/src/generated/typedData.ts'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, bindingIdOf, registryMessage, signBinding, soon } from '../helpers/bindings.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { deployWorld, networkHelpers } from '../helpers/world.ts'

describe('rebindAnnounced, by an attester whose key was in wrong hands', () => {
  it('given the announcing attester is compromised ... it reverts with CompromisedAttester', async () => {
    const { world, head, announcedAt, rebind } = await announcedWorld()
    // The head is older than the mark's second, so it stands; the announcement is the thief's.
    await world.registry.markCompromised(1, announcedAt - 1)
    await expect(rebind())
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CompromisedAttester')
      .withArgs(world.attester.address, 1)
    expect(await world.registry.check(head.binding)).to.equal(BindingStatus.ACTIVE)
  })

  it('given it is compromised since after the announcement ... it reverts with CompromisedAttester', async () => {
    const { world, announcedAt, rebind } = await announcedWorld()
    await world.registry.markCompromised(1, announcedAt + 1)
    await expect(rebind())
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CompromisedAttester')
      .withArgs(world.attester.address, 1)
  })

  it('given the announcing attester is retired ... what it announced before is done', async () => {
    const { world, head, rebind } = await announcedWorld()
    await world.registry.retire(world.attester.address)
    await rebind()
    expect(await world.registry.check(head.binding)).to.equal(BindingStatus.REBOUND)
  })
})

/** The delay of an announcement is over; another attester vouches for what follows. */
async function announcedWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const { car, charger, operator, party, registry } = world
  const head = await bind(world, car, party)
  const { wallet: attester } = secp256k1Device('another attester')
  await registry.accredit(attester.address)
  const next = { ...head.binding, deviceId: charger.id, partyId: operator.id, previous: head.bindingId }
  const binding = { ...next, attester: attester.address }
  const notice = { bindingId: head.bindingId, sequence: 0, successor: bindingIdOf(binding), deadline: await soon() }
  await registry.announceRebind(
    notice,
    world.attesterDevice.sign(await registryMessage(world, rebindNoticeTypes, notice)),
  )
  const announcedAt = await networkHelpers.time.latest()
  await networkHelpers.time.increase(await registry.rebindDelaySeconds())
  const signatures = await signBinding(world, binding, { device: charger, party: operator, attester })
  const rebind = () => registry.rebindAnnounced(binding, head.binding, signatures, charger.signer, operator.signer)
  return { world, head, announcedAt, rebind }
}
