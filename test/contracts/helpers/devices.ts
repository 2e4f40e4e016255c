import { createHash, createPrivateKey, createPublicKey, sign as nodeSign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import {
  Signature,
  SigningKey,
  TypedDataEncoder,
  Wallet,
  concat,
  dataSlice,
  getBytes,
  hexlify,
  keccak256,
  toBeHex,
} from 'ethers'
import type { TypedDataDomain, TypedDataField } from 'ethers'

type Types = Record<string, readonly TypedDataField[]>
export type Message = { domain: TypedDataDomain; types: Types; value: object }

/** Signature of a device as the escrow takes it. */
export type DeviceSignature = { r: string; vs: string; signer: string }

/** A machine with a key of its own. Made from a seed, so that a failing test fails again. */
export type Device = {
  readonly id: string
  /** ERC-7913 signer. */
  readonly signer: string
  /** 64 bytes: r || vs, or r || s. */
  sign(message: Message): string
  /** The same in parts; `signer` is empty for secp256k1. */
  signParts(message: Message): DeviceSignature
}

export function digestOf({ domain, types, value }: Message): string {
  return TypedDataEncoder.hash(domain, types as Record<string, TypedDataField[]>, value)
}

export function secp256k1Device(seed: string): Device & { wallet: Wallet } {
  const wallet = new Wallet(keccak256(Buffer.from(seed)))
  const key = new SigningKey(wallet.privateKey)
  const sign = (message: Message) => Signature.from(key.sign(digestOf(message))).compactSerialized
  const signParts = (message: Message) => ({ ...parts(sign(message)), signer: '0x' })
  return { id: keccak256(wallet.address), signer: wallet.address, sign, signParts, wallet }
}

const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

export function p256Device(seed: string, verifier: string): Device {
  const key = p256Key(seed)
  const { x, y } = createPublicKey(key).export({ format: 'jwk' })
  const signer = hexlify(concat([verifier, Buffer.from(x!, 'base64url'), Buffer.from(y!, 'base64url')]))
  const sign = (message: Message) => {
    const raw = hexlify(nodeSign('sha256', getBytes(digestOf(message)), { key, dsaEncoding: 'ieee-p1363' }))
    const s = BigInt(dataSlice(raw, 32))
    return concat([dataSlice(raw, 0, 32), toBeHex(s > P256_ORDER / 2n ? P256_ORDER - s : s, 32)])
  }
  const signParts = (message: Message) => ({ ...parts(sign(message)), signer })
  return { id: keccak256(signer), signer, sign, signParts }
}

/** The same signature with the other s: valid mathematics, refused by the contracts. */
export function withHighS(signature: string): string {
  return concat([dataSlice(signature, 0, 32), toBeHex(P256_ORDER - BigInt(dataSlice(signature, 32)), 32)])
}

function parts(signature: string) {
  return { r: dataSlice(signature, 0, 32), vs: dataSlice(signature, 32, 64) }
}

/** PKCS #8 of a P-256 private key is a fixed frame around its 32 bytes. */
function p256Key(seed: string): KeyObject {
  const d = createHash('sha256').update(seed).digest('hex')
  const der = `3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420${d}`
  return createPrivateKey({ key: Buffer.from(der, 'hex'), format: 'der', type: 'pkcs8' })
}

/** A secp256k1 signature in 65 bytes, in 64, and with the other s, which the contracts refuse. */
export function formsOf(signature: string): string[] {
  const { r, s, yParity, serialized, compactSerialized } = Signature.from(signature)
  const high = toBeHex(SECP256K1_ORDER - BigInt(s), 32)
  return [serialized, compactSerialized, concat([r, high, toBeHex(28 - yParity)])]
}
