import type { Address, Hex } from 'viem'
import { size } from 'viem'
import { ADDRESS_BYTES } from '../../../protocol/SignerId.ts'
import type { Signer } from '../../../protocol/SignerId.ts'

/** A liable party's key, or its ERC-1271 account: as long as a key's address, but the contract has to ask it. */
export type PartySigner = Signer | { readonly erc1271Account: Address }

/** What a call sends as a device's signer: nothing for a secp256k1 key, whose address the signature gives. */
export function sentDevice(signer: Signer): Hex {
  return size(signer) === ADDRESS_BYTES ? '0x' : signer
}

/** What a call sends as a party's signer: as for a device, but an account always. */
export function sentParty(signer: PartySigner): Hex {
  return typeof signer === 'string' ? sentDevice(signer) : signer.erc1271Account
}
