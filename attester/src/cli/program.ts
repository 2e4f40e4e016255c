import { LOG_LEVELS, inheritSettings } from '@musubi/cli'
import { Command, Option } from 'commander'
import { addAccredit } from './accredit.ts'
import { addBind, addRebind, addRenew, addRotate } from './bind.ts'
import { softwareVersion } from './context.ts'
import { addEnrol } from './enrol.ts'
import { addExport } from './export.ts'
import { addInit } from './init.ts'
import { addPublishStatus } from './publishStatus.ts'
import { addShow } from './show.ts'
import { addSign } from './sign.ts'
import { addRevoke, addSuspend } from './standing.ts'
import { addVerify } from './verify.ts'

const HELP = `
Exit codes: 0 done, 1 failed or refused, 2 wrong usage. Every command may be killed and run again: what was sent is found,
and never sent twice.

A first fleet: init, accredit, enrol, export, publish-status, verify. docs/guides/attester.md walks through it.`

const COMMANDS = [
  ...[addInit, addAccredit, addEnrol, addSign, addBind, addRenew, addRotate, addRebind, addSuspend, addRevoke],
  ...[addPublishStatus, addExport, addShow, addVerify],
]

/** The command line with all its commands. */
export function createProgram(): Command {
  const program = new Command('musubi-attester')
    .description('Vouches for machines: enrols fleets, binds devices, publishes their status, and shows who answers.')
    .version(softwareVersion())
    .option('--state <dir>', 'where the attester keeps its state', '.musubi/attester')
    .option('--deployment <file>', 'what `npm run deploy` wrote', 'deployments/31337.json')
    .option('--rpc <url>', "a node's JSON-RPC", 'http://127.0.0.1:8545')
    .option('--json', 'print one JSON object on the last line instead of tables', false)
    .addOption(new Option('--log-level <level>', 'what to log on standard error').choices(LOG_LEVELS).default('warn'))
    .addHelpText('after', HELP)
  for (const add of COMMANDS) add(program)
  inheritSettings(program)
  return program
}
