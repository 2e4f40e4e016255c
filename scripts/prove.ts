/**
 * Proves the arithmetic of settling, closing, streams and ceilings for all numbers, and says of what there is no proof. The
 * statements are the functions in `test/proofs`; they call the very libraries that are deployed. docs/PROOFS.md tells more.
 */
import Table from 'cli-table3'
import { Command } from 'commander'
import { proofFiles, prove } from './prove/prove.ts'
import type { Property } from './prove/properties.ts'

const WIDTHS = [46, 17, 78]

const { json } = new Command('npm run prove --')
  .description('Prove the statements in test/proofs for all numbers: SMTChecker of the Solidity compiler, with z3.')
  .option('--json', 'print the properties on the last line')
  .addHelpText('after', '\nExits with 1 when a statement is not proved.')
  .parse()
  .opts<{ readonly json?: true }>()

const startedAt = performance.now()
const properties = await prove(proofFiles())
const proved = properties.filter(({ verdict }) => verdict === 'proved').length
console.log(render(properties))
console.log(`${proved} of ${properties.length} proved in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`)
if (json) console.log(JSON.stringify(properties))
if (proved < properties.length) process.exitCode = 1

function render(all: readonly Property[]): string {
  const table = new Table({
    head: ['property', 'verdict', 'statement'],
    colWidths: WIDTHS,
    wordWrap: true,
    style: { head: [] },
  })
  for (const { name, verdict, statement, counterExample } of all) {
    table.push([
      name,
      verdict,
      counterExample === undefined ? statement : `${statement} Violated by ${counterExample}.`,
    ])
  }
  return table.toString()
}
