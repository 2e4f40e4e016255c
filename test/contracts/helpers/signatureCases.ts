/**
 * Cases that every entry point with a signature must pass. A test file says how to reach its check (an {@link Arrange}),
 * and registers the families that its signer may belong to:
 *
 * given a secp256k1 signer
 * |-- it refuses a signature ... (each of ECDSA_FORGERIES)
 * |-- it accepts a signature of 65 bytes
 * |-- it accepts a signature of 64 bytes
 * `-- it accepts a signature although the address carries code
 * given a P-256 signer
 * |-- it refuses a signature ... (each of P256_FORGERIES)
 * `-- it accepts a signature with low s
 * given an ERC-1271 account
 * |-- it accepts what the account accepts
 * |-- it accepts what the contract accepts that the account delegates to
 * `-- it refuses a signature when the account ... (each of HOSTILE_ACCOUNTS)
 */
import { expect } from 'chai'
import { Signature, concat, dataSlice, hexlify, id, toBeHex } from 'ethers'
import type { TypedDataField } from 'ethers'
import { p256Device, secp256k1Device, withHighS } from './devices.ts'
import type { Device, Message } from './devices.ts'
import { ZERO_HASH, deployWorld, ethers, networkHelpers } from './world.ts'
import type { WithDomain, World } from './world.ts'

/** One call that checks one signature, with everything else in order. */
export type Attempt = {
  readonly contract: WithDomain
  /** What the signer must sign. */
  readonly message: Message
  readonly send: (signature: string, overrides?: { gasLimit?: number }) => Promise<unknown>
  readonly refusal: { readonly error: string; readonly args: readonly unknown[] }
  /** Emitted when the signature is accepted. */
  readonly event: string
}

/** Makes the call ready for a signer; the signer has a key, also where a test later puts code at its address. */
export type Arrange = (world: World, signer: Device) => Promise<Attempt>

type Forgery = {
  readonly title: string
  readonly forge: (world: World, signer: Device, message: Message) => string | Promise<string>
}

const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const MAGIC = '0x1626ba7e'
/** Above what any accepted call needs, below what an account without a gas limit would burn. */
const GAS_USED_MAX = 800_000n

export function describeSecp256k1Signer(arrange: Arrange, seed = 'signer'): void {
  describe('given a secp256k1 signer', () => {
    const make = () => secp256k1Device(seed)
    itRefuses(ECDSA_FORGERIES, arrange, make)

    it('it accepts a signature of 65 bytes', async () => {
      await accepts(arrange, make, (signer, message) => Signature.from(signer.sign(message)).serialized)
    })
    it('it accepts a signature of 64 bytes', async () => {
      await accepts(arrange, make, (signer, message) => Signature.from(signer.sign(message)).compactSerialized)
    })
    it('it accepts a signature although the address carries code', async () => {
      await accepts(arrange, make, async (signer, message) => {
        await networkHelpers.setCode(signer.signer, concat(['0xef0100', id('a delegate').slice(0, 42)]))
        return signer.sign(message)
      })
    })
  })
}

export function describeP256Signer(arrange: Arrange): void {
  describe('given a P-256 signer', () => {
    const make = (world: World) => p256Device('P-256 signer', String(world.verifier.target))
    itRefuses(P256_FORGERIES, arrange, make)

    it('it accepts a signature with low s', async () => {
      await accepts(arrange, make, (signer, message) => signer.sign(message))
    })
  })
}

export function describeErc1271Account(arrange: Arrange, seed = 'account'): void {
  describe('given an ERC-1271 account', () => {
    const make = () => secp256k1Device(seed)

    it('it accepts what the account accepts', async () => {
      await accepts(arrange, make, async (signer, message) => {
        await putCode(signer.signer, 'Erc1271Account', [owner.signer])
        return Signature.from(owner.sign(message)).serialized
      })
    })
    it('it accepts what the contract accepts that the account delegates to', async () => {
      await accepts(arrange, make, async (signer, message) => {
        const delegate = await ethers.deployContract('Erc1271Account', [owner.signer])
        await networkHelpers.setCode(signer.signer, concat(['0xef0100', String(delegate.target)]))
        return Signature.from(owner.sign(message)).serialized
      })
    })
    itRefuses(HOSTILE_ACCOUNTS, arrange, make)
  })
}

