import type { Address } from 'viem'
import { isAddressEqual } from 'viem'
import { channelEscrowAbi, identityRegistryAbi, ledgerAnchorAbi } from '../../generated/abis.ts'
import type { Deployment } from '../../protocol/Deployment.ts'
import { anchorDomain, escrowDomain, registryDomain } from '../../protocol/Deployment.ts'
import type { Domain } from '../../protocol/Domain.ts'
import { RevertedError, WrongChainError, WrongContractError } from '../../ports/ChainErrors.ts'
import type { ChainReader } from './chainClients.ts'
import { asking, isZeroData } from './failures.ts'

/**
 * Compares a deployment with the chain, once, at start-up: the right chain, code at each address, and contracts whose
 * EIP-712 domains are the ones that this software signs in. A signature in another domain would be worth nothing.
 */
export async function checkDeployment(reader: ChainReader, deployment: Deployment): Promise<void> {
  await requireChain(reader, deployment)
  const { identityRegistry, channelEscrow, ledgerAnchor, p256Sha256Verifier } = deployment
  await requireCode(reader, { identityRegistry, channelEscrow, ledgerAnchor, p256Sha256Verifier })
  await requireDomain(reader, 'the registry', registryDomain(deployment))
  await requireDomain(reader, 'the escrow', escrowDomain(deployment))
  await requireDomain(reader, 'the ledger anchor', anchorDomain(deployment))

  const escrow = { address: channelEscrow, abi: channelEscrowAbi } as const
  const registry = { address: identityRegistry, abi: identityRegistryAbi } as const
  const anchor = { address: ledgerAnchor, abi: ledgerAnchorAbi } as const
  const [escrowsRegistry, verifier, anchorsVerifier, registered] = await asking(
    reader,
    'how the contracts are joined',
    () =>
      Promise.all([
        reader.readContract({ ...escrow, functionName: 'identityRegistry' }),
        reader.readContract({ ...registry, functionName: 'p256Verifier' }),
        reader.readContract({ ...anchor, functionName: 'p256Verifier' }),
        reader.readContract({ ...registry, functionName: 'isEscrow', args: [channelEscrow] }),
      ]),
  )
  requireAddress('the registry of the escrow', escrowsRegistry, identityRegistry)
  requireAddress('the verifier of P-256 signatures', verifier, p256Sha256Verifier)
  requireAddress("the verifier of P-256 publishers' signatures", anchorsVerifier, p256Sha256Verifier)
  if (!registered) {
    throw new WrongContractError({ what: 'the escrow at the registry', given: 'unregistered', expected: 'registered' })
  }
}

/** Refuses a node of another chain. */
export async function requireChain(reader: ChainReader, { chainId: expected }: Deployment): Promise<void> {
  const given = await asking(reader, 'eth_chainId', () => reader.getChainId())
  if (given !== expected) throw new WrongChainError({ given, expected })
}

async function requireCode(reader: ChainReader, addresses: Readonly<Record<string, Address>>): Promise<void> {
  for (const [what, address] of Object.entries(addresses)) {
    const code = await asking(reader, 'eth_getCode', () => reader.getCode({ address }))
    if (code === undefined) {
      throw new WrongContractError({ what: `the ${what} ${address}`, given: 'no code', expected: 'a contract' })
    }
  }
}

async function requireDomain(reader: ChainReader, whose: string, expected: Domain): Promise<void> {
  const given = await domainAt(reader, whose, expected)
  for (const field of ['name', 'version', 'chainId'] as const) {
    if (given[field] === expected[field]) continue
    throw new WrongContractError({
      what: `${field} of ${whose}'s domain`,
      given: given[field],
      expected: expected[field],
    })
  }
  requireAddress(`verifyingContract of ${whose}'s domain`, given.verifyingContract, expected.verifyingContract)
}

async function domainAt(reader: ChainReader, whose: string, expected: Domain): Promise<Domain> {
  const address = expected.verifyingContract
  try {
    // All of them answer to this by the same interface (ERC-5267).
    const [, name, version, chainId, verifyingContract] = await asking(reader, 'eip712Domain', () =>
      reader.readContract({ address, abi: channelEscrowAbi, functionName: 'eip712Domain' }),
    )
    return { name, version, chainId: Number(chainId), verifyingContract }
  } catch (error) {
    if (!(error instanceof RevertedError) && !isZeroData(error)) throw error
    throw new WrongContractError({ what: `the domain of ${whose}`, given: 'no domain', expected: expected.name })
  }
}

function requireAddress(what: string, given: Address, expected: Address): void {
  if (!isAddressEqual(given, expected)) throw new WrongContractError({ what, given, expected })
}
