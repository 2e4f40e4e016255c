import { SignerId } from '@musubi/sdk'
import { PublicKey } from '@musubi/sdk/did'
import type { Address, Hex } from 'viem'
import { concat, getAddress, isAddress, isHex, size, slice, toBytes, toHex, zeroAddress } from 'viem'

/** How many bytes a device's key may have, and what they are then. */
const SIZES = { address: 20, compressed: 33, coordinates: 64, uncompressed: 65, signer: SignerId.P256_SIGNER_BYTES }

export const DEVICE_KEY_FORM =
  'an address (20 bytes), verifier || x || y (84), or a P-256 public key as x || y (64) or a point (33 or 65)'

/**
 * The ERC-7913 signer of a device key, in whatever form its maker gives it. Without a curve a public key is one of P-256,
 * as secure elements have it; `secp256k1` makes an address of it.
 */
export function toDeviceSigner(text: string, { p256Verifier, curve = 'P-256' }: toDeviceSigner.Options): Hex {
  const given = text.startsWith('0x') ? text : `0x${text}`
  if (!isHex(given, { strict: true }) || given.length % 2 !== 0) throw new BadDeviceKey('it is not hex')
  const bytes = size(given)
  if (bytes === SIZES.address) return toAddress(given)
  if (bytes === SIZES.signer) return toP256Signer(slice(given, 20), given, p256Verifier)
  if (bytes === SIZES.coordinates || bytes === SIZES.compressed || bytes === SIZES.uncompressed) {
    const key = toPublicKey(given, curve)
    if (PublicKey.hasAddress(key)) return PublicKey.address(key)
    return concat([p256Verifier, toHex(PublicKey.coordinates(key))]).toLowerCase() as Hex
  }
  throw new BadDeviceKey(`it has ${bytes} bytes`)
}
export declare namespace toDeviceSigner {
  type Options = { readonly p256Verifier: Address; readonly curve?: PublicKey.Curve | undefined }
}

function toAddress(given: Hex): Hex {
  if (!isAddress(given)) throw new BadDeviceKey('its checksum is wrong')
  if (getAddress(given) === zeroAddress) throw new BadDeviceKey('it is the zero address')
  return getAddress(given)
}

function toP256Signer(coordinates: Hex, given: Hex, p256Verifier: Address): Hex {
  const verifier = getAddress(slice(given, 0, 20))
  if (verifier !== getAddress(p256Verifier)) throw new BadDeviceKey(`its verifier is ${verifier}, not ${p256Verifier}`)
  toPublicKey(coordinates, 'P-256')
  return given.toLowerCase() as Hex
}

function toPublicKey(given: Hex, curve: PublicKey.Curve): PublicKey.PublicKey {
  const bytes = toBytes(given)
  try {
    return bytes.length === SIZES.coordinates ? PublicKey.ofCoordinates(curve, bytes) : PublicKey.of(curve, bytes)
  } catch (cause) {
    throw new BadDeviceKey(`it is no point of ${curve}`, { cause })
  }
}

/** Why a key cannot be bound; whoever reads it knows which row it is in. */
export class BadDeviceKey extends Error {
  override readonly name = 'Devices.BadDeviceKey'
}
