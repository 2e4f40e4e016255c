// Hardhat's native engine is an optional package that npm skips when npm itself runs under a Node older than the
// engine asks for. The bundled Node (optional dependency node-linux-*) is on the PATH of everything that npm starts,
// so one more `npm install`, started from here, runs under it and adds what the first one skipped.
import { spawnSync } from 'node:child_process'

const HARDHAT_NODE_MIN = { major: 22, minor: 13 }
const NESTED = 'MUSUBI_NESTED_INSTALL'

/** True when the npm that runs this script is itself run by a Node too old for Hardhat. */
function isNpmTooOld(userAgent = '') {
  const found = /node\/v(\d+)\.(\d+)/.exec(userAgent)
  if (found === null) return false
  const [major, minor] = found.slice(1).map(Number)
  return major < HARDHAT_NODE_MIN.major || (major === HARDHAT_NODE_MIN.major && minor < HARDHAT_NODE_MIN.minor)
}

if (isNpmTooOld(process.env.npm_config_user_agent) && !process.env[NESTED]) {
  const install = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund']
  const run = spawnSync('npm', install, { stdio: 'inherit', env: { ...process.env, [NESTED]: '1' } })
  process.exit(run.status ?? 1)
}
