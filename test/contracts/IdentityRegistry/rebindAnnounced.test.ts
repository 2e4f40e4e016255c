/**
 * rebindAnnounced
 * |-- (each of successionCases.ts)
 * |-- given the party is the same ... it reverts with SameParty
 * |-- given nothing was announced ... it reverts with NotAnnounced
 * |-- given the party has vetoed ... it reverts with NotAnnounced
 * |-- given the delay is over in a second ... it reverts with TooEarly
 * |-- given the attester that announced is compromised ... it reverts with CompromisedAttester
 * |-- given the new device's signature, the new party's, the attester's (each of signatureCases.ts)
 * |-- given another successor was announced ... it reverts with WrongSuccessor
 * |-- given the delay is over this second
 * |   |-- it ends the head now, raises its sequence, and leaves the rest of its record
 * |   |-- it writes the new record, and makes it the new key's head
 * |   |-- it forgets what was announced
 * |   |-- it emits BindingStarted and BindingRebound
 * |   `-- it returns the binding's id
 * |-- given it was announced long ago ... it rebinds
 * |-- given the head was suspended in the meantime ... it rebinds
 * |-- given the attester that announced is retired ... it rebinds with another one
 * |-- given the head was renewed in the meantime ... for the renewal it reverts with NotAnnounced
 * `-- given the head ended in the meantime by release or revoke ... it reverts with WrongStatus
 */
