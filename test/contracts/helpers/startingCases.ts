/**
 * Cases that every call which starts a binding must pass:
 *
 * given the funder is zero ... it reverts with ZeroAddress
 * given the token is zero ... it reverts with ZeroAddress
 * given the funding is none ... it reverts with BadFunding
 * given the funding is unknown ... it reverts
 * given a payment may be larger than its period ... it reverts with BadLimits
 * given a payment may be as large as its period ... it starts
 * given the validity ends in this second ... it reverts with BadValidity
 * given the validity ends as it starts ... it reverts with BadValidity
 * given the validity is one second long ... it starts
 * given the period is zero ... it reverts with BadPeriod
 * given one period more than a record can number ... it reverts with BadPeriod
 * given as many periods as a record can number ... it starts
 * given the attester was never accredited ... it reverts with NotAccredited
 * given the attester is retired ... it reverts with NotAccredited
 * given the device's signature
 * `-- given a secp256k1 signer, sent and left out, a P-256 signer, an ERC-1271 account, which is refused (each of signatureCases.ts)
 * given the party's signature
 * `-- given a secp256k1 signer, sent and left out, a P-256 signer, an ERC-1271 account (each of signatureCases.ts)
 * given the attester's signature
 * `-- given a secp256k1 signer, an ERC-1271 account (each of signatureCases.ts)
 */
import { expect } from 'chai'
import { ZeroAddress } from 'ethers'
import { Funding } from '../../../sdk/src/generated/constants.ts'
import { bindingMessage, signBinding } from './bindings.ts'
import type { Binding } from './bindings.ts'
import type { Device } from './devices.ts'
import { describeSignerLeftOut } from './leftOutCases.ts'
import {
  describeErc1271Account,
  describeErc1271Refused,
  describeP256Signer,
  describeSecp256k1Signer,
} from './signatureCases.ts'
import type { Arrange } from './signatureCases.ts'
import { DAY, deployWorld, ethers, networkHelpers } from './world.ts'
import type { World } from './world.ts'

export type Signatures = { device: string; party: string; attester: string }
export type Overrides = Partial<Binding>

/** A call with everything in order but for `overrides`, and for the signatures, which are to come. */
export type Start = {
  readonly binding: Binding
  readonly send: (signatures: Signatures, overrides?: { gasLimit?: number }) => Promise<unknown>
}
export type Prepare = (
  world: World,
  signers: { device: Device; party: Device },
  overrides?: Overrides,
) => Promise<Start>

const PERIODS_MAX = 2 ** 24 - 1

export function describeStartingCases(prepare: Prepare): void {
  describeStartingTerms(prepare)
  describeAccreditation(prepare)
  describeSignatures(prepare)
}

/** The cases of {@link describeStartingCases} that no signature changes: up to the accreditation. */
export function describeStartingTerms(prepare: Prepare): void {
  describeSoundness(prepare)
  describeValidity(prepare)
  describePeriods(prepare)
}

/** The cases of {@link describeStartingCases} about the device's signature. */
export function describeStartingDevice(prepare: Prepare): void {
  const ofDevice = arrangeSignature(prepare, 'device', ({ party }, device) => ({ device, party }))
  describe("given the device's signature", () => {
    describeSecp256k1Signer(ofDevice)
    describeSignerLeftOut(ofDevice)
    describeP256Signer(ofDevice)
    describeErc1271Refused(ofDevice)
  })
}

function describeSoundness(prepare: Prepare): void {
  it('given the funder is zero ... it reverts with ZeroAddress', async () => {
    await refuses(prepare, { funder: ZeroAddress }, 'ZeroAddress', [])
  })
  it('given the token is zero ... it reverts with ZeroAddress', async () => {
    await refuses(prepare, { token: ZeroAddress }, 'ZeroAddress', [])
  })
  it('given the funding is none ... it reverts with BadFunding', async () => {
    await refuses(prepare, { funding: Funding.NONE }, 'BadFunding', [Funding.NONE])
  })
  it('given the funding is unknown ... it reverts', async () => {
    const { send } = await arrange(prepare, { funding: Funding.OWN + 1 })
    await expect(send()).to.be.revertedWithoutReason(ethers)
  })
  it('given a payment may be larger than its period ... it reverts with BadLimits', async () => {
    await refuses(prepare, { maxPerPayment: 101n, maxPerPeriod: 100n }, 'BadLimits', [101, 100])
  })
  it('given a payment may be as large as its period ... it starts', async () => {
    await starts(prepare, { maxPerPayment: 100n, maxPerPeriod: 100n })
  })
}

