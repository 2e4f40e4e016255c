/** Runs every test of the repository, one runner after another, and adds up what each reports. */
import { join } from 'node:path'
import Table from 'cli-table3'
import { Command, Option } from 'commander'
import { run } from './runner/command.ts'
import { add, judge, summaryLine, ZERO } from './runner/counts.ts'
import type { Counts } from './runner/counts.ts'
import { outcomeOf, RUNNER_NAMES, RUNNERS } from './runner/runners.ts'
import type { RunnerName } from './runner/runners.ts'

const BUILD_SECONDS_MAX = 10 * 60

const { only } = new Command('npm test --')
  .description('Run every test, print a table, and end with the line "N passed, N failed".')
  .addOption(new Option('--only <runner...>', 'run only this runner (repeatable)').choices(RUNNER_NAMES))
  .parse()
  .opts<{ only?: RunnerName[] }>()

process.chdir(join(import.meta.dirname, '..'))

const table = new Table({
  head: ['tests', 'passed', 'failed', 'skipped', 'seconds', ''],
  style: { head: [], border: [] },
})
let total = await build()
for (const runner of RUNNERS.filter(({ name }) => only === undefined || only.includes(name))) {
  console.log(`\n== ${runner.title}`)
  const outcome = await outcomeOf(runner)
  if (outcome === undefined) {
    console.log('no tests yet')
    table.push([runner.title, '-', '-', '-', '-', 'no tests yet'])
    continue
  }
  const { counts, seconds, note } = outcome
  table.push([runner.title, counts.passed, counts.failed, counts.skipped, seconds.toFixed(1), note])
  total = add(total, counts)
}

console.log(`\n${table.toString()}\n`)
if (total.passed + total.failed === 0) {
  console.error('No test ran: a run that proves nothing is a failure.')
  process.exitCode = 1
}
if (total.failed > 0) process.exitCode = 1
console.log(summaryLine(total))

/** Packages are tested from their sources, and meet each other through what is built: it must not be older. */
async function build(): Promise<Counts> {
  const { code, seconds } = await run('tsc', ['-b', 'sdk', 'cli', 'indexer', 'attester'], {
    echo: true,
    secondsMax: BUILD_SECONDS_MAX,
  })
  if (code === 0) return ZERO
  const { counts } = judge(undefined, code)
  table.push(['Build', counts.passed, counts.failed, counts.skipped, seconds.toFixed(1), 'tsc -b failed'])
  return counts
}
