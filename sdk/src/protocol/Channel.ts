import type { Address, Hex } from 'viem'
import { hashStruct, hashTypedData } from 'viem'
import { channelTypes } from '../generated/typedData.ts'
import type { Domain } from './Domain.ts'

/** A one-way channel, as it was opened. See the contract's `Channel` for the fields. */
export type Channel = {
  /** deviceId of the key that signs vouchers. */
  readonly payer: Hex
  /** Receives what is settled. */
  readonly beneficiary: Address
  readonly token: Address
  readonly terms: Terms
}

/** What is fixed at opening, and needed again only to close. See the contract's `Terms`. */
export type Terms = {
  readonly payerBinding: Hex
  readonly funder: Address
  /** deviceId of the machine paid. */
  readonly payee: Hex
  readonly payeeBinding: Hex
  readonly closeDelaySeconds: number
  readonly salt: Hex
}

/** The channel's id: its EIP-712 digest in the escrow's domain. */
export function id(channel: Channel, domain: Domain): Hex {
  return hashTypedData({ domain, types: channelTypes, primaryType: 'Channel', message: channel })
}

/** What a row to settle carries instead of the terms. */
export function termsHash(terms: Terms): Hex {
  return hashStruct({ data: terms, types: channelTypes, primaryType: 'Terms' })
}
