/**
 * enrol
 * |-- given no leaf ... it reverts with BadCount
 * |-- given one leaf more than 2^20 ... it reverts with BadCount
 * |-- given the validity ends in this second ... it reverts with BadValidity
 * |-- given the validity ends as it starts ... it reverts with BadValidity
 * |-- given the attester was never accredited ... it reverts with NotAccredited
 * |-- given the attester is retired ... it reverts with NotAccredited
 * |-- given the attester is compromised ... it reverts with NotAccredited
 * |-- given the enrolment is recorded ... it reverts with AlreadyEnrolled
 * |-- given the attester is the party ... it reverts with SelfAttested
 * |-- given the party's verifier is not allowed ... it reverts with VerifierNotAllowed
 * |-- given the party's signer is not the one named ... it reverts with WrongSigner
 * |-- given the party's signature
 * |   `-- given a secp256k1 signer, sent and left out, a P-256 signer, an ERC-1271 account (each of signatureCases.ts)
 * |-- given the attester's signature
 * |   `-- given a secp256k1 signer, an ERC-1271 account (each of signatureCases.ts)
 * |-- given dirty high bits in a narrow field ... it reverts
 * |-- given 2^20 leaves ... it is recorded
 * |-- it keeps the second and the attester's index
 * |-- it returns the enrolment's id
 * |-- it emits Enrolled
 * |-- it binds no device
 * |-- when its attester is retired and accredited again ... the same enrolment is still recorded
 * `-- when a fleet differs in one field ... it is another enrolment
 */
import { expect } from 'chai'
import { id, keccak256 } from 'ethers'
import { expectDirtyWordsRefused } from '../helpers/calldata.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import type { Device } from '../helpers/devices.ts'
import { fleetCar, makeFleet } from '../helpers/fleets.ts'
import { describeSignerLeftOut } from '../helpers/leftOutCases.ts'
import { enrol, enrolmentIdOf, enrolmentMessage } from '../helpers/leaves.ts'
import type { Enrolment } from '../helpers/leaves.ts'
import { describeErc1271Account, describeP256Signer, describeSecp256k1Signer } from '../helpers/signatureCases.ts'
import type { Arrange } from '../helpers/signatureCases.ts'
import { DAY, ZERO_HASH, deployWorld, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const LEAVES_MAX = 2 ** 20

const arrangeParty: Arrange = async (world, party) => {
  const enrolment = await makeEnrolment(world, { partyId: party.id })
  const message = await enrolmentMessage(world, enrolment)
  const attesterSignature = world.attesterDevice.sign(message)
  return {
    contract: world.registry,
    message,
    send: (signature, overrides = {}) =>
      world.registry.enrol(enrolment, party.signer, signature, attesterSignature, overrides),
    refusal: { error: 'IdentityRegistry_BadSignature', args: [party.signer.toLowerCase()] },
    event: 'Enrolled',
  }
}

const arrangeAttester: Arrange = async (world, attester) => {
  const enrolment = await makeEnrolment(world, { attester: attester.signer })
  const message = await enrolmentMessage(world, enrolment)
  const { signer } = world.party
  const partySignature = world.party.sign(message)
  return {
    contract: world.registry,
    message,
    send: (signature, overrides = {}) => world.registry.enrol(enrolment, signer, partySignature, signature, overrides),
    refusal: { error: 'IdentityRegistry_BadAttesterSignature', args: [attester.signer] },
    event: 'Enrolled',
  }
}

describe('enrol', () => {
  it('given no leaf ... it reverts with BadCount', async () => {
    await refuses({ count: 0 }, 'BadCount', [0, LEAVES_MAX])
  })

  it('given one leaf more than 2^20 ... it reverts with BadCount', async () => {
    await refuses({ count: LEAVES_MAX + 1 }, 'BadCount', [LEAVES_MAX + 1, LEAVES_MAX])
  })

  it('given the validity ends in this second ... it reverts with BadValidity', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const validUntil = (await networkHelpers.time.latest()) + DAY
    const enrolment = await makeEnrolment(world, { validUntil })
    await networkHelpers.time.setNextBlockTimestamp(validUntil)
    await expectRefused(world, enrolment, 'BadValidity', [validUntil, validUntil])
  })

  it('given the validity ends as it starts ... it reverts with BadValidity', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const start = (await networkHelpers.time.latest()) + DAY
    const enrolment = await makeEnrolment(world, { validFrom: start, validUntil: start })
    await expectRefused(world, enrolment, 'BadValidity', [start, start])
  })

  it('given the attester was never accredited ... it reverts with NotAccredited', async () => {
    const { stranger } = await networkHelpers.loadFixture(deployWorld)
    await refuses({ attester: stranger.address }, 'NotAccredited', [stranger.address])
  })

  it('given the attester is retired ... it reverts with NotAccredited', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    await world.registry.retire(world.attester.address)
    await expectRefused(world, await makeEnrolment(world), 'NotAccredited', [world.attester.address])
  })

  it('given the attester is compromised ... it reverts with NotAccredited', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    await world.registry.markCompromised(1, 0)
    await expectRefused(world, await makeEnrolment(world), 'NotAccredited', [world.attester.address])
  })

  it('given the enrolment is recorded ... it reverts with AlreadyEnrolled', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const enrolment = await makeEnrolment(world)
    await enrol(world, enrolment)
    await expectRefused(world, enrolment, 'AlreadyEnrolled', [enrolmentIdOf(enrolment)])
  })

  it('given the attester is the party ... it reverts with SelfAttested', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const enrolment = await makeEnrolment(world, { partyId: world.attesterDevice.id })
    await expectRefused(world, enrolment, 'SelfAttested', [world.attester.address], world.attesterDevice)
  })

  it("given the party's verifier is not allowed ... it reverts with VerifierNotAllowed", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const signer = `${world.stranger.address}${'01'.repeat(32)}`
    const party = { ...world.party, signer, id: keccak256(signer) }
    const enrolment = await makeEnrolment(world, { partyId: party.id })
    await expectRefused(world, enrolment, 'VerifierNotAllowed', [world.stranger.address], party)
  })

  it("given the party's signer is not the one named ... it reverts with WrongSigner", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const { operator, party } = world
    await expectRefused(world, await makeEnrolment(world), 'WrongSigner', [operator.id, party.id], operator)
  })

  describe("given the party's signature", () => {
    describeSecp256k1Signer(arrangeParty)
    describeSignerLeftOut(arrangeParty)
    describeP256Signer(arrangeParty)
    describeErc1271Account(arrangeParty)
  })

  describe("given the attester's signature", () => {
    describeSecp256k1Signer(arrangeAttester, 'attester')
    describeErc1271Account(arrangeAttester, 'attester')
  })

  it('given dirty high bits in a narrow field ... it reverts', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const enrolment = await makeEnrolment(world)
    const message = await enrolmentMessage(world, enrolment)
    const { party, attesterDevice, registry, relayer } = world
    const args = [enrolment, party.signer, party.sign(message), attesterDevice.sign(message)]
    const data = registry.interface.encodeFunctionData('enrol', args)
    // count, attester, validFrom, validUntil
    await expectDirtyWordsRefused(registry, relayer, data, [1, 3, 4, 5])
  })

  it('given 2^20 leaves ... it is recorded', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const enrolmentId = await enrol(world, await makeEnrolment(world, { count: LEAVES_MAX }))
    expect((await world.registry.enrolmentOf(enrolmentId)).enrolledAt).to.be.above(0n)
  })

  describeEffects()
})

