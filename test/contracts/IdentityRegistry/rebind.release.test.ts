/**
 * rebind, the old party's release
 * |-- given the old party has signed no release
 * |   |-- when the attester and the buyer go on alone ... rebind reverts with BadSignature
 * |   |-- when the buyer signs the release ... rebind reverts with WrongSigner
 * |   |-- when the old device's key signs the release ... rebind reverts with WrongSigner
 * |   `-- when code at the old party's address says yes to another message only ... rebind reverts with BadSignature
 * `-- given the old party has signed a release
 *     |-- when it names another successor ... rebind reverts with BadSignature
 *     |-- when it names no successor ... rebind reverts with BadSignature
 *     |-- when it names an older sequence ... rebind reverts with BadSignature
 *     |-- when it names a later sequence ... rebind reverts with BadSignature
 *     |-- when it names another deadline ... rebind reverts with BadSignature
 *     |-- when its deadline has passed, and a later one is claimed ... rebind reverts with BadSignature
 *     |-- when it is about another record of the same party ... rebind reverts with BadSignature
 *     |-- when it is of another chain ... rebind reverts with BadSignature
 *     |-- when it is of another registry ... rebind reverts with BadSignature
 *     |-- when it is a suspension, a resumption, a veto or a notice of the record ... rebind reverts with BadSignature
 *     |-- when it names a successor, and is relayed as a plain release ... release reverts with SuccessorNamed
 *     |-- when its successor is wiped out for a plain release ... release reverts with BadSignature
 *     |-- when it was used, with its other s, or in compact form ... rebind reverts with WrongPrevious
 *     `-- when it was used, and the buyer's new record is named ... rebind reverts with BadSignature
 */
