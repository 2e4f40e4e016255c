import { createHash } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import type { Address, Hex } from 'viem'
import {
  concat,
  getContractAddress,
  hexToBytes,
  keccak256,
  parseSignature,
  serializeCompactSignature,
  signatureToCompactSignature,
  stringToBytes,
  toHex,
} from 'viem'
import { mnemonicToAccount, privateKeyToAccount, sign } from 'viem/accounts'
import { anchorDomain, escrowDomain, registryDomain } from '../../sdk/src/generated/constants.ts'

/** Everything starts here; no clock is asked. */
export const START = 1_800_000_000
export const DAY = 86_400
export const YEN = 10n ** 18n
export const ZERO_HASH: Hex = `0x${'00'.repeat(32)}`

/** Chain and contracts: those of a fresh Hardhat chain on which its first account deploys them in this order. */
export const chainId = 31_337
const deployer = mnemonicToAccount('test test test test test test test test test test test junk').address
const contractAt = (nonce: bigint): Address => getContractAddress({ from: deployer, nonce })
export const contracts = {
  accessManager: contractAt(0n),
  p256Sha256Verifier: contractAt(1n),
  identityRegistry: contractAt(2n),
  channelEscrow: contractAt(3n),
  settlementToken: contractAt(4n),
  ledgerAnchor: contractAt(5n),
}
export const domains = {
  registry: { ...registryDomain, chainId, verifyingContract: contracts.identityRegistry },
  escrow: { ...escrowDomain, chainId, verifyingContract: contracts.channelEscrow },
  anchor: { ...anchorDomain, chainId, verifyingContract: contracts.ledgerAnchor },
}

/** Somebody with a key that everybody knows. */
export type Member = {
  readonly name: string
  readonly kind: 'secp256k1' | 'p256'
  readonly privateKey: Hex
  /** ERC-7913. */
  readonly signer: Hex
  readonly id: Hex
  /** 64 bytes over an EIP-712 digest. */
  sign(digest: Hex): Promise<Hex>
}

export const funder = secp256k1Member('funder')
export const beneficiary = secp256k1Member('beneficiary')
export const attester = secp256k1Member('attester')
export const party = secp256k1Member('liable party')
export const operator = secp256k1Member('operator')
export const car = secp256k1Member('car')
export const charger = secp256k1Member('charger')
export const p256Car = p256Member('P-256 car')
export const p256Charger = p256Member('P-256 charger')
export const members = [funder, beneficiary, attester, party, operator, car, charger, p256Car, p256Charger]

/** What must be there: these files make all that they look up. */
export function required<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`There is no ${what}: make it before it is used.`)
  return found
}

/** 32 bytes that a reader can trace back to their meaning. */
export function named(meaning: string): Hex {
  return keccak256(stringToBytes(meaning))
}

export function sha256(data: Hex): Hex {
  return toHex(createHash('sha256').update(hexToBytes(data)).digest())
}

function secretOf(name: string): Hex {
  return named(`musubi vector key: ${name}`)
}

function secp256k1Member(name: string): Member {
  const privateKey = secretOf(name)
  const signer = privateKeyToAccount(privateKey).address
  return {
    name,
    kind: 'secp256k1',
    privateKey,
    signer,
    id: keccak256(signer),
    sign: async (hash) => {
      const signature = parseSignature(await sign({ hash, privateKey, to: 'hex' }))
      return serializeCompactSignature(signatureToCompactSignature(signature))
    },
  }
}

/** Deterministic (RFC 6979), unlike node:crypto and most secure elements. */
function p256Member(name: string): Member {
  const privateKey = secretOf(name)
  const key = hexToBytes(privateKey)
  const point = p256.getPublicKey(key, false).subarray(1)
  const signer = concat([contracts.p256Sha256Verifier, toHex(point)]).toLowerCase() as Hex
  return {
    name,
    kind: 'p256',
    privateKey,
    signer,
    id: keccak256(signer),
    sign: (digest) => Promise.resolve(toHex(p256.sign(hexToBytes(digest), key, { prehash: true, lowS: true }))),
  }
}
