import { defineConfig } from 'hardhat/config'
import config from '../../hardhat.config.ts'

/**
 * The root's configuration with a build of its own: instrumented contracts must never be deployed or measured, and
 * nobody's compiled ones are replaced while they are in use.
 */
// eslint-disable-next-line no-restricted-syntax -- Hardhat asks for a default export.
export default defineConfig({
  ...config,
  paths: {
    artifacts: './cache/coverage/artifacts',
    cache: './cache/coverage/cache',
    // What deploys runs in processes of its own, where nothing is counted.
    tests: { mocha: './test/contracts', solidity: './test/solidity', nodejs: './cache/coverage/no-tests' },
  },
  coverage: { skipFiles: ['contracts/mocks/**'] },
})
