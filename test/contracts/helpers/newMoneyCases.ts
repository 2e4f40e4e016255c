/**
 * Cases that every entry point which puts new money into a channel must pass, after its own checks of the channel:
 *
 * |-- when the amount is zero ... it reverts with ZeroAmount
 * |-- given the binding of another device ... it reverts with WrongPayer
 * |-- given a binding with another funder ... it reverts with WrongFunder
 * |-- given a binding with another token ... it reverts with WrongToken
 * |-- given a binding that was never recorded ... it reverts with the registry's WrongStatus
 * |-- given the payer's binding is suspended, released, revoked, renewed, expired ... the same
 * |-- given the payee's binding was renewed ... it reverts with the registry's PayeeNotBound
 * |-- given the payee's binding is suspended, released, revoked, expired ... it reverts with the registry's WrongStatus
 * |-- when the amount is above the ceiling ... it reverts with the registry's CeilingExceeded
 * |-- given another binding than the terms name ... it reverts with WrongBinding
 * |-- when the amount is exactly the ceiling ... it takes it
 * |-- when the next period has come ... it takes the whole ceiling again
 * |-- when it is taken ... the exposure rises by the amount
 * `-- when a suspension was lifted ... it takes the money
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, bindingIdOf, renew } from './bindings.ts'
import type { Scene } from './depositScenes.ts'
import type { Device } from './devices.ts'
import { release, resume, revoke, suspendByAttester } from './standing.ts'
import type { Bound } from './standing.ts'
import { DAY, YEN, networkHelpers } from './world.ts'
import type { World } from './world.ts'

const CEILING = 10_000n * YEN
const { time } = networkHelpers

export function describeNewMoney(prepare: () => Promise<Scene>): void {
  describe('given an amount or a binding that does not fit', () => describeMisfits(prepare))
  describe("given a payer's binding that does not stand", () => {
    for (const [title, end, status] of ENDINGS) {
      it(`given the payer's binding ${title} ... it reverts with the registry's WrongStatus`, async () => {
        const scene = await prepare()
        await end(scene.world, scene.payer, scene.world.car, scene.world.party)
        await refusesStatus(scene, scene.payer, status)
      })
    }
  })
  describe("given a payee's binding that does not stand", () => describePayee(prepare))
  describe("given the payer's ceiling", () => describeCeiling(prepare))
}

function describeMisfits(prepare: () => Promise<Scene>): void {
  it('when the amount is zero ... it reverts with ZeroAmount', async () => {
    const { world, send } = await prepare()
    await expect(send({ amount: 0n })).to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_ZeroAmount')
  })

  it('given the binding of another device ... it reverts with WrongPayer', async () => {
    const { world, channel, send } = await prepare()
    const { binding } = await bind(world, world.p256Car, world.party)
    await expect(send({ binding }))
      .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_WrongPayer')
      .withArgs(world.p256Car.id, channel.payer)
  })

  it('given a binding with another funder ... it reverts with WrongFunder', async () => {
    const { world, payer, send } = await prepare()
    await expect(send({ binding: { ...payer.binding, funder: world.stranger.address } }))
      .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_WrongFunder')
      .withArgs(world.funder.address, world.stranger.address)
  })

  it('given a binding with another token ... it reverts with WrongToken', async () => {
    const { world, channel, payer, send } = await prepare()
    await expect(send({ binding: { ...payer.binding, token: world.stranger.address } }))
      .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_WrongToken')
      .withArgs(channel.token, world.stranger.address)
  })

  it("given a binding that was never recorded ... it reverts with the registry's WrongStatus", async () => {
    const { world, payer, send } = await prepare()
    // Its owner would like a higher ceiling.
    const binding = { ...payer.binding, maxPerPeriod: 2n ** 96n - 1n }
    await expect(send({ binding }))
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongStatus')
      .withArgs(bindingIdOf(binding), BindingStatus.NONE, BindingStatus.ACTIVE)
  })

  it('given another binding than the terms name ... it reverts with WrongBinding', async () => {
    const { world, channel, payer, send } = await prepare()
    const { binding, bindingId } = await renew(world, world.car, world.party, payer.binding)
    await expect(send({ binding }))
      .to.be.revertedWithCustomError(world.escrow, 'ChannelEscrow_WrongBinding')
      .withArgs(bindingId, channel.terms.payerBinding)
  })
}

function describePayee(prepare: () => Promise<Scene>): void {
  it("given the payee's binding was renewed ... it reverts with the registry's PayeeNotBound", async () => {
    const { world, channel, payee, send } = await prepare()
    const { bindingId: head } = await renew(world, world.charger, world.operator, payee.binding)
    await expect(send())
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_PayeeNotBound')
      .withArgs(channel.terms.payee, payee.bindingId, head)
  })

  for (const [title, end, status] of ENDINGS) {
    if (status === BindingStatus.RENEWED) continue
    it(`given the payee's binding ${title} ... it reverts with the registry's WrongStatus`, async () => {
      const scene = await prepare()
      await end(scene.world, scene.payee, scene.world.charger, scene.world.operator)
      await refusesStatus(scene, scene.payee, status)
    })
  }
}

function describeCeiling(prepare: () => Promise<Scene>): void {
  it("when the amount is above the ceiling ... it reverts with the registry's CeilingExceeded", async () => {
    const { world, payer, send, exposure } = await prepare()
    for (const amount of [CEILING - exposure + 1n, 2n ** 96n - 1n - exposure]) {
      await expect(send({ amount }))
        .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_CeilingExceeded')
        .withArgs(payer.bindingId, amount + exposure, CEILING)
    }
  })

  it('when the amount is exactly the ceiling ... it takes it', async () => {
    const { world, payer, send, exposure } = await prepare()
    await send({ amount: CEILING - exposure })
    expect(await world.registry.exposureOf(payer.binding)).to.equal(CEILING)
  })

  it('when the next period has come ... it takes the whole ceiling again', async () => {
    const { world, payer, send } = await prepare()
    await time.increase(30 * DAY)
    await send({ amount: CEILING })
    expect(await world.registry.exposureOf(payer.binding)).to.equal(CEILING)
  })

  it('when it is taken ... the exposure rises by the amount', async () => {
    const { world, payer, send, exposure } = await prepare()
    await send({ amount: 123n })
    expect(await world.registry.exposureOf(payer.binding)).to.equal(exposure + 123n)
  })

  it('when a suspension was lifted ... it takes the money', async () => {
    const { world, payer, send, event } = await prepare()
    await suspendByAttester(world, payer, { sequence: 0 })
    await resume(world, payer, { sequence: 1 })
    await expect(send()).to.emit(world.escrow, event)
  })
}

type End = (world: World, bound: Bound, device: Device, party: Device) => Promise<unknown>

const ENDINGS: readonly [string, End, number][] = [
  ['is suspended', (world, bound) => suspendByAttester(world, bound, { sequence: 0 }), BindingStatus.SUSPENDED],
  ['was released', (world, bound, _, party) => release(world, bound, { sequence: 0 }, party), BindingStatus.RELEASED],
  ['was revoked', (world, bound) => revoke(world, bound, { sequence: 0 }), BindingStatus.REVOKED],
  ['was renewed', (world, bound, device, party) => renew(world, device, party, bound.binding), BindingStatus.RENEWED],
  ['has expired', (_, { binding }) => time.setNextBlockTimestamp(BigInt(binding.validUntil)), BindingStatus.EXPIRED],
]

async function refusesStatus({ world, send }: Scene, { bindingId }: Bound, status: number): Promise<void> {
  await expect(send())
    .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_WrongStatus')
    .withArgs(bindingId, status, BindingStatus.ACTIVE)
}
