/**
 * Line and statement coverage of the contracts, by the mocha and the Solidity tests together. Hardhat counts no branches:
 * each branch has a test of its own. Exits 1 below 100 % of the lines.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import Table from 'cli-table3'
import { Command } from 'commander'
import * as report from './lcov/report.ts'

const ROOT = resolve(import.meta.dirname, '..')
const CONFIG = join(ROOT, 'scripts', 'lcov', 'hardhat.config.ts')
const LCOV = join(ROOT, 'coverage', 'lcov.info')

/** A line is covered once or not at all: many runs only take time. */
const FEW_RUNS = { FUZZ_RUNS: '8', INVARIANT_RUNS: '1' }

const { json } = new Command('coverage')
  .description('Run the contract tests on instrumented contracts, and print what share of the lines they reach.')
  .option('--json', 'print lines and statements, in percent, on the last line')
  .parse()
  .opts<{ json?: true }>()

const output = await runTests()
const { files, lines, statements } = report.join(await readFile(LCOV, 'utf8'), output)
console.log(render(files))
if (json) console.log(JSON.stringify({ lines, statements }))
if (lines < 100) {
  console.error(`coverage: ${lines} % of the lines, 100 % expected. Write a test for each of the lines named above.`)
  process.exitCode = 1
}

async function runTests(): Promise<string> {
  const hardhat = join(ROOT, 'node_modules', 'hardhat', 'dist', 'src', 'cli.js')
  const child = spawn(process.execPath, [hardhat, '--config', CONFIG, 'test', '--coverage'], {
    cwd: ROOT,
    env: { ...process.env, ...FEW_RUNS },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout.pipe(process.stderr, { end: false })
  const [printed] = await Promise.all([text(child.stdout), once(child, 'exit')])
  if (child.exitCode === 0) return printed
  console.error(`coverage: the tests failed (exit code ${child.exitCode ?? 'none'}); what they reached says nothing.`)
  process.exit(1)
}

function render(all: readonly report.FileCoverage[]): string {
  const table = new Table({
    head: ['contract', 'lines', 'reached', '%', 'statements %', 'not reached'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [] },
  })
  for (const { path, lines: count, linesHit, linesMissed, statementsPercent } of all) {
    table.push([path, count, linesHit, report.percent(linesHit, count), statementsPercent, linesMissed.join(' ')])
  }
  return table.toString()
}
