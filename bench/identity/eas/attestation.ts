import { Bytes, bindingTypes } from '@musubi/sdk'
import type { Binding } from '@musubi/sdk'
import type { AbiParameter, Hex } from 'viem'
import { encodeAbiParameters, zeroAddress } from 'viem'

/** What EAS has fields of its own for: who attests, until when, and what the attestation refers to. */
const OF_EAS = ['attester', 'validUntil', 'previous']
const FIELDS: readonly AbiParameter[] = bindingTypes.Binding.filter(({ name }) => !OF_EAS.includes(name))

/** The facts of a binding that EAS has no field for. */
export const SCHEMA = FIELDS.map(({ type, name }) => `${type} ${String(name)}`).join(',')

/** A binding as an attestation. The recipient stays empty: the device is in the data, as not every key has an address. */
export function attestationOf(binding: Binding.Binding) {
  const values = FIELDS.map(({ name }) => binding[name as keyof Binding.Binding])
  return {
    recipient: zeroAddress,
    expirationTime: BigInt(binding.validUntil),
    revocable: true,
    refUID: binding.previous,
    data: encodeAbiParameters(FIELDS, values),
    value: 0n,
  }
}

/** The 64 bytes of our signers as EAS takes them. */
export function toParts(signature: Uint8Array): { readonly r: Hex; readonly s: Hex; readonly v: number } {
  const s = Uint8Array.from(signature.subarray(32))
  const yParity = (s[0] ?? 0) >> 7
  s[0] = (s[0] ?? 0) & 0x7f
  return { r: Bytes.toHex(signature.subarray(0, 32)), s: Bytes.toHex(s), v: 27 + yParity }
}
