/**
 * Two scenarios, end to end. `charging`: real charging sessions, from the identity of the cars through payments between
 * processes to a sealed card-billing file. `fleet`: ten thousand devices, who answers for them, and chargers that tell it with
 * no network. Every part is the real one; only time is compressed.
 */
import { resolve } from 'node:path'
import { runDemo } from './demo/run.ts'
import { DemoError } from './demo/DemoError.ts'
import { disagreements } from './demo/Figures.ts'
import { runFleet } from './demo/fleet/run.ts'
import { InterruptedError } from './demo/interruption.ts'
import { readOptions } from './demo/options.ts'
import type { Options } from './demo/options.ts'

const ROOT = resolve(import.meta.dirname, '..')

/** What came of a scenario: its figures, and a sentence for each thing that is not as it must be. */
type Outcome = { readonly figures: object; readonly wrong: readonly string[] }

async function play({ scenario, data, keep, devices, chain }: Options): Promise<Outcome> {
  if (scenario === 'fleet') return runFleet({ root: ROOT, devices, chain })
  const { figures, expected } = await runDemo({ root: ROOT, data, keep, chain })
  return { figures, wrong: disagreements(figures, expected) }
}

try {
  const options = readOptions(process.argv.slice(2), ROOT)
  const { figures, wrong } = await play(options)
  for (const sentence of wrong) console.error(`demo: ${sentence}`)
  if (options.json) console.log(JSON.stringify(figures))
  process.exitCode = wrong.length === 0 ? 0 : 1
} catch (error) {
  console.error(
    `demo: ${error instanceof DemoError ? error.message : error instanceof Error ? error.stack : String(error)}`,
  )
  process.exitCode = error instanceof InterruptedError ? error.exitCode : 1
}
