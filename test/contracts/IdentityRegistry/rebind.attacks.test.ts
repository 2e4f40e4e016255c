/**
 * attacks around a rebinding
 * |-- given the successor's signatures are in the mempool
 * |   |-- when they are sent as a first binding ... bind reverts with WrongPrevious
 * |   |-- when they are sent as a renewal ... renew reverts with WrongPrevious
 * |   |-- when they are sent as a rotation ... rotateKey reverts with OtherParty
 * |   |-- when they are sent as an announced rebinding ... rebindAnnounced reverts with NotAnnounced
 * |   |-- when the seller renews the old binding first ... rebind reverts with WrongStatus
 * |   |-- when the seller rotates the old key first ... rebind reverts with WrongStatus
 * |   |-- when the seller suspends the old binding first ... rebind reverts with BadSignature
 * |   |-- when the seller spends first ... the money counts against the seller alone
 * |   `-- when another successor gets the new key first ... rebind reverts with WrongPrevious
 * |-- given the device was rebound
 * |   |-- when the seller spends with the old key ... spend reverts with WrongStatus
 * |   |-- when the seller's old binding is bound again ... bind reverts with WrongPrevious
 * |   |-- when the seller's old binding is rebound to a second buyer ... rebind reverts with WrongStatus
 * |   `-- when a second release of the old record is relayed ... release reverts with WrongStatus
 * |-- given a rotation is in the mempool
 * |   |-- when it is sent as a rebinding ... rebind reverts with SameParty
 * |   `-- when a second rotation of the same head comes first ... rotateKey reverts with WrongStatus
 * `-- given an attester that means harm
 *     |-- when it announces again and again ... the party still gets out
 *     `-- when it announces after each veto ... the party still gets out
 */
