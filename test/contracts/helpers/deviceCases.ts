/**
 * Cases that every entry point with a device's signature must pass. A test file says how to reach its check (an
 * {@link ArrangeDevice}), and registers all of them:
 *
 * given a secp256k1 device
 * |-- it accepts the device's signature
 * |-- it accepts the device's signature although its address carries code
 * `-- it refuses a signature ... (each of MISDIRECTED and SECP256K1_FORGERIES)
 * given a P-256 device
 * |-- it accepts the device's signature
 * `-- it refuses a signature ... (each of MISDIRECTED and P256_FORGERIES)
 * given a device that no binding can name
 * `-- it refuses ... (each of ODD_DEVICES)
 */
import { concat, dataSlice, id, keccak256, toBeHex, zeroPadValue } from 'ethers'
import type { TypedDataField } from 'ethers'
import { p256Device, secp256k1Device, withHighS } from './devices.ts'
import type { Device, DeviceSignature, Message } from './devices.ts'
import { ZERO_HASH, deploy, deployWorld, ethers, networkHelpers } from './world.ts'
import type { World } from './world.ts'

/** One check of one signature, with everything else in order. */
export type Claim = {
  readonly message: Message
  accepts(signature: DeviceSignature): Promise<void>
  refuses(signature: DeviceSignature): Promise<void>
}

/** Makes the check ready for a device, which may be one that the registry would never bind. */
export type ArrangeDevice = (world: World, device: Device) => Promise<Claim>

type Forgery = { title: string; forge(signer: Device, message: Message, world: World): DeviceSignature[] }
type OddDevice = { title: string; make(world: World): Promise<Device> | Device }

const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const PARITY = 1n << 255n
const MAGIC_OF_VERIFIER = id('verify(bytes,bytes32,bytes)').slice(0, 10).padEnd(66, '0')
const ONE = toBeHex(1, 32)
const MAX_WORD = toBeHex((1n << 256n) - 1n, 32)

export function describeDeviceSignatures(arrange: ArrangeDevice): void {
  describe('given a secp256k1 device', () => {
    const make = () => secp256k1Device('device')
    itAcceptsItsSignature(arrange, make)
    itAcceptsWithCode(arrange, make)
    for (const forgery of [...MISDIRECTED, ...SECP256K1_FORGERIES]) itRefuses(forgery, arrange, make)
  })
  describe('given a P-256 device', () => {
    const make = (world: World) => p256Device('P-256 device', String(world.verifier.target))
    itAcceptsItsSignature(arrange, make)
    for (const forgery of [...MISDIRECTED, ...P256_FORGERIES]) itRefuses(forgery, arrange, make)
  })
  describe('given a device that no binding can name', () => {
    for (const { title, make } of ODD_DEVICES) {
      it(title, async () => {
        const world = await networkHelpers.loadFixture(deployWorld)
        const device = await make(world)
        const { message, refuses } = await arrange(world, device)
        await refuses(device.signParts(message))
      })
    }
  })
}

function itAcceptsItsSignature(arrange: ArrangeDevice, make: (world: World) => Device): void {
  it("it accepts the device's signature", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const device = make(world)
    const { message, accepts } = await arrange(world, device)
    await accepts(device.signParts(message))
  })
}

function itAcceptsWithCode(arrange: ArrangeDevice, make: (world: World) => Device): void {
  it("it accepts the device's signature although its address carries code", async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const device = make(world)
    const { message, accepts } = await arrange(world, device)
    await networkHelpers.setCode(device.signer, concat(['0xef0100', dataSlice(id('a delegate'), 0, 20)]))
    await accepts(device.signParts(message))
  })
}

function itRefuses({ title, forge }: Forgery, arrange: ArrangeDevice, make: (world: World) => Device): void {
  it(`it refuses a signature ${title}`, async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const device = make(world)
    const { message, refuses } = await arrange(world, device)
    for (const signature of forge(device, message, world)) await refuses(signature)
  })
}

/** What a device may well have signed, and what anybody could write without its key. */
const MISDIRECTED: readonly Forgery[] = [
  { title: 'over another type', forge: (signer, message) => otherTypes(message).map((one) => signer.signParts(one)) },
  {
    title: 'over another contract',
    forge: (signer, message, { registry }) => [
      signer.signParts(inDomain(message, { verifyingContract: registry.target })),
    ],
  },
  {
    title: 'over another chain id',
    forge: (signer, message) => [signer.signParts(inDomain(message, { chainId: 1 }))],
  },
  {
    title: 'over a message that differs in one field',
    forge: (signer, message) => otherValues(message).map((one) => signer.signParts(one)),
  },
  { title: 'of zeros', forge: bent(() => ({ r: ZERO_HASH, vs: ZERO_HASH })) },
  { title: 'with r zero', forge: bent(({ vs }) => ({ r: ZERO_HASH, vs })) },
  { title: 'with s zero', forge: bent(({ r }) => ({ r, vs: ZERO_HASH })) },
  { title: 'with r above the order', forge: bent(({ vs }) => ({ r: MAX_WORD, vs })) },
  { title: 'with every bit of s set', forge: bent(({ r }) => ({ r, vs: MAX_WORD })) },
  {
    title: 'of another secp256k1 key',
    forge: (_, message) => [secp256k1Device('another').signParts(message)],
  },
  {
    title: 'of another P-256 key',
    forge: (_, message, { verifier }) => [p256Device('another', String(verifier.target)).signParts(message)],
  },
]

