/** Parties whose signer names an ERC-7913 verifier. */
import { concat, dataSlice, id, keccak256 } from 'ethers'
import type { ContractName } from './deployed.ts'
import { p256Device } from './devices.ts'
import type { Device } from './devices.ts'
import { deploy } from './world.ts'
import type { World } from './world.ts'

/** What a verifier answers that accepts a signature, in one word. */
export const ACCEPTED = dataSlice(id('verify(bytes,bytes32,bytes)'), 0, 4).padEnd(66, '0')

/** A party behind an honest verifier that is not the registry's own: a copy of it. */
export async function honestParty(): Promise<Device> {
  return p256Device('party behind a verifier', String((await deploy('P256Sha256Verifier')).target))
}

/** A party behind a contract that answers what it likes, and a key that means nothing to it. */
export async function partyBehind(name: ContractName, args: unknown[] = []): Promise<Device> {
  return partyOf(String((await deploy(name, args)).target))
}

export function partyOf(verifier: string): Device {
  const signer = concat([verifier, '0x6b6579'])
  const sign = () => '0x1234'
  return { id: keccak256(signer), signer, sign, signParts: () => ({ r: '0x', vs: '0x', signer }) }
}

export function verifierOf(party: Device): string {
  return dataSlice(party.signer, 0, 20)
}

export async function allow({ registry }: World, party: Device): Promise<Device> {
  await registry.setVerifier(verifierOf(party), true)
  return party
}

export async function disallow({ registry }: World, party: Device): Promise<void> {
  await registry.setVerifier(verifierOf(party), false)
}
