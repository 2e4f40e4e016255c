import { buildModule } from '@nomicfoundation/hardhat-ignition/modules'
import Musubi from './Musubi.ts'

/** The access manager's role whose holders accredit, retire and mark attesters, allow verifiers and register escrows. */
const ADMIN_ROLE = 0n

/**
 * The whole protocol, with the admin role handed over: from the deployer, who keeps nothing, to parameter `admin`, a
 * multisig or a timelock. Parameter `delaySeconds`: how long everything that the admin does is announced before.
 */
export default buildModule('AdminHandover', (m) => {
  const admin = m.getParameter<string>('admin')
  const delaySeconds = m.getParameter<number>('delaySeconds')

  const contracts = m.useModule(Musubi)
  const { accessManager } = contracts
  const granted = m.call(accessManager, 'grantRole', [ADMIN_ROLE, admin, delaySeconds], { after: [Musubi] })
  // Last: whoever has no role cannot grant one any more.
  m.call(accessManager, 'renounceRole', [ADMIN_ROLE, m.getAccount(0)], { after: [granted] })

  return contracts
})