/** For signers that must not be asked what they accept: devices, whose signatures can never be taken back. */
export function describeErc1271Refused(arrange: Arrange): void {
  describe('given an ERC-1271 account', () => {
    const title = 'it refuses what the account accepts'
    const make = () => secp256k1Device('account')
    itRefuses([{ ...ownerSigns((message) => message), title }], arrange, make)
  })
}

function itRefuses(forgeries: readonly Forgery[], arrange: Arrange, make: (world: World) => Device): void {
  for (const { title, forge } of forgeries) {
    it(title, async () => {
      const world = await networkHelpers.loadFixture(deployWorld)
      const signer = make(world)
      const { contract, message, refusal, send } = await arrange(world, signer)
      const signature = await forge(world, signer, message)
      // With a gas limit of its own the call is mined, not estimated: its gas can be read from the block.
      await expect(send(signature, { gasLimit: 10_000_000 }))
        .to.be.revertedWithCustomError(contract, refusal.error)
        .withArgs(...refusal.args)
      expect((await ethers.provider.getBlock('latest'))!.gasUsed).to.be.below(GAS_USED_MAX)
    })
  }
}

async function accepts(
  arrange: Arrange,
  make: (world: World) => Device,
  sign: (signer: Device, message: Message) => string | Promise<string>,
): Promise<void> {
  const world = await networkHelpers.loadFixture(deployWorld)
  const signer = make(world)
  const { contract, message, event, send } = await arrange(world, signer)
  await expect(send(await sign(signer, message))).to.emit(contract, event)
}

/** The same key's signature over something close: wrong for signers of every kind. */
const MISDIRECTED: readonly Forgery[] = [
  resigned('over another type', (_, message) => ({ ...message, types: otherType(message) })),
  resigned('over another contract', (world, message) => inDomain(message, { verifyingContract: world.token.target })),
  resigned('over another chain id', (_, message) => inDomain(message, { chainId: 1 })),
  resigned('over another message', (_, message) => ({ ...message, value: otherValue(message) })),
  bent('that is empty', () => '0x'),
  bent('one byte short', (signature) => dataSlice(signature, 0, 63)),
  bent('one byte long', (signature) => concat([signature, '0x00'])),
  bent('of 65 zeros', () => hexlify(new Uint8Array(65))),
  bent('of 64 zeros', () => hexlify(new Uint8Array(64))),
]

const ECDSA_FORGERIES: readonly Forgery[] = [
  replaced('of another key', () => secp256k1Device('another')),
  replaced('of a P-256 key', (world) => p256Device('another', String(world.verifier.target))),
  ...MISDIRECTED,
  bent('of 65 bytes with v below 27', (signature) => bend65(signature, lowV)),
  bent('of 65 bytes with high s', (signature) => bend65(signature, highS)),
  bent('of 65 bytes with a parity in s', (signature) => bend65(signature, parityInS)),
]

const P256_FORGERIES: readonly Forgery[] = [
  replaced('of another key', (world) => p256Device('another', String(world.verifier.target))),
  replaced('of a secp256k1 key', () => secp256k1Device('another')),
  ...MISDIRECTED,
  bent('with high s', withHighS),
  bent('with r zero', (signature) => concat([ZERO_HASH, dataSlice(signature, 32)])),
  bent('with s zero', (signature) => concat([dataSlice(signature, 0, 32), ZERO_HASH])),
]

export const owner = secp256k1Device('owner of the account')

