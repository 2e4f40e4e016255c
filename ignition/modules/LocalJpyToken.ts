import { buildModule } from '@nomicfoundation/hardhat-ignition/modules'

/** A yen token that its deployer mints at will: for local chains and tests only. */
export default buildModule('LocalJpyToken', (m) => ({
  settlementToken: m.contract('LocalJpyToken', [m.getAccount(0)]),
}))