const SECP256K1_FORGERIES: readonly Forgery[] = [
  { title: 'with the other parity', forge: bent(({ vs }) => ({ vs: toBeHex(BigInt(vs) ^ PARITY, 32) })) },
  {
    title: 'with high s',
    // Both parities: what is above 2^255 collides with the parity's bit.
    forge: (signer, message) => {
      const signature = signer.signParts(message)
      const s = SECP256K1_ORDER - (BigInt(signature.vs) & (PARITY - 1n))
      return [s | PARITY, s & (PARITY - 1n)].map((vs) => ({ ...signature, vs: toBeHex(vs, 32) }))
    },
  },
  {
    title: 'with s just above half of the order',
    forge: bent(() => ({ vs: toBeHex(SECP256K1_ORDER / 2n + 1n, 32) })),
  },
  { title: 'that sends the address along', forge: bent((_, { signer }) => ({ signer })) },
]

const P256_FORGERIES: readonly Forgery[] = [
  { title: 'with high s', forge: bent(({ r, vs }) => ({ vs: dataSlice(withHighS(concat([r, vs])), 32) })) },
  { title: 'without its signer', forge: bent(() => ({ signer: '0x' })) },
  { title: 'with a signer one byte short', forge: bent(({ signer }) => ({ signer: dataSlice(signer, 0, 83) })) },
  { title: 'with a signer one byte long', forge: bent(({ signer }) => ({ signer: concat([signer, '0x00']) })) },
  {
    title: 'with a signer of another verifier',
    forge: bent(({ signer }) => ({ signer: concat([dataSlice(id('verifier'), 0, 20), dataSlice(signer, 20)]) })),
  },
]

/** Their ids are true hashes of what is sent as signer, so that only the check behind the id is left to refuse them. */
const ODD_DEVICES: readonly OddDevice[] = [
  { title: 'it refuses a malformed signature of the zero address', make: () => zeroAddressDevice() },
  { title: 'it refuses the signature of an address that is sent along', make: () => sentAddressDevice() },
  { title: 'it refuses the valid signature of a key at another verifier', make: () => foreignVerifierDevice() },
  { title: 'it refuses what a verifier of its own accepts', make: () => hostileVerifierDevice() },
  {
    title: 'it refuses a signer one byte short',
    make: (world) => resized(world, (signer) => dataSlice(signer, 0, 83)),
  },
  { title: 'it refuses a signer one byte long', make: (world) => resized(world, (signer) => concat([signer, '0x00'])) },
  { title: 'it refuses a key that is not on the curve', make: (world) => resized(world, offCurve) },
  {
    title: 'it refuses the verifier without a key',
    make: (world) => resized(world, (signer) => dataSlice(signer, 0, 20)),
  },
]

function zeroAddressDevice(): Device {
  const signer = zeroPadValue('0x', 20)
  return oddDevice(signer, () => ({ r: ZERO_HASH, vs: ZERO_HASH, signer: '0x' }))
}

function sentAddressDevice(): Device {
  const honest = secp256k1Device('device')
  return oddDevice(honest.signer, (message) => ({ ...honest.signParts(message), signer: honest.signer }))
}

function foreignVerifierDevice(): Device {
  const honest = p256Device('P-256 device', ethers.getAddress(dataSlice(id('verifier'), 0, 20)))
  return oddDevice(honest.signer, (message) => honest.signParts(message))
}

async function hostileVerifierDevice(): Promise<Device> {
  const verifier = await deploy('JunkAccount', [MAGIC_OF_VERIFIER, 32])
  const signer = concat([String(verifier.target), ONE, ONE])
  return oddDevice(signer, () => ({ r: ONE, vs: ONE, signer }))
}

function resized(world: World, resize: (signer: string) => string): Device {
  const honest = p256Device('P-256 device', String(world.verifier.target))
  const signer = resize(honest.signer)
  return oddDevice(signer, (message) => ({ ...honest.signParts(message), signer }))
}

function offCurve(signer: string): string {
  return concat([dataSlice(signer, 0, 52), ONE])
}

function oddDevice(signer: string, signParts: (message: Message) => DeviceSignature): Device {
  return { id: keccak256(signer), signer, signParts, sign: () => '0x' }
}

function bent(bend: (signature: DeviceSignature, device: Device) => Partial<DeviceSignature>): Forgery['forge'] {
  return (device, message) => {
    const signature = device.signParts(message)
    return [{ ...signature, ...bend(signature, device) }]
  }
}

function inDomain(message: Message, change: object): Message {
  return { ...message, domain: { ...message.domain, ...change } }
}

const ESCROW_TYPES = [
  'Voucher',
  'StreamVoucher',
  'HashlockVoucher',
  'Acknowledgement',
  'CooperativeClose',
  'RequestClose',
  'FundingOrder',
]

/** The same fields under the names of all the other types that are signed in the escrow's domain. */
function otherTypes(message: Message): Message[] {
  const [[own, fields]] = Object.entries(message.types) as [[string, readonly TypedDataField[]]]
  return ESCROW_TYPES.filter((name) => name !== own).map((name) => ({ ...message, types: { [name]: fields } }))
}

function otherValues(message: Message): Message[] {
  const [fields] = Object.values(message.types) as [readonly TypedDataField[]]
  const value = message.value as Record<string, string | bigint | number>
  return fields.map(({ name, type }) => {
    const other = type === 'bytes32' ? id('another') : BigInt(value[name]!) + 1n
    return { ...message, value: { ...value, [name]: other } }
  })
}
