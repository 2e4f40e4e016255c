import { join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { findAnvil } from './ChainProcess.ts'
import type { ChainKind } from './ChainProcess.ts'
import { DemoError } from './DemoError.ts'
import { DEVICES_MAX, DEVICES_MIN } from './fleet/enrolFleets.ts'

/** What the user asks for. */
export type Options = {
  readonly scenario: Scenario
  readonly data: string
  readonly keep?: string
  readonly devices: number
  readonly chain: ChainKind
  readonly json: boolean
}
export const SCENARIOS = ['charging', 'fleet'] as const
export type Scenario = (typeof SCENARIOS)[number]

/** Options that mean something in one scenario alone. */
const BELONGS_TO: Readonly<Record<string, Scenario>> = { data: 'charging', keep: 'charging', devices: 'fleet' }

type Parsed = Omit<Options, 'chain' | 'json'> & { readonly chain?: ChainKind; readonly json?: true }

/** Reads the command line; ends the process with help or an error when it asks for it. */
export function readOptions(args: readonly string[], root: string): Options {
  const command = commandIn(root).parse(args, { from: 'user' })
  const { chain = findAnvil() === undefined ? 'hardhat' : 'anvil', json = false, ...options } = command.opts<Parsed>()
  for (const [name, scenario] of Object.entries(BELONGS_TO)) {
    if (command.getOptionValueSource(name) !== 'cli' || scenario === options.scenario) continue
    throw new DemoError(`--${name} belongs to the scenario ${scenario}, not to ${options.scenario}.`, {
      next: `Leave it out, or pass --scenario ${scenario}.`,
    })
  }
  return { ...options, chain, json }
}

function commandIn(root: string): Command {
  return new Command('demo')
    .description(
      'charging: carries real charging sessions from identity over payments and chain to a sealed card-billing file.\n' +
        'fleet: enrols a fleet, lets its cars be sold, stolen and revoked, and shows them to chargers with no network.',
    )
    .addOption(new Option('--scenario <name>', 'what to play').choices(SCENARIOS).default('charging'))
    .option(
      '--data <file>',
      'charging: CSV with session,station,connected_at,done_charging_at,disconnected_at,energy_wh',
      join(root, 'data', 'charging-sessions.csv'),
    )
    .option(
      '--keep <dir>',
      'charging: a new or empty folder that keeps stores, database and files; without it nothing stays behind',
    )
    .option('--devices <number>', 'fleet: how many devices are enrolled', devicesOf, 10_000)
    .addOption(
      new Option('--chain <kind>', 'the chain process; hardhat shows no finality lag').choices(['anvil', 'hardhat']),
    )
    .option('--json', 'print the figures as one JSON object on the last line')
}

function devicesOf(text: string): number {
  const devices = Number(text)
  if (Number.isInteger(devices) && devices >= DEVICES_MIN && devices <= DEVICES_MAX) return devices
  throw new InvalidArgumentError(`Expected a whole number from ${DEVICES_MIN} to ${DEVICES_MAX}.`)
}
