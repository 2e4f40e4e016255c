/**
 * spend
 * |-- given the caller is not a registered escrow ... it reverts with NotEscrow
 * |-- given the payer's binding is not recorded ... it reverts with WrongStatus
 * |-- given the payer's binding is suspended ... it reverts with WrongStatus
 * |-- given the payer's binding is released ... it reverts with WrongStatus
 * |-- given the payer's binding is revoked ... it reverts with WrongStatus
 * |-- given the payer's binding is renewed ... it reverts with WrongStatus
 * |-- given the payer's binding is pending ... it reverts with WrongStatus
 * |-- given the payer's binding expires this second ... it reverts with WrongStatus
 * |-- given the payer's binding is altered ... it reverts with WrongStatus
 * |-- given the payee was never bound ... it reverts with PayeeNotBound
 * |-- given the payee's binding is not its head ... it reverts with PayeeNotBound
 * |-- given the payee's binding is suspended ... it reverts with WrongStatus
 * |-- given the payee's binding is revoked ... it reverts with WrongStatus
 * |-- given the payee's binding is pending ... it reverts with WrongStatus
 * |-- given the payee's binding expires this second ... it reverts with WrongStatus
 * |-- given the payee is bound to nothing and the binding named is 0 ... it reverts with WrongStatus
 * |-- given the amount is one above the ceiling ... it reverts with CeilingExceeded
 * |-- given the sum of the period is one above the ceiling ... it reverts with CeilingExceeded
 * |-- given ceiling and amounts are the largest there are ... it reverts with CeilingExceeded, and nothing overflows
 * |-- given the amount reaches the ceiling ... it counts it
 * |-- given the amount is zero ... it changes nothing
 * |-- given all is in order
 * |   |-- it returns the payer's binding id
 * |   |-- it counts the amount in the running period, and leaves the rest of the record
 * |   |-- it leaves the payee's record
 * |   |-- when a second escrow spends ... both count against one ceiling
 * |   `-- when the attester is retired ... it counts all the same
 * |-- given the payer is resumed ... what it spent before still counts
 * `-- given the binding is written with bits above a field's type ... it reverts
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, bindingIdOf, makeBinding, renew } from '../helpers/bindings.ts'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { asEscrow, deploySpendingWorld, spend } from '../helpers/spending.ts'
import type { SpendingWorld } from '../helpers/spending.ts'
import { release, resume, revoke, suspendByAttester, suspendByParty } from '../helpers/standing.ts'
import type { Bound } from '../helpers/standing.ts'
import { DAY, YEN, ZERO_HASH, networkHelpers } from '../helpers/world.ts'

const CEILING = 10_000n * YEN
const UINT96_MAX = 2n ** 96n - 1n

describe('spend', () => {
  it('given the caller is not a registered escrow ... it reverts with NotEscrow', async () => {
    const { world, payer } = await payerWorld()
    await expect(world.registry.spend(payer.binding, world.charger.id, world.payee.bindingId, 1n))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotEscrow')
      .withArgs(world.admin.address)
  })

  describePayer()
  describePayee()
  describeCeiling()

  describe('given all is in order', () => {
    it("it returns the payer's binding id", async () => {
      const { world, payer } = await payerWorld()
      const returned = await asEscrow(world).spend.staticCall(
        payer.binding,
        world.charger.id,
        world.payee.bindingId,
        1n,
      )
      expect(returned).to.equal(payer.bindingId)
    })

    it('it counts the amount in the running period, and leaves the rest of the record', async () => {
      const { world, payer } = await payerWorld()
      const before = await recordOf(world, payer)
      await networkHelpers.time.increase(70 * DAY)
      await spend(world, payer.binding, 5n * YEN)
      await spend(world, payer.binding, 2n * YEN)
      expect(await recordOf(world, payer)).to.deep.equal({ ...before, period: 2n, exposure: 7n * YEN })
    })

    it("it leaves the payee's record", async () => {
      const { world, payer } = await payerWorld()
      const before = await recordOf(world, world.payee)
      await spend(world, payer.binding, 5n * YEN)
      expect(await recordOf(world, world.payee)).to.deep.equal(before)
    })

    it('when a second escrow spends ... both count against one ceiling', async () => {
      const { world, payer } = await payerWorld()
      await world.registry.registerEscrow(world.stranger.address)
      await spend(world, payer.binding, CEILING)
      await expectCeilingExceeded({ ...world, relayer: world.stranger }, payer, 1n, CEILING + 1n)
    })

    it('when the attester is retired ... it counts all the same', async () => {
      const { world, payer } = await payerWorld()
      await world.registry.retire(world.attester.address)
      await spend(world, payer.binding, YEN)
      expect(await world.registry.exposureOf(payer.binding)).to.equal(YEN)
    })
  })

  it('given the payer is resumed ... what it spent before still counts', async () => {
    const { world, payer } = await payerWorld()
    await spend(world, payer.binding, CEILING)
    await suspendByParty(world, payer, { sequence: 0 })
    await resume(world, payer, { sequence: 1 })
    await expectCeilingExceeded(world, payer, 1n, CEILING + 1n)
  })

  it("given the binding is written with bits above a field's type ... it reverts", async () => {
    const { world, payer } = await payerWorld()
    const args = [payer.binding, world.charger.id, world.payee.bindingId, 1n]
    const call = world.registry.interface.encodeFunctionData('spend', args)
    const inBinding = [2, 3, 4, 5, 6, 7, 8, 9, 10].map((word) => [word, 'IdentityRegistry_WrongStatus'])
    const words = { ...Object.fromEntries(inBinding), 17: 'no reason' }
    await expectDirtyWordsRefused(world.registry, world.relayer, call, words)
  })
})

function describePayer() {
  it("given the payer's binding is not recorded ... it reverts with WrongStatus", async () => {
    const { world } = await payerWorld()
    const binding = await makeBinding(world, world.p256Car, world.party)
    await expectWrongStatus(world, { binding, bindingId: bindingIdOf(binding) }, BindingStatus.NONE)
  })

  it("given the payer's binding is suspended ... it reverts with WrongStatus", async () => {
    const { world, payer } = await payerWorld()
    await suspendByAttester(world, payer, { sequence: 0 })
    await expectWrongStatus(world, payer, BindingStatus.SUSPENDED)
  })

  it("given the payer's binding is released ... it reverts with WrongStatus", async () => {
    const { world, payer } = await payerWorld()
    await release(world, payer, { sequence: 0 })
    await expectWrongStatus(world, payer, BindingStatus.RELEASED)
  })

  it("given the payer's binding is revoked ... it reverts with WrongStatus", async () => {
    const { world, payer } = await payerWorld()
    await revoke(world, payer, { sequence: 0 })
    await expectWrongStatus(world, payer, BindingStatus.REVOKED)
  })

  it("given the payer's binding is renewed ... it reverts with WrongStatus", async () => {
    const { world, payer } = await payerWorld()
    await renew(world, world.car, world.party, payer.binding)
    await expectWrongStatus(world, payer, BindingStatus.RENEWED)
  })

  it("given the payer's binding is pending ... it reverts with WrongStatus", async () => {
    const { world } = await payerWorld()
    const validFrom = (await networkHelpers.time.latest()) + DAY
    const payer = await bind(world, world.p256Car, world.party, { validFrom })
    await networkHelpers.time.setNextBlockTimestamp(validFrom - 1)
    await expectWrongStatus(world, payer, BindingStatus.PENDING)
  })

  it("given the payer's binding expires this second ... it reverts with WrongStatus", async () => {
    const { world, payer } = await payerWorld()
    await networkHelpers.time.setNextBlockTimestamp(payer.binding.validUntil)
    await expectWrongStatus(world, payer, BindingStatus.EXPIRED)
  })

  it("given the payer's binding is altered ... it reverts with WrongStatus", async () => {
    const { world, payer } = await payerWorld()
    const binding = { ...payer.binding, maxPerPeriod: UINT96_MAX }
    await expectWrongStatus(world, { binding, bindingId: bindingIdOf(binding) }, BindingStatus.NONE)
  })
}

function describePayee() {
  it('given the payee was never bound ... it reverts with PayeeNotBound', async () => {
    const { world, payer } = await payerWorld()
    await expect(asEscrow(world).spend(payer.binding, world.p256Charger.id, world.payee.bindingId, 1n))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_PayeeNotBound')
      .withArgs(world.p256Charger.id, world.payee.bindingId, ZERO_HASH)
  })

  it("given the payee's binding is not its head ... it reverts with PayeeNotBound", async () => {
    const { world, payer } = await payerWorld()
    const head = await renew(world, world.charger, world.operator, world.payee.binding)
    await expect(spend(world, payer.binding, 1n))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_PayeeNotBound')
      .withArgs(world.charger.id, world.payee.bindingId, head.bindingId)
  })

  it("given the payee's binding is suspended ... it reverts with WrongStatus", async () => {
    const { world, payer } = await payerWorld()
    await suspendByAttester(world, world.payee, { sequence: 0 })
    await expectWrongPayeeStatus(world, payer, world.payee, BindingStatus.SUSPENDED)
  })

  it("given the payee's binding is revoked ... it reverts with WrongStatus", async () => {
    const { world, payer } = await payerWorld()
    await revoke(world, world.payee, { sequence: 0 })
    await expectWrongPayeeStatus(world, payer, world.payee, BindingStatus.REVOKED)
  })

  it("given the payee's binding is pending ... it reverts with WrongStatus", async () => {
    const { world, payer } = await payerWorld()
    const validFrom = (await networkHelpers.time.latest()) + DAY
    const payee = await renew(world, world.charger, world.operator, world.payee.binding, { validFrom })
    await expectWrongPayeeStatus({ ...world, payee }, payer, payee, BindingStatus.PENDING)
  })

  it("given the payee's binding expires this second ... it reverts with WrongStatus", async () => {
    const { world, payer } = await payerWorld()
    const validUntil = (await networkHelpers.time.latest()) + DAY
    const payee = await renew(world, world.charger, world.operator, world.payee.binding, { validUntil })
    await networkHelpers.time.setNextBlockTimestamp(validUntil)
    await expectWrongPayeeStatus({ ...world, payee }, payer, payee, BindingStatus.EXPIRED)
  })

  it('given the payee is bound to nothing and the binding named is 0 ... it reverts with WrongStatus', async () => {
    const { world, payer } = await payerWorld()
    await expect(asEscrow(world).spend(payer.binding, world.p256Charger.id, ZERO_HASH, 1n))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongStatus')
      .withArgs(ZERO_HASH, BindingStatus.NONE, BindingStatus.ACTIVE)
  })
}

function describeCeiling() {
  it('given the amount is one above the ceiling ... it reverts with CeilingExceeded', async () => {
    const { world, payer } = await payerWorld()
    await expectCeilingExceeded(world, payer, CEILING + 1n, CEILING + 1n)
  })

  it('given the sum of the period is one above the ceiling ... it reverts with CeilingExceeded', async () => {
    const { world, payer } = await payerWorld()
    await spend(world, payer.binding, CEILING - 1n)
    await expectCeilingExceeded(world, payer, 2n, CEILING + 1n)
  })

  it('given ceiling and amounts are the largest there are ... it reverts with CeilingExceeded, and nothing overflows', async () => {
    const { world } = await payerWorld()
    const payer = await bind(world, world.p256Car, world.party, { maxPerPeriod: UINT96_MAX })
    await spend(world, payer.binding, UINT96_MAX)
    await expect(spend(world, payer.binding, UINT96_MAX))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CeilingExceeded')
      .withArgs(payer.bindingId, 2n * UINT96_MAX, UINT96_MAX)
  })

  it('given the amount reaches the ceiling ... it counts it', async () => {
    const { world, payer } = await payerWorld()
    await spend(world, payer.binding, CEILING - 1n)
    await spend(world, payer.binding, 1n)
    expect(await world.registry.exposureOf(payer.binding)).to.equal(CEILING)
  })

  it('given the amount is zero ... it changes nothing', async () => {
    const { world, payer } = await payerWorld()
    const before = await recordOf(world, payer)
    await spend(world, payer.binding, 0n)
    expect(await recordOf(world, payer)).to.deep.equal(before)
  })
}

async function payerWorld() {
  const world = await networkHelpers.loadFixture(deploySpendingWorld)
  return { world, payer: await bind(world, world.car, world.party) }
}

async function recordOf(world: SpendingWorld, { bindingId }: Bound) {
  return (await world.registry.recordOf(bindingId)).toObject()
}

async function expectWrongStatus(world: SpendingWorld, { binding, bindingId }: Bound, status: BindingStatus) {
  await expect(spend(world, binding, 1n))
    .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongStatus')
    .withArgs(bindingId, status, BindingStatus.ACTIVE)
}

async function expectWrongPayeeStatus(world: SpendingWorld, payer: Bound, payee: Bound, status: BindingStatus) {
  await expect(spend(world, payer.binding, 1n))
    .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongStatus')
    .withArgs(payee.bindingId, status, BindingStatus.ACTIVE)
}

async function expectCeilingExceeded(world: SpendingWorld, payer: Bound, amount: bigint, given: bigint) {
  await expect(spend(world, payer.binding, amount))
    .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CeilingExceeded')
    .withArgs(payer.bindingId, given, CEILING)
}
