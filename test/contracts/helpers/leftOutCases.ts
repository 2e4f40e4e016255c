/**
 * Cases that every entry point of the registry with the signer of a device or a party must pass, when it is left out:
 *
 * given a secp256k1 signer that is left out
 * |-- it accepts a signature of 65 bytes, and its events name the signer
 * |-- it accepts a signature of 64 bytes, and its events name the signer
 * |-- it refuses as of nobody a signature ... (each of UNREADABLE)
 * `-- it refuses as of another signer a signature ... (each of FOREIGN)
 */
import { expect } from 'chai'
import { Signature, concat, dataSlice, hexlify, keccak256, recoverAddress } from 'ethers'
import { digestOf, secp256k1Device } from './devices.ts'
import type { Message } from './devices.ts'
import { bend65, highS, inDomain, lowV, otherType, otherValue, owner, parityInS, putCode } from './signatureCases.ts'
import type { Arrange, Attempt } from './signatureCases.ts'
import { deployWorld, ethers, networkHelpers } from './world.ts'
import type { World } from './world.ts'

type Key = ReturnType<typeof secp256k1Device>
type Forging = {
  readonly ending: string
  readonly forge: (world: World, signer: Key, message: Message) => string | Promise<string>
}

export function describeSignerLeftOut(arrange: Arrange): void {
  describe('given a secp256k1 signer that is left out', () => {
    for (const [bytes, form] of [
      [65, 'serialized'],
      [64, 'compactSerialized'],
    ] as const) {
      it(`it accepts a signature of ${bytes} bytes, and its events name the signer`, async () => {
        const { attempt, signer } = await arrangeLeftOut(arrange)
        await attempt.send(Signature.from(signer.sign(attempt.message))[form])
        await expectNamedSigners(attempt)
      })
    }
    for (const { ending, forge } of UNREADABLE) {
      it(`it refuses as of nobody a signature ${ending}`, async () => {
        const { attempt, signer, world } = await arrangeLeftOut(arrange)
        await expect(attempt.send(await forge(world, signer, attempt.message)))
          .to.be.revertedWithCustomError(attempt.contract, 'IdentityRegistry_BadSignature')
          .withArgs('0x')
      })
    }
    for (const { ending, forge } of FOREIGN) {
      it(`it refuses as of another signer a signature ${ending}`, async () => {
        const { attempt, signer, world } = await arrangeLeftOut(arrange)
        const signature = await forge(world, signer, attempt.message)
        const found = keccak256(recoverAddress(digestOf(attempt.message), signature))
        await expect(attempt.send(signature))
          .to.be.revertedWithCustomError(attempt.contract, 'IdentityRegistry_WrongSigner')
          .withArgs(found, signer.id)
      })
    }
  })
}

async function arrangeLeftOut(arrange: Arrange) {
  const world = await networkHelpers.loadFixture(deployWorld)
  const signer = secp256k1Device('signer that is left out')
  return { world, signer, attempt: await arrange(world, { ...signer, signer: '0x' }) }
}

/** Whatever the newest block's events say of a signer, its hash is the id beside it. */
async function expectNamedSigners({ contract, event }: Attempt): Promise<void> {
  const blockNumber = await ethers.provider.getBlockNumber()
  const logs = await ethers.provider.getLogs({ fromBlock: blockNumber, address: contract.target })
  const events = logs.map((log) => contract.interface.parseLog(log)!)
  expect(events.map(({ name }) => name)).to.include(event)
  for (const { name, args } of events) {
    if (name === 'BindingStarted') expect(keccak256(args.deviceSigner)).to.equal(args.deviceId)
    if (name === 'Enrolled') expect(keccak256(args.partySigner)).to.equal(args.partyId)
  }
}

/** No address comes out of these. */
const UNREADABLE: readonly Forging[] = [
  { ending: 'that is empty', forge: () => '0x' },
  { ending: 'one byte short', forge: (_, signer, message) => dataSlice(signer.sign(message), 0, 63) },
  { ending: 'one byte long', forge: (_, signer, message) => concat([signer.sign(message), '0x00']) },
  { ending: 'of 65 zeros', forge: () => hexlify(new Uint8Array(65)) },
  { ending: 'of 64 zeros', forge: () => hexlify(new Uint8Array(64)) },
  { ending: 'of 65 bytes with v below 27', forge: (_, signer, message) => bend65(signer.sign(message), lowV) },
  { ending: 'of 65 bytes with high s', forge: (_, signer, message) => bend65(signer.sign(message), highS) },
  { ending: 'of 65 bytes with a parity in s', forge: (_, signer, message) => bend65(signer.sign(message), parityInS) },
]

/** An address comes out of these, and it is not the signer's. */
const FOREIGN: readonly Forging[] = [
  { ending: 'of another key', forge: (_, __, message) => secp256k1Device('another').sign(message) },
  {
    ending: 'over another type',
    forge: (_, signer, message) => signer.sign({ ...message, types: otherType(message) }),
  },
  {
    ending: 'over another contract',
    forge: (world, signer, message) => signer.sign(inDomain(message, { verifyingContract: world.token.target })),
  },
  { ending: 'over another chain id', forge: (_, signer, message) => signer.sign(inDomain(message, { chainId: 1 })) },
  {
    ending: 'over another message',
    forge: (_, signer, message) => signer.sign({ ...message, value: otherValue(message) }),
  },
  {
    ending: 'that its address accepts as an ERC-1271 account',
    forge: async (_, signer, message) => {
      await putCode(signer.wallet.address, 'Erc1271Account', [owner.signer])
      return Signature.from(owner.sign(message)).serialized
    },
  },
]
