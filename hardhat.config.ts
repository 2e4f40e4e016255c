import { createRequire } from 'node:module'
import { configVariable, defineConfig } from 'hardhat/config'
import hardhatEthers from '@nomicfoundation/hardhat-ethers'
import hardhatChaiMatchers from '@nomicfoundation/hardhat-ethers-chai-matchers'
import hardhatMocha from '@nomicfoundation/hardhat-mocha'
import toolboxViem from '@nomicfoundation/hardhat-toolbox-viem'

const require = createRequire(import.meta.url)

/** One profile for everything: the code that is tested is the code that is deployed. */
function solc(runs: number) {
  return {
    version: '0.8.37',
    // The compiler shipped inside the npm package, so that a build needs nothing but a package registry.
    path: require.resolve('solc/soljson.js'),
    settings: {
      evmVersion: 'osaka',
      // Calls are frequent and deployments are not; without the IR pipeline the escrow's stack is too deep.
      viaIR: true,
      optimizer: { enabled: true, runs },
    },
  }
}

const profile = {
  compilers: [solc(1_000_000)],
  // More runs would take the registry above the size of a contract; what that costs is in docs/decisions/0017.
  overrides: { 'contracts/IdentityRegistry.sol': solc(2_000) },
}

/** Keys come from Hardhat's encrypted keystore or from configuration variables: `npx hardhat keystore set DEPLOYER_KEY`. */
const deployer = [configVariable('DEPLOYER_KEY')]

function startingAt(initialDate: string | undefined) {
  return initialDate === undefined ? {} : { initialDate }
}

export default defineConfig({
  plugins: [toolboxViem, hardhatEthers, hardhatMocha, hardhatChaiMatchers],
  solidity: {
    profiles: { default: profile, production: profile },
    npmFilesToBuild: ['@openzeppelin/contracts/access/manager/AccessManager.sol'],
  },
  paths: { tests: { mocha: './test/contracts', solidity: './test/solidity', nodejs: './test/deploy' } },
  networks: {
    // A local node whose time starts when the data that is replayed on it does.
    replay: { type: 'edr-simulated', chainType: 'l1', ...startingAt(process.env['MUSUBI_CHAIN_START']) },
    localhost: { type: 'http', url: 'http://127.0.0.1:8545', chainType: 'l1' },
    anvil: { type: 'http', url: configVariable('ANVIL_RPC_URL'), chainType: 'l1' },
    baseSepolia: { type: 'http', chainType: 'op', url: configVariable('BASE_SEPOLIA_RPC_URL'), accounts: deployer },
    opSepolia: { type: 'http', chainType: 'op', url: configVariable('OP_SEPOLIA_RPC_URL'), accounts: deployer },
    arbitrumSepolia: {
      type: 'http',
      chainType: 'generic',
      url: configVariable('ARBITRUM_SEPOLIA_RPC_URL'),
      accounts: deployer,
    },
  },
  test: {
    solidity: {
      fuzz: { runs: Number(process.env.FUZZ_RUNS ?? 256) },
      invariant: { runs: Number(process.env.INVARIANT_RUNS ?? 32), depth: 50, failOnRevert: true },
    },
  },
})
