#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander'
import { LOG_LEVELS, softwareVersion } from './cli/context.ts'
import { addExport, addKeys, addVerify } from './cli/files.ts'
import { printError } from './cli/output.ts'
import { addCycle, addImport, addRegister, addSeal } from './cli/records.ts'
import { addStatus } from './cli/status.ts'
import { addSync } from './cli/sync.ts'
import { UsageError } from './errors.ts'

const EXIT_FAILED = 1
const EXIT_USAGE = 2

function createProgram(): Command {
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

async function main(args: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync([...args], { from: 'user' })
    return 0
  } catch (error) {
    // Commander has printed its own message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE
    printError(args.includes('--json'), error)
    return error instanceof UsageError ? EXIT_USAGE : EXIT_FAILED
  }
}

process.exitCode = await main(process.argv.slice(2))
