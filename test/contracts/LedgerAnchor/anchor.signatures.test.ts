/**
 * anchor: who has signed
 * |-- given another signer than the publisher's ... it reverts with WrongSigner
 * |-- given an empty signer
 * |   |-- when the signature is (each of NOT_COMPACT) ... it reverts with BadSignature
 * |   |-- when another key signs, or another anchor is signed ... it reverts with BadSignature
 * |   |-- when the publisher is a P-256 key, or nobody ... it reverts with BadSignature
 * |   `-- when the publisher's 64 bytes are sent ... it is taken
 * |-- given a secp256k1 signer, a P-256 signer, an ERC-1271 account (each of signatureCases.ts)
 * |-- given a signer that is none (each of oddSigners.ts) ... it reverts with BadSignature
 * |-- given a verifier of the publisher's own
 * |   |-- when it (each of HOSTILE_VERIFIERS) ... it reverts with BadSignature, and its gas is bounded
 * |   |-- when it has no code ... it reverts with BadSignature
 * |   |-- when it calls back ... the call fails, and nothing else has happened
 * |   `-- when it accepts, in one word or in 200 kilobytes ... it is taken
 * `-- given an account that changes its answer
 *     |-- when it refuses now ... what it published stands, and the next one is refused
 *     `-- when it accepts everything now ... what it published stands
 */
import { expect } from 'chai'
import { concat, dataSlice, hexlify, id, keccak256 } from 'ethers'
import { anchorMessage, anchorOf, deployLedgerWorld, makeAnchor, publish, rootOf } from '../helpers/anchors.ts'
import type { Anchor, LedgerWorld } from '../helpers/anchors.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import type { Device } from '../helpers/devices.ts'
import { ODD_SIGNERS } from '../helpers/oddSigners.ts'
import { describeErc1271Account, describeP256Signer, describeSecp256k1Signer } from '../helpers/signatureCases.ts'
import type { Arrange } from '../helpers/signatureCases.ts'
import { ACCEPTED, HOSTILE_VERIFIERS, honestParty, partyBehind, partyOf } from '../helpers/verifiers.ts'
import { ZERO_HASH, deploy, ethers, networkHelpers } from '../helpers/world.ts'

/** What an anchor costs, and what a verifier may burn. */
const GAS_USED_MAX = 700_000n
const MAGIC_OF_ACCOUNTS = '0x1626ba7e'.padEnd(66, '0')

const NOT_COMPACT: readonly [string, (signature: string) => string][] = [
  ['empty', () => '0x'],
  ['one byte short', (signature) => dataSlice(signature, 0, 63)],
  ['one byte long', (signature) => concat([signature, '0x00'])],
  ['64 zeros', () => hexlify(new Uint8Array(64))],
  ['all ones', () => `0x${'ff'.repeat(64)}`],
  ['its halves swapped', (signature) => concat([dataSlice(signature, 32), dataSlice(signature, 0, 32)])],
  ['of the other parity', (signature) => flipped(signature)],
]

const arrange: Arrange = async (world, signer) => {
  const ledger = await deploy('LedgerAnchor', [world.verifier.target])
  const value = makeAnchor(signer)
  return {
    contract: ledger,
    message: await anchorMessage(ledger, value),
    send: (signature, overrides = {}) => ledger.anchor(value, signer.signer, signature, overrides),
    refusal: { error: 'LedgerAnchor_BadSignature', args: [signer.id] },
    event: 'Anchored',
  }
}

describe('anchor: who has signed', () => {
  it("given another signer than the publisher's ... it reverts with WrongSigner", async () => {
    const world = await networkHelpers.loadFixture(deployLedgerWorld)
    const { ledger, operator, publisher } = world
    const value = makeAnchor(publisher)
    for (const by of [operator, publisher]) {
      await expect(publish(world, value, { signer: operator.signer, by }))
        .to.be.revertedWithCustomError(ledger, 'LedgerAnchor_WrongSigner')
        .withArgs(operator.id, publisher.id)
    }
  })

  describe('given an empty signer', describeEmptySigner)
  describeSecp256k1Signer(arrange)
  describeP256Signer(arrange)
  describeErc1271Account(arrange)

  for (const { title, make } of ODD_SIGNERS.filter(({ partyError }) => partyError === undefined)) {
    it(`given a signer that is none ... it reverts with BadSignature (${title})`, async () => {
      const world = await networkHelpers.loadFixture(deployLedgerWorld)
      await expectUnsigned(world, await make(world))
    })
  }

  describe("given a verifier of the publisher's own", describeVerifiers)
  describe('given an account that changes its answer', describeChanges)
})

function describeEmptySigner(): void {
  for (const [title, bend] of NOT_COMPACT) {
    it(`when the signature is ${title} ... it reverts with BadSignature`, async () => {
      const world = await networkHelpers.loadFixture(deployLedgerWorld)
      const { publisher } = world
      const sign = (message: Parameters<Device['sign']>[0]) => bend(publisher.sign(message))
      await expectUnsigned(world, { ...publisher, signer: '0x', sign })
    })
  }

  it('when another key signs, or another anchor is signed ... it reverts with BadSignature', async () => {
    const world = await networkHelpers.loadFixture(deployLedgerWorld)
    const { ledger, operator, publisher } = world
    await expectUnsigned(world, { ...operator, id: publisher.id, signer: '0x' })
    const signature = publisher.sign(await anchorMessage(ledger, makeAnchor(publisher, { total: 1_001n })))
    await expectUnsigned(world, { ...publisher, signer: '0x', sign: () => signature })
  })

  it('when the publisher is a P-256 key, or nobody ... it reverts with BadSignature', async () => {
    const world = await networkHelpers.loadFixture(deployLedgerWorld)
    await expectUnsigned(world, { ...world.p256Charger, signer: '0x' })
    const nobody = keccak256(`0x${'00'.repeat(20)}`)
    for (const signature of [hexlify(new Uint8Array(64)), concat([id('r'), ZERO_HASH])]) {
      await expectUnsigned(world, { ...world.publisher, id: nobody, signer: '0x', sign: () => signature })
    }
  })

  it("when the publisher's 64 bytes are sent ... it is taken", async () => {
    const world = await networkHelpers.loadFixture(deployLedgerWorld)
    await publish(world, makeAnchor(world.publisher), { signer: '0x' })
    expect(await world.ledger.lastEpochOf(world.publisher.id)).to.equal(1n)
  })
}

