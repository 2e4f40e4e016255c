/**
 * Measures the gas of whole transactions on a simulated chain, beside the committed figures and the design's targets.
 * The measured worlds are the contract tests' own, with fixed times and keys, so that a figure moves with the code alone.
 */
import { join } from 'node:path'
import Table from 'cli-table3'
import { Command } from 'commander'
import hre from 'hardhat'
import * as committed from './gas/committed.ts'
import type { Figure } from './gas/figure.ts'

const FILE = join(import.meta.dirname, '..', 'test', 'gas', 'gas.json')

type Measured = { readonly figure: Figure; readonly gas: number }
type Options = { readonly json?: true; readonly check?: true; readonly write?: true }

const options = new Command('gas')
  .description('Measure the gas of whole transactions, beside the committed figures and the design targets.')
  .option('--json', 'print the figures on the last line')
  .option('--check', 'exit 1 when a figure differs from the committed one')
  .option('--write', 'write the figures to test/gas/gas.json')
  .parse()
  .opts<Options>()

await hre.tasks.getTask('build').run({ quiet: true, noTests: true })
// The figures' worlds connect to a chain when they are imported, which needs the contracts.
const { figures } = await import('./gas/figures.ts')

const before = await committed.read(FILE)
const measured: Measured[] = []
for (const figure of figures) measured.push({ figure, gas: Number(await figure.measure()) })
const gas = Object.fromEntries(measured.map((each) => [each.figure.name, each.gas]))

console.log(render(measured, before))
if (options.write) await committed.write(FILE, gas)
if (options.json) console.log(JSON.stringify(gas))
if (options.check) check(gas, before)

function render(all: readonly Measured[], known: committed.Gas): string {
  const table = new Table({
    head: ['figure', 'gas', 'committed', 'difference', 'target', '', 'note'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'left', 'left'],
    style: { head: [], border: [] },
  })
  for (const { figure, gas } of all) {
    const { name, target, note } = figure
    const then = known[name]
    const verdict = target === undefined ? '' : gas <= target ? 'met' : 'missed'
    table.push([name, gas, then ?? '', then === undefined ? '' : gas - then, target ?? '', verdict, note])
  }
  return table.toString()
}

function check(now: committed.Gas, known: committed.Gas): void {
  const names = [...new Set([...Object.keys(now), ...Object.keys(known)])]
  const differing = names.filter((name) => now[name] !== known[name])
  if (differing.length === 0) return
  console.error(
    `gas: ${differing.join(', ')} differ from test/gas/gas.json. ` +
      `Write it with \`npm run gas -- --write\`, and say in the commit why they moved.`,
  )
  process.exitCode = 1
}
