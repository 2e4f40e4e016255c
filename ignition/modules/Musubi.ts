import { buildModule } from '@nomicfoundation/hardhat-ignition/modules'

/**
 * The whole protocol: access manager, P-256 verifier, identity registry, channel escrow, ledger anchor.
 *
 * The deployer is the access manager's first admin, since the registry takes escrows from its admin only, and stays it:
 * {AdminHandover} deploys the same and hands the role over. Parameter `closeDelayFloorSeconds`: shortest close delay of a
 * channel, above the chain's forced inclusion.
 */
export default buildModule('Musubi', (m) => {
  const closeDelayFloorSeconds = m.getParameter<number>('closeDelayFloorSeconds')

  const accessManager = m.contract('AccessManager', [m.getAccount(0)])
  const p256Sha256Verifier = m.contract('P256Sha256Verifier')
  const identityRegistry = m.contract('IdentityRegistry', [accessManager, p256Sha256Verifier])
  const channelEscrow = m.contract('ChannelEscrow', [identityRegistry, closeDelayFloorSeconds])
  const ledgerAnchor = m.contract('LedgerAnchor', [p256Sha256Verifier])
  m.call(identityRegistry, 'registerEscrow', [channelEscrow])

  return { accessManager, p256Sha256Verifier, identityRegistry, channelEscrow, ledgerAnchor }
})