function describeVerifiers(): void {
  for (const [title, name, args] of HOSTILE_VERIFIERS) {
    it(`when it ${title} ... it reverts with BadSignature, and its gas is bounded`, async () => {
      const world = await networkHelpers.loadFixture(deployLedgerWorld)
      await expectUnsigned(world, await partyBehind(name, [...args]))
      expect((await ethers.provider.getBlock('latest'))!.gasUsed).to.be.below(GAS_USED_MAX)
    })
  }

  it('when it has no code ... it reverts with BadSignature', async () => {
    const world = await networkHelpers.loadFixture(deployLedgerWorld)
    await expectUnsigned(world, partyOf(world.stranger.address))
  })

  it('when it calls back ... the call fails, and nothing else has happened', async () => {
    const world = await networkHelpers.loadFixture(deployLedgerWorld)
    const { ledger, operator } = world
    const verifier = await deploy('ReenteringVerifier')
    const victim = makeAnchor(operator)
    const args = [victim, operator.signer, operator.sign(await anchorMessage(ledger, victim))] as const
    await verifier.arm(ledger.interface.encodeFunctionData('anchor', args))
    const publisher = partyOf(String(verifier.target))
    await publish({ ...world, publisher }, makeAnchor(publisher))
    expect(await ledger.lastEpochOf(publisher.id)).to.equal(1n)
    expect(await ledger.lastEpochOf(operator.id)).to.equal(0n)
    // The callback was good: sent by itself it does what it says.
    await ledger.anchor(...args)
    expect(await ledger.lastEpochOf(operator.id)).to.equal(1n)
  })

  it('when it accepts, in one word or in 200 kilobytes ... it is taken', async () => {
    const world = await networkHelpers.loadFixture(deployLedgerWorld)
    const inOneWord = await partyBehind('JunkAccount', [ACCEPTED, 32])
    const atLength = await partyBehind('JunkAccount', [ACCEPTED, 200_000])
    for (const publisher of [await honestParty(), inOneWord, atLength]) {
      await publish({ ...world, publisher }, makeAnchor(publisher))
      expect(await world.ledger.lastEpochOf(publisher.id)).to.equal(1n)
    }
  })
}

function describeChanges(): void {
  it('when it refuses now ... what it published stands, and the next one is refused', async () => {
    const { world, publisher } = await publishedByAccount()
    await answers(publisher, ZERO_HASH)
    await expectUnsigned(world, { ...publisher, sign: () => '0x1234' }, anchorOf(publisher, 2))
    expect(await world.ledger.isLastRoot(publisher.id, rootOf(1))).to.equal(true)
  })

  it('when it accepts everything now ... what it published stands', async () => {
    const { world, publisher } = await publishedByAccount()
    for (const epoch of [0, 1, 3]) {
      const value = { ...anchorOf(publisher, 2), epoch }
      await expect(publish({ ...world, publisher }, value))
        .to.be.revertedWithCustomError(world.ledger, 'LedgerAnchor_WrongEpoch')
        .withArgs(epoch, 2)
    }
    await publish({ ...world, publisher }, anchorOf(publisher, 2))
    expect(await world.ledger.lastEpochOf(publisher.id)).to.equal(2n)
  })
}

/** An account whose code has accepted a first anchor that no key signed. */
async function publishedByAccount() {
  const world = await networkHelpers.loadFixture(deployLedgerWorld)
  const publisher: Device = { ...secp256k1Device('account'), sign: () => '0x1234' }
  await answers(publisher, MAGIC_OF_ACCOUNTS)
  await publish({ ...world, publisher }, makeAnchor(publisher))
  return { world, publisher }
}

async function answers({ signer }: Device, word: string) {
  const { target } = await deploy('JunkAccount', [word, 32])
  await networkHelpers.setCode(signer, await ethers.provider.getCode(target))
}

async function expectUnsigned({ ledger }: LedgerWorld, publisher: Device, value: Anchor = makeAnchor(publisher)) {
  const signature = publisher.sign(await anchorMessage(ledger, value))
  // With a gas limit of its own the call is mined, not estimated: its gas can be read from the block.
  await expect(ledger.anchor(value, publisher.signer, signature, { gasLimit: 10_000_000 }))
    .to.be.revertedWithCustomError(ledger, 'LedgerAnchor_BadSignature')
    .withArgs(publisher.id)
}

/** Bit 255 of vs is the parity. */
function flipped(signature: string): string {
  const first = Number(dataSlice(signature, 32, 33)) ^ 0x80
  return concat([dataSlice(signature, 0, 32), hexlify(Uint8Array.of(first)), dataSlice(signature, 33)])
}