import { Signature, id } from 'ethers'
import type { TypedDataField } from 'ethers'
import { rebindNoticeTypes, rebindVetoTypes, resumeTypes, suspendTypes } from '../../../sdk/src/generated/typedData.ts'
import { bind, registryMessage, soon } from '../helpers/bindings.ts'
import { formsOf, secp256k1Device } from '../helpers/devices.ts'
import type { Message } from '../helpers/devices.ts'
import { expectReverts } from '../helpers/reverts.ts'
import { deploySpendingWorld } from '../helpers/spending.ts'
import { suspendByAttester } from '../helpers/standing.ts'
import type { Bound } from '../helpers/standing.ts'
import { buyer, fittingRelease, newKey, rebind, successorOf } from '../helpers/succession.ts'
import type { LettingGo, Succession } from '../helpers/succession.ts'
import { ZERO_HASH, deploy, ethers, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

describe("rebind, the old party's release", () => {
  describeWithoutRelease()
  describeOtherReleases()
  describeUsedReleases()
})

function describeWithoutRelease() {
  describe('given the old party has signed no release', () => {
    it('when the attester and the buyer go on alone ... rebind reverts with BadSignature', async () => {
      const { world, head } = await boundWorld()
      for (const signature of ['0x', `0x${'00'.repeat(65)}`]) await expectBadSignature(world, head, { signature })
      const letGo = await fittingRelease(world, head)
      for (const signer of [world.attesterDevice, buyer, newKey]) {
        await expectBadSignature(world, head, { signature: signer.sign(letGo) })
      }
    })

    it('when the buyer signs the release ... rebind reverts with WrongSigner', async () => {
      const { world, head } = await boundWorld()
      await expectReverts(world, rebind(world, head, { seller: buyer }), 'WrongSigner', [buyer.id, world.party.id])
    })

    it("when the old device's key signs the release ... rebind reverts with WrongSigner", async () => {
      const { world, head } = await boundWorld()
      const { car, party } = world
      await expectReverts(world, rebind(world, head, { seller: car }), 'WrongSigner', [car.id, party.id])
    })

    it("when code at the old party's address says yes to another message only ... rebind reverts with BadSignature", async () => {
      const { world, head } = await boundWorld()
      const owner = secp256k1Device('owner')
      const account = await deploy('Erc1271Account', [owner.signer])
      await networkHelpers.setCode(world.party.signer, await ethers.provider.getCode(account.target))
      const other = await fittingRelease(world, head, { successor: id('another successor') })
      await expectBadSignature(world, head, { signature: Signature.from(owner.sign(other)).serialized })
    })
  })
}

function describeOtherReleases() {
  describe('given the old party has signed a release', () => {
    const wrong: readonly [string, object][] = [
      ['another successor', { successor: id('another successor') }],
      ['no successor', { successor: ZERO_HASH }],
      ['an older sequence', { sequence: 0 }],
      ['a later sequence', { sequence: 2 }],
      ['another deadline', { deadline: 2n ** 40n - 1n }],
    ]
    for (const [title, change] of wrong) {
      it(`when it names ${title} ... rebind reverts with BadSignature`, async () => {
        const { world, head } = await boundWorld()
        await suspendByAttester(world, head, { sequence: 0 })
        const deadline = await soon()
        const letGo = await fittingRelease(world, head, { sequence: 1, deadline, ...change })
        await expectBadSignature(world, head, { sequence: 1, deadline, signature: world.party.sign(letGo) })
      })
    }

    it('when its deadline has passed, and a later one is claimed ... rebind reverts with BadSignature', async () => {
      const { world, head } = await boundWorld()
      const deadline = await networkHelpers.time.latest()
      const letGo = await fittingRelease(world, head, { deadline })
      await expectBadSignature(world, head, { signature: world.party.sign(letGo) })
    })

    it('when it is about another record of the same party ... rebind reverts with BadSignature', async () => {
      const { world, head } = await boundWorld()
      const other = await bind(world, world.p256Charger, world.party)
      const deadline = await soon()
      const letGo = await fittingRelease(world, head, { bindingId: other.bindingId, deadline })
      await expectBadSignature(world, head, { deadline, signature: world.party.sign(letGo) })
    })

    for (const [title, change] of [
      ['chain', () => ({ chainId: 1 })],
      ['registry', ({ escrow }: World) => ({ verifyingContract: String(escrow.target) })],
    ] as const) {
      it(`when it is of another ${title} ... rebind reverts with BadSignature`, async () => {
        const { world, head } = await boundWorld()
        const deadline = await soon()
        const letGo = await fittingRelease(world, head, { deadline })
        const elsewhere = { ...letGo, domain: { ...letGo.domain, ...change(world) } }
        await expectBadSignature(world, head, { deadline, signature: world.party.sign(elsewhere) })
      })
    }

    it('when it is a suspension, a resumption, a veto or a notice of the record ... rebind reverts with BadSignature', async () => {
      const { world, head } = await boundWorld()
      const deadline = await soon()
      const value = { bindingId: head.bindingId, sequence: 0, deadline, successor: successorOf(head).bindingId }
      for (const types of [suspendTypes, resumeTypes, rebindVetoTypes, rebindNoticeTypes]) {
        const message = await registryMessage(world, types, fieldsOf(types, value))
        await expectBadSignature(world, head, { deadline, signature: world.party.sign(message) })
      }
    })
  })
}

function describeUsedReleases() {
  describe('given the old party has signed a release', () => {
    it('when it names a successor, and is relayed as a plain release ... release reverts with SuccessorNamed', async () => {
      const { world, head } = await boundWorld()
      const { party, registry } = world
      const letGo = await fittingRelease(world, head)
      const sent = registry.release(letGo.value, head.binding, party.signer, party.sign(letGo))
      await expectReverts(world, sent, 'SuccessorNamed', [successorOf(head).bindingId])
    })

    it('when its successor is wiped out for a plain release ... release reverts with BadSignature', async () => {
      const { world, head } = await boundWorld()
      const { party, registry } = world
      const letGo = await fittingRelease(world, head)
      const plain = { ...letGo.value, successor: ZERO_HASH }
      const sent = registry.release(plain, head.binding, party.signer, party.sign(letGo))
      await expectReverts(world, sent, 'BadSignature', [party.signer.toLowerCase()])
    })

    it('when it was used, with its other s, or in compact form ... rebind reverts with WrongPrevious', async () => {
      const { world, head } = await boundWorld()
      const deadline = await soon()
      const signature = world.party.sign(await fittingRelease(world, head, { deadline }))
      const successor = await rebind(world, head, { deadline, signature })
      for (const again of formsOf(signature)) {
        const sent = rebind(world, head, { deadline, signature: again })
        await expectReverts(world, sent, 'WrongPrevious', [head.bindingId, successor.bindingId])
      }
    })

    it("when it was used, and the buyer's new record is named ... rebind reverts with BadSignature", async () => {
      const { world, head } = await boundWorld()
      const deadline = await soon()
      const signature = world.party.sign(await fittingRelease(world, head, { deadline }))
      const successor = await rebind(world, head, { deadline, signature })
      const next = { device: world.p256Car, party: world.operator, seller: buyer, deadline, signature }
      await expectReverts(world, rebind(world, successor, next), 'BadSignature', [buyer.signer.toLowerCase()])
    })
  })
}

async function boundWorld() {
  const world = await networkHelpers.loadFixture(deploySpendingWorld)
  return { world, head: await bind(world, world.car, world.party) }
}

async function expectBadSignature(world: World, head: Bound, options: Succession & LettingGo) {
  await expectReverts(world, rebind(world, head, options), 'BadSignature', [world.party.signer.toLowerCase()])
}

/** Those fields alone that the type has. */
function fieldsOf(types: Message['types'], value: Readonly<Record<string, unknown>>): object {
  const [fields] = Object.values(types) as [readonly TypedDataField[]]
  return Object.fromEntries(fields.map(({ name }) => [name, value[name]]))
}
