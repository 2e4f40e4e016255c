import { network } from 'hardhat'
import type { ContractName, Deployed } from './deployed.ts'
import { p256Device, secp256k1Device } from './devices.ts'

export const HOUR = 3600
export const DAY = 24 * HOUR
export const YEN = 10n ** 18n
export const CLOSE_DELAY_FLOOR = HOUR
export const CLOSE_DELAY_MAX = 30 * DAY
/** Later than any test's time, and within 40 bits. */
export const FAR_OFF = 4_000_000_000
export const ZERO_HASH = `0x${'00'.repeat(32)}`

export const connection = await network.create()
export const { ethers, networkHelpers } = connection
/** This chain, or another one that a test started. */
export type Chain = Pick<typeof connection, 'ethers' | 'networkHelpers'>

export async function deploy<Name extends ContractName>(
  name: Name,
  args: unknown[] = [],
  chain: Chain = connection,
): Promise<Deployed<Name>> {
  return (await chain.ethers.deployContract(name, args)) as unknown as Deployed<Name>
}

/**
 * Everything deployed, one attester accredited, the escrow registered, the funder rich and bound to nothing yet.
 * `loadFixture` says on which chain.
 */
export async function deployWorld(chain: Chain = connection) {
  const [admin, funder, beneficiary, relayer, stranger] = await chain.ethers.getSigners()
  const manager = await deploy('AccessManager', [admin!.address], chain)
  const verifier = await deploy('P256Sha256Verifier', [], chain)
  const registry = await deploy('IdentityRegistry', [manager.target, verifier.target], chain)
  const messages = await deploy('RegistryMessages', [registry.target], chain)
  const escrow = await deploy('ChannelEscrow', [registry.target, CLOSE_DELAY_FLOOR], chain)
  const escrowMessages = await deploy('EscrowMessages', [escrow.target], chain)
  const token = await deploy('LocalJpyToken', [admin!.address], chain)

  const attesterDevice = secp256k1Device('attester')
  const attester = attesterDevice.wallet
  await registry.accredit(attester.address)
  await registry.registerEscrow(escrow.target)
  await token.mint(funder!.address, 1_000_000n * YEN)
  await token.connect(funder!).approve(escrow.target, 1_000_000n * YEN)

  const verifierAddress = String(verifier.target)
  return {
    admin: admin!,
    funder: funder!,
    beneficiary: beneficiary!,
    relayer: relayer!,
    stranger: stranger!,
    attester,
    attesterDevice,
    party: secp256k1Device('party'),
    operator: secp256k1Device('operator'),
    car: secp256k1Device('car'),
    p256Car: p256Device('p256 car', verifierAddress),
    charger: secp256k1Device('charger'),
    p256Charger: p256Device('p256 charger', verifierAddress),
    manager,
    verifier,
    registry,
    messages,
    escrow,
    escrowMessages,
    token,
  }
}

export type World = Awaited<ReturnType<typeof deployWorld>>

/** A contract that messages are signed for. */
export type WithDomain = World['registry'] | World['escrow'] | World['token'] | Deployed<'LedgerAnchor'>

export async function domainOf(contract: WithDomain) {
  const [, name, version, chainId, verifyingContract] = await contract.eip712Domain()
  return { name, version, chainId, verifyingContract }
}
