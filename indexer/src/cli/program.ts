import { LOG_LEVELS, inheritSettings } from '@musubi/cli'
import { Command, Option } from 'commander'
import { softwareVersion } from './context.ts'
import { addExport, addKeys, addVerify } from './files.ts'
import { addCycle, addImport, addRegister, addSeal } from './records.ts'
import { addStatus } from './status.ts'
import { addSync } from './sync.ts'

const HELP = `
DATABASE_URL names a PostgreSQL database; without it an embedded one is kept in --data.
Exit codes: 0 done, 1 failed and nothing half-done kept, 2 wrong usage. Every command may be killed and run again.

A first bill: keys new, sync, register funders|accounts|merchants, import receipts, cycle open, cycle freeze, seal, export,
verify. Formats and a worked example are in the indexer’s README.`

/** The command line with all its commands. */
export function createProgram(): Command {
  const program = new Command('musubi-indexer')
    .description('Follows the chain, keeps the books and writes card-billing files.')
    .version(softwareVersion())
    .option('--data <dir>', 'where journal and embedded database live', '.musubi/indexer')
    .option('--json', 'print one JSON object on the last line instead of tables', false)
    .addOption(new Option('--log-level <level>', 'what to log on standard error').choices(LOG_LEVELS).default('warn'))
    .addHelpText('after', HELP)
  for (const add of [addSync, addRegister, addImport, addCycle, addSeal, addExport, addVerify, addStatus, addKeys]) {
    add(program)
  }
  inheritSettings(program)
  return program
}
