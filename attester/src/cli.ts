#!/usr/bin/env node
import { CommanderError } from 'commander'
import { printError } from './cli/output.ts'
import { createProgram } from './cli/program.ts'
import { UsageError } from './errors.ts'

const EXIT_FAILED = 1
const EXIT_USAGE = 2

async function main(args: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync([...args], { from: 'user' })
    // A command whose answer is "no" has said so, and set its code.
    return Number(process.exitCode ?? 0)
  } catch (error) {
    // Commander has printed its own message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE
    printError(args.includes('--json'), error)
    return error instanceof UsageError ? EXIT_USAGE : EXIT_FAILED
  }
}

process.exitCode = await main(process.argv.slice(2))