import { expect } from 'chai'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { bind, renew, signBinding } from '../helpers/bindings.ts'
import { formsOf, secp256k1Device } from '../helpers/devices.ts'
import { expectReverts } from '../helpers/reverts.ts'
import { asEscrow, deploySpendingWorld, spend } from '../helpers/spending.ts'
import { release, suspendByParty } from '../helpers/standing.ts'
import type { Bound } from '../helpers/standing.ts'
import {
  announceRebind,
  buyer,
  newKey,
  rebind,
  rotateKey,
  signedRebind,
  signedRotation,
  signedSuccessor,
  vetoRebind,
} from '../helpers/succession.ts'
import { YEN, ZERO_HASH, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

describe('attacks around a rebinding', () => {
  describeMempool()
  describeSellerInMempool()
  describeAfterwards()
  describeRotations()
  describeHarmfulAttester()
})

function describeMempool() {
  describe("given the successor's signatures are in the mempool", () => {
    it('when they are sent as a first binding ... bind reverts with WrongPrevious', async () => {
      const { world, head, args } = await signedWorld()
      const [successor, , signatures, ...signers] = args
      const sent = world.registry.bind(successor, signatures, ...signers)
      await expectReverts(world, sent, 'WrongPrevious', [head.bindingId, ZERO_HASH])
    })

    it('when they are sent as a renewal ... renew reverts with WrongPrevious', async () => {
      const { world, head, args } = await signedWorld()
      await expectReverts(world, world.registry.renew(...args), 'WrongPrevious', [head.bindingId, ZERO_HASH])
    })

    it('when they are sent as a rotation ... rotateKey reverts with OtherParty', async () => {
      const { world, args } = await signedWorld()
      await expectReverts(world, world.registry.rotateKey(...args), 'OtherParty', [buyer.id, world.party.id])
    })

    it('when they are sent as an announced rebinding ... rebindAnnounced reverts with NotAnnounced', async () => {
      const { world, head, args } = await signedWorld()
      await expectReverts(world, world.registry.rebindAnnounced(...args), 'NotAnnounced', [head.bindingId])
    })

    it('when another successor gets the new key first ... rebind reverts with WrongPrevious', async () => {
      const { world, head } = await boundWorld()
      const { send } = await signedRebind(world, head)
      const other = await bind(world, newKey, world.operator)
      await expectReverts(world, send(), 'WrongPrevious', [head.bindingId, other.bindingId])
    })
  })
}

function describeSellerInMempool() {
  describe("given the successor's signatures are in the mempool", () => {
    const device = secp256k1Device('a key that came earlier')
    const firsts: readonly [string, BindingStatus, (world: World, head: Bound) => Promise<unknown>][] = [
      [
        'renews the old binding',
        BindingStatus.RENEWED,
        (world, head) => renew(world, world.car, world.party, head.binding),
      ],
      ['rotates the old key', BindingStatus.ROTATED, (world, head) => rotateKey(world, head, { device })],
    ]
    for (const [title, status, goFirst] of firsts) {
      it(`when the seller ${title} first ... rebind reverts with WrongStatus`, async () => {
        const { world, head } = await boundWorld()
        const { send } = await signedRebind(world, head)
        await goFirst(world, head)
        await expectReverts(world, send(), 'WrongStatus', [head.bindingId, status, BindingStatus.ACTIVE])
      })
    }

    it('when the seller suspends the old binding first ... rebind reverts with BadSignature', async () => {
      const { world, head } = await boundWorld()
      const { send } = await signedRebind(world, head)
      await suspendByParty(world, head, { sequence: 0 })
      await expectReverts(world, send(), 'BadSignature', [world.party.signer.toLowerCase()])
    })

    it('when the seller spends first ... the money counts against the seller alone', async () => {
      const { world, head } = await boundWorld()
      const { successor, send } = await signedRebind(world, head)
      await spend(world, head.binding, 10_000n * YEN)
      await send()
      expect(await world.registry.exposureOf(head.binding)).to.equal(10_000n * YEN)
      expect(await world.registry.exposureOf(successor.binding)).to.equal(0)
    })
  })
}

function describeAfterwards() {
  describe('given the device was rebound', () => {
    it('when the seller spends with the old key ... spend reverts with WrongStatus', async () => {
      const { world, head } = await boundWorld()
      await rebind(world, head)
      const refused = [head.bindingId, BindingStatus.REBOUND, BindingStatus.ACTIVE]
      await expectReverts(world, spend(world, head.binding, 1n), 'WrongStatus', refused)
      const asPayee = asEscrow(world).spend(world.payee.binding, world.car.id, head.bindingId, 1n)
      await expectReverts(world, asPayee, 'WrongStatus', refused)
    })

    it("when the seller's old binding is bound again ... bind reverts with WrongPrevious", async () => {
      const { world, head } = await boundWorld()
      const { car, party, registry } = world
      await rebind(world, head)
      const signatures = await signBinding(world, head.binding, { device: car, party })
      for (const attester of formsOf(signatures.attester)) {
        const sent = registry.bind(head.binding, { ...signatures, attester }, car.signer, party.signer)
        await expectReverts(world, sent, 'WrongPrevious', [ZERO_HASH, head.bindingId])
      }
    })

    it("when the seller's old binding is rebound to a second buyer ... rebind reverts with WrongStatus", async () => {
      const { world, head } = await boundWorld()
      const second = await signedRebind(world, head, { device: world.p256Car, party: world.operator })
      await rebind(world, head)
      const refused = [head.bindingId, BindingStatus.REBOUND, BindingStatus.ACTIVE]
      await expectReverts(world, second.send(), 'WrongStatus', refused)
    })

    it('when a second release of the old record is relayed ... release reverts with WrongStatus', async () => {
      const { world, head } = await boundWorld()
      await rebind(world, head)
      for (const sequence of [0, 1]) {
        const sent = release(world, head, { sequence })
        const refused = [head.bindingId, BindingStatus.REBOUND, BindingStatus.ACTIVE]
        await expectReverts(world, sent, 'WrongStatus', refused)
      }
    })
  })
}

function describeRotations() {
  describe('given a rotation is in the mempool', () => {
    it('when it is sent as a rebinding ... rebind reverts with SameParty', async () => {
      const { world, head } = await boundWorld()
      await expectReverts(world, rebind(world, head, { party: world.party }), 'SameParty', [world.party.id])
    })

    it('when a second rotation of the same head comes first ... rotateKey reverts with WrongStatus', async () => {
      const { world, head } = await boundWorld()
      const { send } = await signedRotation(world, head)
      await rotateKey(world, head, { device: world.p256Car })
      const refused = [head.bindingId, BindingStatus.ROTATED, BindingStatus.ACTIVE]
      await expectReverts(world, send(), 'WrongStatus', refused)
    })
  })
}

function describeHarmfulAttester() {
  describe('given an attester that means harm', () => {
    it('when it announces again and again ... the party still gets out', async () => {
      const { world, head } = await boundWorld()
      await expectOutrunAtMost(2, world, head, {
        message: (sequence) => release(world, head, { sequence }),
        ahead: (sequence) => announceRebind(world, head, { sequence }),
      })
      expect(await world.registry.check(head.binding)).to.equal(BindingStatus.RELEASED)
    })

    it('when it announces after each veto ... the party still gets out', async () => {
      const { world, head } = await boundWorld()
      await announceRebind(world, head, { sequence: 0 })
      await vetoRebind(world, head, { sequence: 1 })
      await expectOutrunAtMost(4, world, head, {
        message: (sequence) => release(world, head, { sequence }),
        ahead: (sequence) => announceRebind(world, head, { sequence }),
      })
      expect(await world.registry.check(head.binding)).to.equal(BindingStatus.RELEASED)
    })
  })
}

type Race = {
  readonly message: (sequence: number) => Promise<unknown>
  readonly ahead: (sequence: number) => Promise<unknown>
}

/** Before each message of the party the attester sends its own, whenever that is accepted. */
async function expectOutrunAtMost(sequenceMax: number, world: World, { bindingId }: Bound, { message, ahead }: Race) {
  for (;;) {
    const { sequence } = await world.registry.recordOf(bindingId)
    expect(Number(sequence)).to.be.below(sequenceMax)
    await ahead(Number(sequence)).catch(() => undefined)
    const accepted = await message(Number(sequence)).then(
      () => true,
      () => false,
    )
    if (accepted) return
  }
}

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deploySpendingWorld)
  return { world, head: await bind(world, world.car, world.party) }
}

/** What {@link rebind} would send of the binding, for other functions to take. */
async function signedWorld() {
  const { world, head } = await boundWorld()
  const { successor, signatures } = await signedSuccessor(world, head)
  return {
    world,
    head,
    args: [successor.binding, head.binding, signatures, newKey.signer, buyer.signer] as const,
  }
}
