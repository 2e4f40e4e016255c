/**
 * Benchmarks of payments and of identity, and the escrow's gas beside its peers'. Medians over several rounds; the machine is shared, so compare figures of one
 * run only.
 */
import { Command } from 'commander'
import { compareEscrow } from './escrow/compareEscrow.ts'
import type { Figure } from './figures.ts'
import { render, toJson } from './figures.ts'
import { measureIdentity } from './identity/measureIdentity.ts'
import { measurePayments } from './payments/measurePayments.ts'
import { whole } from './whole.ts'

/** Of both kinds, with a key and a party of its own each, they are fewer than the ten thousand keys that a verifier remembers. */
const DEVICES_MAX = 2_400

const program = new Command('bench').description('Measure what the SDK does on this machine.')

benchmark('payments', { isDefault: true })
  .description('Measure signed, verified and durably stored payments: in one process, and between two over WebSocket.')
  .option('--payments <n>', 'payments a round', whole(), 4_000)
  .option('--channels <n>', 'channels that pay at the same time', whole(), 64)
  .action(async (options: Printing & measurePayments.Options) => print(await measurePayments(options), options))

benchmark('identity', { isDefault: false })
  .description(
    'Measure how large a shown identity is, how long its check takes offline, and how long it takes to enrol 10,000 devices ' +
      'on a local chain; beside it, an attestation of the same facts with EAS.',
  )
  .option('--devices <n>', 'devices of each kind of key that show themselves', whole(DEVICES_MAX), 500)
  .action(async (options: Printing & measureIdentity.Options) => print(await measureIdentity(options), options))

program
  .command('escrow')
  .description(
    "Show the escrow's gas beside quoted gas of its peers; the notes say what was measured and what is quoted.",
  )
  .option('--json', 'print the figures as one JSON object on the last line')
  .action(async (options: Printing) => print(await compareEscrow(), options))

await program.parseAsync()

type Printing = { readonly json?: true }

function benchmark(name: string, { isDefault }: { readonly isDefault: boolean }): Command {
  return program
    .command(name, { isDefault })
    .option('--rounds <n>', 'rounds of each measurement; medians are shown', whole(), 5)
    .option('--json', 'print the figures as one JSON object on the last line')
}

function print(figures: readonly Figure[], { json }: Printing): void {
  console.log(render(figures))
  if (json) console.log(toJson(figures))
}
