import { SignerId } from '@musubi/sdk'
import type { Signer } from '@musubi/sdk'
import type { Address, Hex } from 'viem'
import { getAddress } from 'viem'
import { keyOf, named } from './keys.ts'
import { signerOf } from '../devices/keys.ts'

/** A legal person that answers for one fleet, by the pseudonym that it has for it. */
export type Party = { readonly name: string; readonly signer: Signer; readonly partyId: Hex }

/** Who vouches for bindings, and says each day that they still stand. */
export type Attester = {
  readonly name: string
  readonly signer: Signer
  readonly address: Address
  /** All its freshness chains follow from it. */
  readonly freshnessSecret: Hex
}

/** Everybody who signs and is no device. They hold keys and no money: an operator relays what they sign. */
export type People = {
  readonly parties: readonly Party[]
  readonly north: Attester
  /** The one whose key gets into wrong hands. */
  readonly south: Attester
  /** Known to no registry and on no trust list. */
  readonly selfMade: Attester
  /** Whoever runs the chargers, and signs their trust lists. */
  readonly runner: Signer
}

const PARTIES = ['Fleet A', 'Fleet B', 'Fleet C', 'Fleet D', 'Fleet E'] as const

export async function makePeople(p256Verifier: Address): Promise<People> {
  const signer = (name: string): Promise<Signer> => signerOf(keyOf(name, 'secp256k1'), p256Verifier)
  const attester = async (name: string): Promise<Attester> => {
    const key = await signer(`attester ${name}`)
    const freshnessSecret = named(`freshness of attester ${name}`)
    return { name, signer: key, address: getAddress(key.signer), freshnessSecret }
  }
  const party = async (name: string): Promise<Party> => {
    const key = await signer(`party ${name}`)
    return { name, signer: key, partyId: SignerId.of(key.signer) }
  }
  return {
    parties: await Promise.all(PARTIES.map(party)),
    north: await attester('North'),
    south: await attester('South'),
    selfMade: await attester('Self-made'),
    runner: await signer('runner of the chargers'),
  }
}
