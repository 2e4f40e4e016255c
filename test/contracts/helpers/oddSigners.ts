/** Signers that a binding may name, since it holds only their hash, and that must never be found to have signed. */
import { concat, dataSlice, hexlify, id, keccak256, zeroPadValue } from 'ethers'
import { p256Device, secp256k1Device } from './devices.ts'
import type { Device, Message } from './devices.ts'
import { deploy } from './world.ts'
import type { World } from './world.ts'

export type OddSigner = {
  readonly title: string
  readonly make: (world: World) => Device | Promise<Device>
  /** As a party: longer than an address, and no P-256 key of ours, it is one of an ERC-7913 verifier. */
  readonly partyError?: 'VerifierNotAllowed'
}

const ACCEPTED_BY_VERIFIER = dataSlice(id('verify(bytes,bytes32,bytes)'), 0, 4).padEnd(66, '0')
const ADDRESS_BYTES = 20

export const ODD_SIGNERS: readonly OddSigner[] = [
  zeroAddress('an empty signature', '0x'),
  zeroAddress('65 zeros', hexlify(new Uint8Array(65))),
  zeroAddress('64 zeros', hexlify(new Uint8Array(64))),
  zeroAddress('a signature whose v is 0', concat([id('r'), zeroPadValue('0x01', 32), '0x00'])),
  zeroAddress(
    'a signature whose r is above the order',
    concat([`0x${'ff'.repeat(32)}`, zeroPadValue('0x01', 32), '0x1b']),
  ),
  {
    title: 'an address of 19 bytes',
    make: () => reshaped(secp256k1Device('odd'), (signer) => dataSlice(signer, 0, 19)),
  },
  {
    title: 'an address of 21 bytes',
    partyError: 'VerifierNotAllowed',
    make: () => reshaped(secp256k1Device('odd'), (signer) => concat([signer, '0x00'])),
  },
  {
    title: 'an address of 32 bytes',
    partyError: 'VerifierNotAllowed',
    make: () => reshaped(secp256k1Device('odd'), (signer) => zeroPadValue(signer, 32)),
  },
  { title: 'a P-256 signer of 83 bytes', make: (world) => reshaped(p256(world), (signer) => dataSlice(signer, 0, 83)) },
  { title: 'a P-256 signer of 85 bytes', make: (world) => reshaped(p256(world), (signer) => concat([signer, '0x00'])) },
  {
    title: 'a P-256 key off the curve',
    make: (world) => reshaped(p256(world), (signer) => concat([dataSlice(signer, 0, 83), '0x00'])),
  },
  {
    title: 'a P-256 key without its verifier',
    partyError: 'VerifierNotAllowed',
    make: (world) => reshaped(p256(world), (signer) => dataSlice(signer, ADDRESS_BYTES)),
  },
  {
    title: 'a P-256 key that names a copy of the verifier',
    partyError: 'VerifierNotAllowed',
    make: async () => p256Device('odd', String((await deploy('P256Sha256Verifier')).target)),
  },
  {
    title: 'a P-256 key that names a verifier which accepts everything',
    partyError: 'VerifierNotAllowed',
    make: async () => p256Device('odd', String((await deploy('JunkAccount', [ACCEPTED_BY_VERIFIER, 32])).target)),
  },
]

function p256(world: World): Device {
  return p256Device('odd', String(world.verifier.target))
}

function zeroAddress(withWhat: string, signature: string): OddSigner {
  const sign = (_: Message) => signature
  const make = () => ({ ...reshaped(secp256k1Device('odd'), () => `0x${'00'.repeat(20)}`), sign })
  return { title: `the zero address with ${withWhat}`, make }
}

/** The same key under other signer bytes: it still signs what it is given. */
function reshaped(device: Device, reshape: (signer: string) => string): Device {
  const signer = reshape(device.signer).toLowerCase()
  return { ...device, id: keccak256(signer), signer }
}
