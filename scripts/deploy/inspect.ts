import type { Deployment } from '@musubi/sdk'
import type { NetworkConnection } from 'hardhat/types/network'
import type { HardhatRuntimeEnvironment } from 'hardhat/types/hre'
import { getContract, isAddressEqual } from 'viem'
import type { Address, Hex } from 'viem'
import { channelEscrowAbi, identityRegistryAbi, ledgerAnchorAbi } from '../../sdk/src/generated/abis.ts'

/** Names of the contracts as Solidity has them, by the field of a deployment. */
const CONTRACTS = {
  accessManager: 'AccessManager',
  p256Sha256Verifier: 'P256Sha256Verifier',
  identityRegistry: 'IdentityRegistry',
  channelEscrow: 'ChannelEscrow',
  ledgerAnchor: 'LedgerAnchor',
  settlementToken: 'LocalJpyToken',
} as const

/** Says how the chain differs from what the deployment says; nothing when it does not. */
export async function difference(
  connection: NetworkConnection,
  deployment: Deployment.Deployment,
): Promise<string | undefined> {
  const missing = await missingCode(connection, deployment)
  if (missing !== undefined) return missing

  const { accessManager, p256Sha256Verifier, identityRegistry, channelEscrow, ledgerAnchor } = deployment
  const client = await connection.viem.getPublicClient()
  const registry = getContract({ address: identityRegistry, abi: identityRegistryAbi, client })
  const escrow = getContract({ address: channelEscrow, abi: channelEscrowAbi, client })
  const anchor = getContract({ address: ledgerAnchor, abi: ledgerAnchorAbi, client })
  const differing = (field: string, found: unknown) => `the chain says ${String(found)} for ${field}`

  const authority = await registry.read.authority()
  if (!isAddressEqual(authority, accessManager)) return differing('accessManager', authority)
  const verifier = await registry.read.p256Verifier()
  if (!isAddressEqual(verifier, p256Sha256Verifier)) return differing('p256Sha256Verifier', verifier)
  const registryOfEscrow = await escrow.read.identityRegistry()
  if (!isAddressEqual(registryOfEscrow, identityRegistry)) return differing('identityRegistry', registryOfEscrow)
  const verifierOfAnchor = await anchor.read.p256Verifier()
  if (!isAddressEqual(verifierOfAnchor, p256Sha256Verifier)) return differing('p256Sha256Verifier', verifierOfAnchor)
  const [floor] = await escrow.read.closeDelayBounds()
  if (floor !== deployment.closeDelayFloorSeconds) return differing('closeDelayFloorSeconds', floor)
  if (!(await registry.read.isEscrow([channelEscrow]))) return `the registry does not know the escrow ${channelEscrow}`
  return undefined
}

async function missingCode(
  connection: NetworkConnection,
  deployment: Deployment.Deployment,
): Promise<string | undefined> {
  const client = await connection.viem.getPublicClient()
  for (const [field, address] of addressesOf(deployment)) {
    if ((await client.getCode({ address })) === undefined) return `there is no code at the ${field} ${address}`
  }
  return undefined
}

/**
 * Whether a local chain holds what the sources say now, and holds it since `startBlock`: another chain at the same
 * address, or contracts that were changed since, are not the deployment that the file describes.
 */
export async function isCurrent(
  hre: HardhatRuntimeEnvironment,
  connection: NetworkConnection,
  deployment: Deployment.Deployment,
): Promise<boolean> {
  const client = await connection.viem.getPublicClient()
  for (const [field, address] of addressesOf(deployment)) {
    const artifact = await hre.artifacts.readArtifact(CONTRACTS[field])
    const code = await client.getCode({ address })
    if (code === undefined || !isSameCode(code, artifact)) return false
  }
  const address = deployment.accessManager
  const first = BigInt(deployment.startBlock)
  if (first === 0n || first > (await client.getBlockNumber())) return false
  if ((await client.getCode({ address, blockNumber: first - 1n })) !== undefined) return false
  return (await client.getCode({ address, blockNumber: first })) !== undefined
}

type Compiled = {
  readonly deployedBytecode: string
  readonly immutableReferences?:
    Readonly<Record<string, readonly { readonly start: number; readonly length: number }[]>> | undefined
}

/** Immutables are zero in the compiled code, and set in the deployed one. */
function isSameCode(code: Hex, { deployedBytecode, immutableReferences = {} }: Compiled): boolean {
  const deployed = Buffer.from(code.slice(2), 'hex')
  for (const { start, length } of Object.values(immutableReferences).flat()) deployed.fill(0, start, start + length)
  return deployed.equals(Buffer.from(deployedBytecode.slice(2), 'hex'))
}

function addressesOf(deployment: Deployment.Deployment): [keyof typeof CONTRACTS, Address][] {
  const fields = Object.keys(CONTRACTS) as (keyof typeof CONTRACTS)[]
  return fields.flatMap((field) => {
    const address = deployment[field]
    return address === undefined ? [] : [[field, address]]
  })
}
