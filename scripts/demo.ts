/**
 * The main job, end to end: real charging sessions, from the identity of the cars through payments between processes to a
 * sealed card-billing file. Every part is the real one; only time is compressed.
 */
import { join, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { runDemo } from './demo/run.ts'
import { DemoError } from './demo/DemoError.ts'
import { disagreements } from './demo/Figures.ts'
import { InterruptedError } from './demo/interruption.ts'
import { findAnvil } from './demo/ChainProcess.ts'
import type { ChainKind } from './demo/ChainProcess.ts'

const ROOT = resolve(import.meta.dirname, '..')

const options = new Command('demo')
  .description('Carry real charging sessions from identity over payments and chain to a sealed card-billing file.')
  .option(
    '--data <file>',
    'CSV: session,station,connected_at,done_charging_at,disconnected_at,energy_wh',
    join(ROOT, 'data', 'charging-sessions.csv'),
  )
  .option(
    '--keep <dir>',
    'a new or empty folder that keeps stores, database and files; without it nothing stays behind',
  )
  .addOption(
    new Option('--chain <kind>', 'the chain process; hardhat shows no finality lag').choices(['anvil', 'hardhat']),
  )
  .option('--json', 'print the figures as one JSON object on the last line')
  .parse()
  .opts<{ data: string; keep?: string; chain?: ChainKind; json?: true }>()

try {
  const chain = options.chain ?? (findAnvil() === undefined ? 'hardhat' : 'anvil')
  const { figures, expected } = await runDemo({ root: ROOT, data: options.data, keep: options.keep, chain })
  const wrong = disagreements(figures, expected)
  for (const sentence of wrong) console.error(`demo: ${sentence}`)
  if (options.json) console.log(JSON.stringify(figures))
  process.exitCode = wrong.length === 0 ? 0 : 1
} catch (error) {
  console.error(
    `demo: ${error instanceof DemoError ? error.message : error instanceof Error ? error.stack : String(error)}`,
  )
  process.exitCode = error instanceof InterruptedError ? error.exitCode : 1
}
