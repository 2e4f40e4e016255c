import type { Address } from 'viem'
import { getAddress, isAddress } from 'viem'
import { BaseError } from './Errors.ts'

/** An account or contract on one chain. */
export type AccountId = { readonly chainId: number; readonly address: Address }

const FORM = /^eip155:([1-9][0-9]{0,15}):(0x[0-9a-fA-F]{40})$/

/** The CAIP-10 text, with the address in its checksummed form. */
export function format({ chainId, address }: AccountId): `eip155:${number}:${Address}` {
  return `eip155:${chainId}:${getAddress(address)}`
}

/** Reads a CAIP-10 text of an EVM chain. An address in mixed case has the right checksum; one in lower case has none. */
export function parse(text: string): AccountId {
  const [, chain, address] = FORM.exec(text) ?? []
  const chainId = Number(chain)
  // A wrong checksum is a typing error, and the money or the name of somebody else.
  if (address === undefined || !isAddress(address) || !Number.isSafeInteger(chainId)) {
    throw new BadAccountIdError({ given: text })
  }
  return { chainId, address: getAddress(address) }
}

/** The text is no CAIP-10 id of an EVM chain. */
export class BadAccountIdError extends BaseError {
  override readonly name = 'AccountId.BadAccountIdError'
  constructor({ given }: { given: string }) {
    const shown = given.slice(0, 80)
    super(`${JSON.stringify(shown)} is no account id.`, {
      next: 'Pass eip155:<chain id>:<address>; an address in mixed case needs its EIP-55 checksum.',
      given: shown,
      expected: 'eip155:<chain id>:<address>',
    })
  }
}
