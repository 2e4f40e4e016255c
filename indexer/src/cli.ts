#!/usr/bin/env node
import { runProgram } from '@musubi/cli'
import { createProgram } from './cli/program.ts'
import { maskCardNumbers } from './text/cardNumber.ts'

await runProgram(createProgram(), {
  args: process.argv.slice(2),
  next: 'Nothing half-done was kept; run the command again, with --log-level debug for more.',
  mask: maskCardNumbers,
})
