import type { HardhatViemHelpers } from '@nomicfoundation/hardhat-viem/types'

/** Any floor does: only constants that do not depend on it are read. */
const CLOSE_DELAY_FLOOR_SECONDS = 3600

/** The contracts on a throw-away chain, to ask them what their source means. */
export async function deployAll(viem: HardhatViemHelpers) {
  const [admin] = await viem.getWalletClients()
  if (admin === undefined) throw new Error('The throw-away chain has no account to deploy with.')
  const manager = await viem.deployContract('AccessManager', [admin.account.address])
  const verifier = await viem.deployContract('P256Sha256Verifier')
  const registry = await viem.deployContract('IdentityRegistry', [manager.address, verifier.address])
  const escrow = await viem.deployContract('ChannelEscrow', [registry.address, CLOSE_DELAY_FLOOR_SECONDS])
  const registryMessages = await viem.deployContract('RegistryMessages', [registry.address])
  const escrowMessages = await viem.deployContract('EscrowMessages', [escrow.address])
  const anchor = await viem.deployContract('LedgerAnchor', [verifier.address])
  const anchorMessages = await viem.deployContract('AnchorMessages', [anchor.address])
  return {
    IdentityRegistry: registry,
    RegistryMessages: registryMessages,
    ChannelEscrow: escrow,
    EscrowMessages: escrowMessages,
    LedgerAnchor: anchor,
    AnchorMessages: anchorMessages,
  }
}
