/** What a machine runs on every change: tests, static checks and the demo, added up in one last line. `.ci/run` starts it. */
import { join } from 'node:path'
import { Command } from 'commander'
import { z } from 'zod'
import { run } from './runner/command.ts'
import { add, fromSummaryLine, judge, lastLine, summaryLine, ZERO } from './runner/counts.ts'
import type { Counts } from './runner/counts.ts'

const TESTS_SECONDS_MAX = 30 * 60
const CHECKS_SECONDS_MAX = 15 * 60
const DEMO_SECONDS_MAX = 8 * 60

/** The demo compares its own figures and exits non-zero when two disagree; this is what it must say beyond that. */
const DemoResult = z.object({ verified: z.literal(true) })

new Command('npm run ci --').description('Run tests, static checks and the demo, and add up what they report.').parse()

process.chdir(join(import.meta.dirname, '..'))

let total = add(await reported('test', TESTS_SECONDS_MAX), await reported('check', CHECKS_SECONDS_MAX))
total = add(total, await demo())
if (total.failed > 0) process.exitCode = 1
console.log(summaryLine(total))

/** Runs a script that ends with a summary line of its own. */
async function reported(script: string, secondsMax: number): Promise<Counts> {
  console.log(`\n==== npm run ${script}`)
  const { code, output } = await run('npm', ['run', '--silent', script], { echo: true, secondsMax })
  const { counts, note } = judge(fromSummaryLine(output), code)
  if (note !== '') console.log(`npm run ${script}: ${note}`)
  return counts
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
