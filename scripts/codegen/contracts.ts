import type { HardhatRuntimeEnvironment } from 'hardhat/types/hre'
import type { Abi } from 'viem'

/** What is generated from: every contract that somebody outside the chain talks to. */
export const CONTRACTS = [
  'IdentityRegistry',
  'ChannelEscrow',
  'LedgerAnchor',
  'P256Sha256Verifier',
  'LocalJpyToken',
] as const

export type Artifacts = HardhatRuntimeEnvironment['artifacts']

export const HEADER = '// Written by `npm run codegen` from the compiled contracts. Do not edit.\n'

export async function readAbi(artifacts: Artifacts, contract: string): Promise<Abi> {
  const { abi } = await artifacts.readArtifact(contract)
  return abi as Abi
}

/** The name with its first letter small, as values are named. */
export function decapitalized(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