const HOSTILE_ACCOUNTS: readonly Forgery[] = [
  {
    ...ownerSigns((message) => ({ ...message, value: otherValue(message) })),
    title: title('when the account refuses it'),
  },
  hostile('reverts with the magic value', 'RevertingAccount', []),
  hostile('answers nothing', 'JunkAccount', [MAGIC.padEnd(66, '0'), 0]),
  hostile('answers the magic value in 4 bytes', 'JunkAccount', [MAGIC.padEnd(66, '0'), 4]),
  hostile('answers the magic value in 31 bytes', 'JunkAccount', [MAGIC.padEnd(66, '0'), 31]),
  hostile('answers the magic value and more in one word', 'JunkAccount', [MAGIC.padEnd(65, '0') + '1', 32]),
  hostile('answers the magic value on the wrong side', 'JunkAccount', [toBeHex(MAGIC, 32), 32]),
  hostile('answers true', 'JunkAccount', [toBeHex(1, 32), 32]),
  hostile('answers 200 kilobytes', 'JunkAccount', [ZERO_HASH, 200_000]),
  hostile('burns all its gas', 'GasBurningAccount', []),
]

function title(ending: string): string {
  return `it refuses a signature ${ending}`
}

function resigned(ending: string, change: (world: World, message: Message) => Message): Forgery {
  return { title: title(ending), forge: (world, signer, message) => signer.sign(change(world, message)) }
}

function replaced(ending: string, other: (world: World) => Device): Forgery {
  return { title: title(ending), forge: (world, _, message) => other(world).sign(message) }
}

function bent(ending: string, bend: (signature: string) => string): Forgery {
  return { title: title(ending), forge: (_, signer, message) => bend(signer.sign(message)) }
}

function hostile(ending: string, account: string, args: readonly unknown[]): Forgery {
  const forge = async (_: World, signer: Device, message: Message) => {
    await putCode(signer.signer, account, args)
    return owner.sign(message)
  }
  return { title: title(`when the account ${ending}`), forge }
}

/** The account is honest, and its owner signs `change(message)`. */
function ownerSigns(change: (message: Message) => Message): Omit<Forgery, 'title'> {
  const forge = async (_: World, signer: Device, message: Message) => {
    await putCode(signer.signer, 'Erc1271Account', [owner.signer])
    return Signature.from(owner.sign(change(message))).serialized
  }
  return { forge }
}

export async function putCode(address: string, account: string, args: readonly unknown[]): Promise<void> {
  const deployed = await ethers.deployContract(account, [...args])
  await networkHelpers.setCode(address, await ethers.provider.getCode(deployed))
}

export function lowV({ r, s, yParity }: Signature): string[] {
  return [r, s, toBeHex(yParity, 1)]
}

export function highS({ r, s, yParity }: Signature): string[] {
  return [r, toBeHex(SECP256K1_ORDER - BigInt(s), 32), toBeHex(28 - yParity)]
}

/** The top bit, which is the parity in 64 bytes, must not be idle in 65. */
export function parityInS({ r, s, v }: Signature): string[] {
  return [r, toBeHex(BigInt(s) | (1n << 255n), 32), toBeHex(v)]
}

export function bend65(signature: string, bend: (parts: Signature) => string[]): string {
  return concat(bend(Signature.from(signature)))
}

export function inDomain(message: Message, change: object): Message {
  return { ...message, domain: { ...message.domain, ...change } }
}

/** The first type is the one that is signed; its fields stay, so that only the type's name differs. */
export function otherType({ types }: Message): Record<string, readonly TypedDataField[]> {
  const [[name, fields], ...nested] = Object.entries(types) as [[string, readonly TypedDataField[]]]
  return { [name === 'Suspend' ? 'Resume' : 'Suspend']: fields, ...Object.fromEntries(nested) }
}

/** Another id in the first place: of a binding, of a channel, of a device. A message that has none gets another deadline. */
export function otherValue({ types, value }: Message): object {
  const [fields] = Object.values(types) as [readonly TypedDataField[]]
  const named = fields.find(({ type }) => type === 'bytes32')
  return { ...value, ...(named === undefined ? { deadline: 2n ** 40n - 1n } : { [named.name]: id('another') }) }
}
