import { loadFastestBackend, p256KeyOf, p256Signer, secp256k1Signer } from '@musubi/sdk'
import type { Signer } from '@musubi/sdk'
import type { Address, Hex } from 'viem'
import { keccak256, toHex } from 'viem'

/** What all devices of a made-up fleet have in common. */
export type FleetTerms = {
  readonly p256Verifier: Address
  readonly funder: Address
  readonly token: Address
  readonly validFrom: number
  readonly validUntil: number
}

export const HEADER = [
  ...['device_signer', 'valid_from', 'valid_until', 'funder', 'funding', 'token'],
  ...['max_per_payment', 'max_per_period', 'period_seconds', 'billing_ref'],
]

/** The signer of device number `index`: the same each time. Even ones have secp256k1, odd ones P-256. */
export async function deviceSigner(index: number, p256Verifier: Address): Promise<Signer> {
  const secret = deviceSecret(index)
  if (index % 2 === 0) return secp256k1Signer(secret, await loadFastestBackend())
  return p256Signer(p256KeyOf(secret), p256Verifier)
}

/** Made up, and public: worth nothing anywhere. */
export function deviceSecret(index: number): Hex {
  return keccak256(toHex(`made-up device ${index}`))
}

/** One row of a made-up fleet, as an array of columns. Keys come in every form that is understood. */
export async function deviceRow(index: number, terms: FleetTerms): Promise<readonly string[]> {
  const { signer } = await deviceSigner(index, terms.p256Verifier)
  const { validFrom, validUntil, funder, token } = terms
  const limits = ['500000000000000000000', '20000000000000000000000', '2592000']
  const billingRef = keccak256(toHex(`made-up billing reference ${index}`))
  return [formOf(index, signer), String(validFrom), String(validUntil), funder, 'credit', token, ...limits, billingRef]
}

/** A whole fleet as CSV, from device number `first` on. */
export async function fleetCsv(count: number, terms: FleetTerms, first = 0): Promise<string> {
  const lines = [HEADER.join(',')]
  for (let index = first; index < first + count; index++) lines.push((await deviceRow(index, terms)).join(','))
  return `${lines.join('\n')}\n`
}

function formOf(index: number, signer: Hex): string {
  if (index % 2 === 0) return signer
  const [x, y] = [signer.slice(42, 106), signer.slice(106)]
  if (index % 4 === 1) return signer
  return index % 8 === 3 ? `0x${x}${y}` : `0x${Number.parseInt(y.slice(-1), 16) % 2 === 0 ? '02' : '03'}${x}`
}
