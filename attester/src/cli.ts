#!/usr/bin/env node
import { runProgram } from '@musubi/cli'
import { createProgram } from './cli/program.ts'

await runProgram(createProgram(), {
  args: process.argv.slice(2),
  next: 'Run the command again: what was done already is not done twice.',
})
