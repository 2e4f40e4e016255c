/**
 * What a machine runs on every change: tests, static checks, a few mutants and the demo, added up in one last line.
 * `.ci/run` starts it.
 */
import { join } from 'node:path'
import { Command } from 'commander'
import { z } from 'zod'
import { run } from './runner/command.ts'
import { add, fromSummaryLine, judge, lastLine, summaryLine, ZERO } from './runner/counts.ts'
import type { Counts } from './runner/counts.ts'

const COMMAND_SECONDS_MAX = 30 * 60
const DEMO_SECONDS_MAX = 8 * 60
const MUTATE_SECONDS_MAX = 15 * 60
/** A few mutants, always the same ones: enough to see that tests notice, and that the runner runs. */
const MUTATE = [
  ...['--only', 'contracts/escrow/*', '--sample', '6', '--seed', '1', '--seconds', '90', '--at-least', '0'],
  ...['--state', 'cache/mutate/ci.jsonl'],
]

/** The demo compares its own figures and exits non-zero when two disagree; this is what it must say beyond that. */
const DemoResult = z.object({ verified: z.literal(true) })

const [commands] = new Command('npm run ci --')
  .description(
    'Run commands that end with `N passed, N failed`, some mutants and the demo, and add up what they report.',
  )
  .argument('<commands...>', "for example 'npm test' 'npm run check'")
  .parse().processedArgs as [string[]]

process.chdir(join(import.meta.dirname, '..'))

let total = ZERO
for (const command of commands) total = add(total, await reported(command))
total = add(total, await mutate())
total = add(total, await demo())
if (total.failed > 0) process.exitCode = 1
console.log(summaryLine(total))

/** Runs a command that ends with a summary line of its own. */
async function reported(command: string): Promise<Counts> {
  console.log(`\n==== ${command}`)
  const [program = '', ...args] = command.split(' ')
  const { code, output } = await run(program, args, { echo: true, secondsMax: COMMAND_SECONDS_MAX })
  const { counts, note } = judge(fromSummaryLine(output), code)
  if (note !== '') console.log(`${command}: ${note}`)
  return counts
}

/** One test: every mutant of the sample is killed, or has an explanation. */
async function mutate(): Promise<Counts> {
  console.log('\n==== npm run mutate, a sample')
  const args = ['run', '--silent', 'mutate', '--', ...MUTATE]
  const { code } = await run('npm', args, { echo: true, secondsMax: MUTATE_SECONDS_MAX })
  if (code === 0) return { ...ZERO, passed: 1 }
  console.log(`npm run mutate: ended with ${code ?? 'a signal'}; expected 0`)
  return { ...ZERO, failed: 1 }
}

async function demo(): Promise<Counts> {
  console.log('\n==== npm run demo')
  const args = ['run', '--silent', 'demo', '--', '--json']
  const { code, output } = await run('npm', args, { echo: true, secondsMax: DEMO_SECONDS_MAX })
  if (code === 0 && isVerified(lastLine(output))) return { ...ZERO, passed: 1 }
  console.log(
    `npm run demo: ended with ${code ?? 'a signal'}; expected 0 and a last line of JSON with "verified": true`,
  )
  return { ...ZERO, failed: 1 }
}

function isVerified(line: string): boolean {
  try {
    return DemoResult.safeParse(JSON.parse(line)).success
  } catch {
    return false
  }
}
