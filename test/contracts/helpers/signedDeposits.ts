import { Signature, solidityPackedKeccak256 } from 'ethers'
import type { TypedDataDomain } from 'ethers'
import { fundingOrderTypes } from '../../../sdk/src/generated/typedData.ts'
import { FAR_OFF, domainOf } from './world.ts'
import type { World } from './world.ts'

/** What a funder signs with: a wallet, or an account of the chain. */
export type Funder = {
  readonly address: string
  signTypedData(
    domain: TypedDataDomain,
    types: Record<string, { name: string; type: string }[]>,
    value: object,
  ): Promise<string>
}

export type Order = { channelId: string; amount: bigint; depositBefore: bigint; deadline: number }

/** The funder's order to the escrow: amount out of its balance into one channel. */
export async function signOrder(world: World, order: Order, funder: Funder = world.funder): Promise<string> {
  const types = { FundingOrder: [...fundingOrderTypes.FundingOrder] }
  return await funder.signTypedData(await domainOf(world.escrow), types, order)
}

export const PERMIT = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
}

/** An ERC-2612 permit of `amount` to the escrow. */
export async function signPermit(world: World, amount: bigint, funder: Funder = world.funder, deadline = FAR_OFF) {
  const { token, escrow } = world
  const nonce: unknown = await token.nonces(funder.address)
  const value = { owner: funder.address, spender: escrow.target, value: amount, nonce, deadline }
  const { v, r, s } = Signature.from(await funder.signTypedData(await domainOf(token), PERMIT, value))
  return { deadline, v, r, s }
}

export const RECEIVE_WITH_AUTHORIZATION = {
  ReceiveWithAuthorization: [
    { name: 'from', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'validAfter', type: 'uint256' },
    { name: 'validBefore', type: 'uint256' },
    { name: 'nonce', type: 'bytes32' },
  ],
}

type Signing = { readonly funder: Funder; readonly validAfter: number; readonly validBefore: number }

/** An ERC-3009 authorization of `amount` to the escrow, for one channel at one deposit. */
export async function signAuthorization(
  world: World,
  { channelId, amount, depositBefore }: Omit<Order, 'deadline'>,
  { funder = world.funder, validAfter = 0, validBefore = FAR_OFF }: Partial<Signing> = {},
) {
  const { token, escrow } = world
  const nonce = solidityPackedKeccak256(['bytes32', 'uint96'], [channelId, depositBefore])
  const value = { from: funder.address, to: escrow.target, value: amount, validAfter, validBefore, nonce }
  const domain = await domainOf(token)
  const { v, r, s } = Signature.from(await funder.signTypedData(domain, RECEIVE_WITH_AUTHORIZATION, value))
  return { validAfter, validBefore, v, r, s }
}
