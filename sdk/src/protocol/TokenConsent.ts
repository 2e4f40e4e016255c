import type { Address, Hex } from 'viem'
import { encodePacked, keccak256 } from 'viem'
import type { Domain } from './Domain.ts'

/** A funder's ERC-2612 permit, as the escrow takes it: for exactly the amount of the deposit. */
export type Permit = {
  /** Last second in which it can be used. */
  readonly deadline: bigint
  readonly v: number
  readonly r: Hex
  readonly s: Hex
}

/** A funder's ERC-3009 authorization, as the escrow takes it: for exactly the amount of the deposit. */
export type Authorization = {
  /** Seconds, exclusive. */
  readonly validAfter: bigint
  /** Seconds, exclusive. */
  readonly validBefore: bigint
  readonly v: number
  readonly r: Hex
  readonly s: Hex
}

/** What a deposit into a channel is tied to. */
export type DepositPlace = {
  readonly channelId: Hex
  /** Token base units; the channel's deposit when the money arrives, 0 to open. */
  readonly depositBefore: bigint
}

/** The nonce that ties an authorization to one deposit, so that it can pay into no other channel, and once. */
export function authorizationNonce({ channelId, depositBefore }: DepositPlace): Hex {
  return keccak256(encodePacked(['bytes32', 'uint96'], [channelId, depositBefore]))
}

/** What the funder signs for a permit, in the *token's* domain (ERC-2612). */
export function permitTypedData(
  message: { owner: Address; spender: Address; value: bigint; nonce: bigint; deadline: bigint },
  domain: Domain,
) {
  return { domain, types: PERMIT, primaryType: 'Permit', message } as const
}

/** What the funder signs for an authorization, in the *token's* domain (ERC-3009). `to` is the escrow. */
export function authorizationTypedData(
  {
    place,
    ...rest
  }: {
    from: Address
    to: Address
    value: bigint
    validAfter: bigint
    validBefore: bigint
    place: DepositPlace
  },
  domain: Domain,
) {
  const message = { ...rest, nonce: authorizationNonce(place) }
  return { domain, types: RECEIVE_WITH_AUTHORIZATION, primaryType: 'ReceiveWithAuthorization', message } as const
}

const PERMIT = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const

const RECEIVE_WITH_AUTHORIZATION = {
  ReceiveWithAuthorization: [
    { name: 'from', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'validAfter', type: 'uint256' },
    { name: 'validBefore', type: 'uint256' },
    { name: 'nonce', type: 'bytes32' },
  ],
} as const