function describeValidity(prepare: Prepare): void {
  it('given the validity ends in this second ... it reverts with BadValidity', async () => {
    const validUntil = (await latest()) + DAY
    const { world, send } = await arrange(prepare, { validUntil })
    await networkHelpers.time.setNextBlockTimestamp(validUntil)
    await expect(send())
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_BadValidity')
      .withArgs(validUntil, validUntil)
  })
  it('given the validity ends as it starts ... it reverts with BadValidity', async () => {
    const start = (await latest()) + DAY
    await refuses(prepare, { validFrom: start, validUntil: start }, 'BadValidity', [start, start])
  })
  it('given the validity is one second long ... it starts', async () => {
    const start = (await latest()) + DAY
    await starts(prepare, { validFrom: start, validUntil: start + 1 })
  })
}

function describePeriods(prepare: Prepare): void {
  it('given the period is zero ... it reverts with BadPeriod', async () => {
    const validFrom = (await latest()) + DAY
    const validity = { validFrom, validUntil: validFrom + DAY }
    await refuses(prepare, { ...validity, periodSeconds: 0 }, 'BadPeriod', [0, DAY, PERIODS_MAX])
  })
  it('given one period more than a record can number ... it reverts with BadPeriod', async () => {
    const validFrom = (await latest()) + DAY
    const validity = { validFrom, validUntil: validFrom + 2 * (PERIODS_MAX + 1) }
    await refuses(prepare, { ...validity, periodSeconds: 2 }, 'BadPeriod', [2, PERIODS_MAX + 1, PERIODS_MAX])
  })
  it('given as many periods as a record can number ... it starts', async () => {
    const validFrom = (await latest()) + DAY
    await starts(prepare, { validFrom, validUntil: validFrom + 2 * (PERIODS_MAX + 1) - 1, periodSeconds: 2 })
  })
}

function describeAccreditation(prepare: Prepare): void {
  it('given the attester was never accredited ... it reverts with NotAccredited', async () => {
    const { stranger } = await networkHelpers.loadFixture(deployWorld)
    await refuses(prepare, { attester: stranger.address }, 'NotAccredited', [stranger.address])
  })
  it('given the attester is retired ... it reverts with NotAccredited', async () => {
    const { world, send } = await arrange(prepare)
    await world.registry.retire(world.attester.address)
    await expect(send())
      .to.be.revertedWithCustomError(world.registry, 'IdentityRegistry_NotAccredited')
      .withArgs(world.attester.address)
  })
}

function describeSignatures(prepare: Prepare): void {
  describeStartingDevice(prepare)
  const ofParty = arrangeSignature(prepare, 'party', ({ car }, party) => ({ device: car, party }))
  const ofAttester = arrangeSignature(prepare, 'attester', ({ car, party }) => ({ device: car, party }))
  describe("given the party's signature", () => {
    describeSecp256k1Signer(ofParty)
    describeSignerLeftOut(ofParty)
    describeP256Signer(ofParty)
    describeErc1271Account(ofParty)
  })
  describe("given the attester's signature", () => {
    describeSecp256k1Signer(ofAttester, 'attester')
    describeErc1271Account(ofAttester, 'attester')
  })
}

type Role = keyof Signatures
type Signers = { device: Device; party: Device }

function arrangeSignature(prepare: Prepare, role: Role, assign: (world: World, signer: Device) => Signers): Arrange {
  const error = role === 'attester' ? 'IdentityRegistry_BadAttesterSignature' : 'IdentityRegistry_BadSignature'
  return async (world, signer) => {
    const signers = assign(world, signer)
    const { binding, send } = await prepare(world, signers)
    const signatures = await signBinding(world, binding, signers)
    return {
      contract: world.registry,
      message: await bindingMessage(world, binding),
      send: (signature, overrides) => send({ ...signatures, [role]: signature }, overrides),
      refusal: { error, args: [role === 'attester' ? signer.signer : signer.signer.toLowerCase()] },
      event: 'BindingStarted',
    }
  }
}

async function arrange(prepare: Prepare, overrides: Overrides = {}) {
  const world = await networkHelpers.loadFixture(deployWorld)
  const signers = { device: world.car, party: world.party }
  const { binding, send } = await prepare(world, signers, overrides)
  const signatures = await signBinding(world, binding, signers)
  return { world, send: () => send(signatures) }
}

async function refuses(prepare: Prepare, overrides: Overrides, problem: string, args: readonly unknown[]) {
  const { world, send } = await arrange(prepare, overrides)
  await expect(send())
    .to.be.revertedWithCustomError(world.registry, `IdentityRegistry_${problem}`)
    .withArgs(...args)
}

async function starts(prepare: Prepare, overrides: Overrides) {
  const { world, send } = await arrange(prepare, overrides)
  await expect(send()).to.emit(world.registry, 'BindingStarted')
}

/** The fixture's time, so that overrides can be chosen before the case is arranged. */
async function latest(): Promise<number> {
  await networkHelpers.loadFixture(deployWorld)
  return networkHelpers.time.latest()
}
