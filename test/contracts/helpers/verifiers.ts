/** Parties whose signer names an ERC-7913 verifier. */
import { concat, dataSlice, id, keccak256, toBeHex } from 'ethers'
import type { ContractName } from './deployed.ts'
import { p256Device } from './devices.ts'
import type { Device } from './devices.ts'
import { ZERO_HASH, deploy } from './world.ts'
import type { World } from './world.ts'

/** What a verifier answers that accepts a signature, in one word. */
export const ACCEPTED = dataSlice(id('verify(bytes,bytes32,bytes)'), 0, 4).padEnd(66, '0')

/** Verifiers that must not be taken for a yes, each with its title. */
export const HOSTILE_VERIFIERS: readonly [string, ContractName, readonly unknown[]][] = [
  ['reverts', 'RevertingAccount', []],
  ['burns all its gas', 'GasBurningAccount', []],
  ['answers nothing', 'JunkAccount', [ACCEPTED, 0]],
  ['answers the magic value in 4 bytes', 'JunkAccount', [ACCEPTED, 4]],
  ['answers the magic value in 31 bytes', 'JunkAccount', [ACCEPTED, 31]],
  ['answers the magic value and more in one word', 'JunkAccount', [ACCEPTED.slice(0, -1) + '1', 32]],
  ['answers the magic value of accounts', 'JunkAccount', ['0x1626ba7e'.padEnd(66, '0'), 32]],
  ['answers true', 'JunkAccount', [toBeHex(1, 32), 32]],
  ['answers 200 kilobytes', 'JunkAccount', [ZERO_HASH, 200_000]],
]

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