import { expect } from 'chai'
import { id } from 'ethers'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { withAnotherAttester } from '../helpers/attesters.ts'
import { bind, bindingMessage, renew, signBinding } from '../helpers/bindings.ts'
import { expectReverts } from '../helpers/reverts.ts'
import { describeSignerLeftOut } from '../helpers/leftOutCases.ts'
import {
  describeErc1271Account,
  describeErc1271Refused,
  describeP256Signer,
  describeSecp256k1Signer,
} from '../helpers/signatureCases.ts'
import type { Arrange } from '../helpers/signatureCases.ts'
import { deploySpendingWorld, spend } from '../helpers/spending.ts'
import { release, revoke, suspendByParty } from '../helpers/standing.ts'
import type { Bound } from '../helpers/standing.ts'
import {
  REBIND_DELAY,
  announceAndWait,
  announceRebind,
  buyer,
  newKey,
  rebindAnnounced,
  signedAnnounced,
  successorOf,
  vetoRebind,
} from '../helpers/succession.ts'
import { describeSuccessionCases, expectTaken } from '../helpers/successionCases.ts'
import { YEN, ZERO_HASH, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

type Role = 'device' | 'party' | 'attester'

/** The signer takes the role in the successor; an attester is the world's own. */
function arrangeSignature(role: Role): Arrange {
  const error = role === 'attester' ? 'IdentityRegistry_BadAttesterSignature' : 'IdentityRegistry_BadSignature'
  return async (world, signer) => {
    const head = await bind(world, world.car, world.party)
    const device = role === 'device' ? signer : newKey
    const party = role === 'party' ? signer : buyer
    const signers = { device, party }
    const { binding } = successorOf(head, signers)
    await announceAndWait(world, head, signers)
    const signatures = await signBinding(world, binding, signers)
    const named = [device.signer, party.signer] as const
    return {
      contract: world.registry,
      message: await bindingMessage(world, binding),
      send: (signature, gas = {}) =>
        world.registry.rebindAnnounced(binding, head.binding, { ...signatures, [role]: signature }, ...named, gas),
      refusal: { error, args: [role === 'attester' ? signer.signer : signer.signer.toLowerCase()] },
      event: 'BindingRebound',
    }
  }
}

describe('rebindAnnounced', () => {
  describeSuccessionCases((world, head, succession) => rebindAnnounced(world, head, succession))

  it('given the party is the same ... it reverts with SameParty', async () => {
    const { world, head } = await boundWorld()
    await expect(rebindAnnounced(world, head, { party: world.party }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_SameParty')
      .withArgs(world.party.id)
  })

  describeAnnouncement()

  describe("given the new device's signature", () => {
    describeSecp256k1Signer(arrangeSignature('device'))
    describeSignerLeftOut(arrangeSignature('device'))
    describeP256Signer(arrangeSignature('device'))
    describeErc1271Refused(arrangeSignature('device'))
  })
  describe("given the new party's signature", () => {
    describeSecp256k1Signer(arrangeSignature('party'))
    describeSignerLeftOut(arrangeSignature('party'))
    describeP256Signer(arrangeSignature('party'))
    describeErc1271Account(arrangeSignature('party'))
  })
  describe("given the attester's signature", () => {
    describeSecp256k1Signer(arrangeSignature('attester'), 'attester')
    describeErc1271Account(arrangeSignature('attester'), 'attester')
  })

  it('given another successor was announced ... it reverts with WrongSuccessor', async () => {
    const { world, head } = await boundWorld()
    await announceAndWait(world, head)
    const another = { overrides: { billingRef: id('another account') } }
    await expect(rebindAnnounced(world, head, another))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongSuccessor')
      .withArgs(successorOf(head, another).bindingId, successorOf(head).bindingId)
  })

  describeReady()
  describeMeantime()
})

function describeAnnouncement() {
  it('given nothing was announced ... it reverts with NotAnnounced', async () => {
    const { world, head } = await boundWorld()
    await expect(rebindAnnounced(world, head))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotAnnounced')
      .withArgs(head.bindingId)
  })

  it('given the party has vetoed ... it reverts with NotAnnounced', async () => {
    const { world, head } = await boundWorld()
    await announceAndWait(world, head)
    await vetoRebind(world, head, { sequence: 1 })
    await expect(rebindAnnounced(world, head))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotAnnounced')
      .withArgs(head.bindingId)
  })

  it('given the delay is over in a second ... it reverts with TooEarly', async () => {
    const { world, head, readyAt } = await announcedWorld()
    await networkHelpers.time.setNextBlockTimestamp(readyAt - 1)
    await expect(rebindAnnounced(world, head))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_TooEarly')
      .withArgs(head.bindingId, readyAt - 1, readyAt)
  })

  it('given the attester that announced is compromised ... it reverts with CompromisedAttester', async () => {
    const { world, head } = await boundWorld()
    const other = await withAnotherAttester(world)
    const overrides = { attester: other.attester.address }
    const since = await networkHelpers.time.latest()
    await announceAndWait(world, head, { overrides })
    await world.registry.markCompromised(1, since)
    expect(await world.registry.check(head.binding)).to.equal(BindingStatus.ACTIVE)
    await expect(rebindAnnounced(other, head, { overrides }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CompromisedAttester')
      .withArgs(world.attester.address, 1)
  })
}

function describeReady() {
  describe('given the delay is over this second', () => {
    it('it ends the head now, raises its sequence, and leaves the rest of its record', async () => {
      const { world, head, readyAt } = await announcedWorld()
      const before = await recordOf(world, head)
      await networkHelpers.time.setNextBlockTimestamp(readyAt)
      await rebindAnnounced(world, head)
      const status = BigInt(BindingStatus.REBOUND)
      expect(await recordOf(world, head)).to.deep.equal({ ...before, endsAt: BigInt(readyAt), sequence: 2n, status })
    })

    it("it writes the new record, and makes it the new key's head", async () => {
      const { world, head, readyAt } = await announcedWorld()
      await networkHelpers.time.setNextBlockTimestamp(readyAt)
      const successor = await rebindAnnounced(world, head)
      expect(await world.registry.headOf(newKey.id)).to.equal(successor.bindingId)
      expect(await recordOf(world, successor)).to.deep.equal({
        startedAt: BigInt(readyAt),
        endsAt: BigInt(successor.binding.validUntil),
        period: 0n,
        exposure: 0n,
        sequence: 0n,
        attesterIndex: 1n,
        status: BigInt(BindingStatus.ACTIVE),
      })
    })

    it('it forgets what was announced', async () => {
      const { world, head, readyAt } = await announcedWorld()
      await networkHelpers.time.setNextBlockTimestamp(readyAt)
      await rebindAnnounced(world, head)
      expect([...(await world.registry.announcedRebindOf(head.bindingId))]).to.deep.equal([ZERO_HASH, 0n])
    })

    it('it emits BindingStarted and BindingRebound', async () => {
      const { world, head, readyAt } = await announcedWorld()
      const signed = await signedAnnounced(world, head)
      await expectTaken(world, { ...signed, head, device: newKey, ending: 'BindingRebound', at: readyAt })
    })

    it("it returns the binding's id", async () => {
      const { world, head } = await boundWorld()
      await announceAndWait(world, head)
      const { successor, signatures } = await signedAnnounced(world, head)
      const args = [successor.binding, head.binding, signatures, newKey.signer, buyer.signer] as const
      expect(await world.registry.rebindAnnounced.staticCall(...args)).to.equal(successor.bindingId)
    })
  })
}

function describeMeantime() {
  it('given it was announced long ago ... it rebinds', async () => {
    const { world, head, readyAt } = await announcedWorld()
    await networkHelpers.time.increaseTo(readyAt + 10 * REBIND_DELAY)
    await rebindAnnounced(world, head)
    expect(await world.registry.check(head.binding)).to.equal(BindingStatus.REBOUND)
  })

  it('given the head was suspended in the meantime ... it rebinds', async () => {
    const { world, head } = await boundWorld()
    await announceAndWait(world, head)
    await suspendByParty(world, head, { sequence: 1 })
    const successor = await rebindAnnounced(world, head)
    expect(await world.registry.check(head.binding)).to.equal(BindingStatus.REBOUND)
    expect(await world.registry.check(successor.binding)).to.equal(BindingStatus.ACTIVE)
  })

  it('given the attester that announced is retired ... it rebinds with another one', async () => {
    const { world, head } = await boundWorld()
    const other = await withAnotherAttester(world)
    const overrides = { attester: other.attester.address }
    await announceAndWait(world, head, { overrides })
    await world.registry.retire(world.attester.address)
    const successor = await rebindAnnounced(other, head, { overrides })
    expect(await world.registry.check(successor.binding)).to.equal(BindingStatus.ACTIVE)
  })

  it('given the head was renewed in the meantime ... for the renewal it reverts with NotAnnounced', async () => {
    const { world, head } = await boundWorld()
    await announceAndWait(world, head)
    const renewed = await renew(world, world.car, world.party, head.binding)
    await expectReverts(world, rebindAnnounced(world, renewed), 'NotAnnounced', [renewed.bindingId])
  })

  for (const [end, status] of [
    [release, BindingStatus.RELEASED],
    [revoke, BindingStatus.REVOKED],
  ] as const) {
    it(`given the head ended in the meantime by ${end.name} ... it reverts with WrongStatus`, async () => {
      const { world, head } = await boundWorld()
      await announceAndWait(world, head)
      await end(world, head, { sequence: 1 })
      await expect(rebindAnnounced(world, head))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongStatus')
        .withArgs(head.bindingId, status, BindingStatus.ACTIVE)
    })
  }
}

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deployWorld)
  return { world, head: await bind(world, world.car, world.party) }
}

/** Something was spent, and a rebinding is announced. */
async function announcedWorld() {
  const world = await networkHelpers.loadFixture(deploySpendingWorld)
  const head = await bind(world, world.car, world.party)
  await spend(world, head.binding, 3n * YEN)
  await announceRebind(world, head, { sequence: 0 })
  return { world, head, readyAt: (await networkHelpers.time.latest()) + REBIND_DELAY }
}

async function recordOf(world: World, { bindingId }: Bound) {
  return (await world.registry.recordOf(bindingId)).toObject()
}
