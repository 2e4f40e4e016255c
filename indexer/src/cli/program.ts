import { Command, Option } from 'commander'
import { LOG_LEVELS, softwareVersion } from './context.ts'
import { addExport, addKeys, addVerify } from './files.ts'
import { addCycle, addImport, addRegister, addSeal } from './records.ts'
import { addStatus } from './status.ts'
import { addSync } from './sync.ts'

/** The command line with all its commands. */
export function createProgram(): Command {
  const program = new Command('musubi-indexer')
    .description('Follows the chain, keeps the books and writes card-billing files.')
    .version(softwareVersion())
    .option('--data <dir>', 'where journal and embedded database live', '.musubi/indexer')
    .option('--json', 'print one JSON object on the last line instead of tables', false)
    .addOption(new Option('--log-level <level>', 'what to log on standard error').choices(LOG_LEVELS).default('warn'))
    .addHelpText('after', '\nDATABASE_URL names a PostgreSQL database; without it an embedded one is kept in --data.')
  for (const add of [addSync, addRegister, addImport, addCycle, addSeal, addExport, addVerify, addStatus, addKeys]) {
    add(program)
  }
  inheritSettings(program)
  return program
}

/** Errors come back as exceptions. Global options are understood after a command's name too, so its help shows them. */
function inheritSettings(command: Command): void {
  command.exitOverride().configureHelp({ showGlobalOptions: true })
  for (const child of command.commands) inheritSettings(child)
}
