import { loadFastestBackend } from '@musubi/sdk'
import type { Secp256k1Backend } from '@musubi/sdk'
import { bytesToHex, hexToBytes, keccak256, slice, stringToBytes } from 'viem'
import type { Hex } from 'viem'
import type { Key, Signed } from './words.ts'

/** Everybody with a key, by name. Keys are made from names, so that a failing run fails again. */
export class Cast {
  readonly #backend: Secp256k1Backend
  readonly #secrets = new Map<Hex, Uint8Array>()

  constructor(backend: Secp256k1Backend) {
    this.#backend = backend
  }

  static async load(): Promise<Cast> {
    return new Cast(await loadFastestBackend())
  }

  key(name: string): Key {
    const secret = hexToBytes(keccak256(stringToBytes(name)))
    const account = slice(keccak256(this.#backend.publicKey(secret)), 12)
    this.#secrets.set(account, secret)
    return { id: keccak256(account), account }
  }

  /** 64 bytes: r || vs. One that is not over this digest is over the digest's hash. */
  sign({ by, overThis }: Signed, digest: Hex): Hex {
    const secret = this.#secrets.get(by.account)
    if (secret === undefined) throw new Error(`No key of ${by.account}: expected one that was made by name.`)
    const { signature, yParity } = this.#backend.sign(hexToBytes(overThis ? digest : keccak256(digest)), secret)
    const bytes = Uint8Array.from(signature)
    if (yParity === 1) bytes[32]! |= 0x80
    return bytesToHex(bytes)
  }
}