function describeEffects(): void {
  it("it keeps the second and the attester's index", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const other = secp256k1Device('another attester')
    await world.registry.accredit(other.signer)
    const second = { ...world, attester: other.wallet, attesterDevice: other }
    const enrolmentId = await enrol(second, await makeEnrolment(world, { attester: other.signer }))
    const now = BigInt(await networkHelpers.time.latest())
    expect(await world.registry.enrolmentOf(enrolmentId)).to.deep.equal([now, 2n])
  })

  it("it returns the enrolment's id", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const enrolment = await makeEnrolment(world)
    const message = await enrolmentMessage(world, enrolment)
    const { party, attesterDevice, registry } = world
    const args = [enrolment, party.signer, party.sign(message), attesterDevice.sign(message)]
    expect(await registry.enrol.staticCall(...args)).to.equal(enrolmentIdOf(enrolment))
  })

  it('it emits Enrolled', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const enrolment = await makeEnrolment(world)
    const { partyId, attester } = enrolment
    await expect(sendEnrol(world, enrolment, world.party))
      .to.emit(world.registry, 'Enrolled')
      .withArgs(enrolmentIdOf(enrolment), partyId, attester, Object.values(enrolment), world.party.signer.toLowerCase())
  })

  it('it binds no device', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const fleet = await makeFleet(world, [fleetCar(0), fleetCar(1)])
    await enrol(world, fleet.enrolment)
    for (const { device, bindingId } of fleet.leaves) {
      expect(await world.registry.headOf(device.id)).to.equal(ZERO_HASH)
      expect(await world.registry.statusOf(bindingId)).to.equal(0n)
    }
  })

  it('when its attester is retired and accredited again ... the same enrolment is still recorded', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const enrolment = await makeEnrolment(world)
    const enrolmentId = await enrol(world, enrolment)
    await world.registry.retire(world.attester.address)
    await world.registry.accredit(world.attester.address)
    await expectRefused(world, enrolment, 'AlreadyEnrolled', [enrolmentId])
  })

  it('when a fleet differs in one field ... it is another enrolment', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const first = await makeEnrolment(world)
    const others = [{ root: id('other') }, { count: 7 }, { validFrom: 1 }, { validUntil: 2n ** 40n - 1n }]
    const ids = [await enrol(world, first)]
    for (const change of others) ids.push(await enrol(world, { ...first, ...change }))
    expect(new Set(ids).size).to.equal(5)
  })
}

async function makeEnrolment(world: World, overrides: Partial<Enrolment> = {}): Promise<Enrolment> {
  return (await makeFleet(world, [fleetCar(0), fleetCar(1), fleetCar(2)], { enrolment: overrides })).enrolment
}

async function sendEnrol(world: World, enrolment: Enrolment, party: Device) {
  const message = await enrolmentMessage(world, enrolment)
  return world.registry.enrol(enrolment, party.signer, party.sign(message), world.attesterDevice.sign(message))
}

async function refuses(overrides: Partial<Enrolment>, problem: string, args: readonly unknown[]) {
  const world = await networkHelpers.loadFixture(deployWorld)
  await expectRefused(world, await makeEnrolment(world, overrides), problem, args)
}

async function expectRefused(
  world: World,
  enrolment: Enrolment,
  problem: string,
  args: readonly unknown[],
  party: Device = world.party,
) {
  await expect(sendEnrol(world, enrolment, party))
    .to.be.revertedWithCustomError(world.registry, `IdentityRegistry_${problem}`)
    .withArgs(...args)
}
