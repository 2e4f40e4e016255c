import { readFileSync } from 'node:fs'
import { UsageError, facts, print, showing } from '@musubi/cli'
import { Deployment } from '@musubi/sdk'
import type { Command } from 'commander'
import { z } from 'zod'
import { exponentOf } from '../billing/Currency.ts'
import { connect } from '../ingest/Rpc.ts'
import { RANGE_BLOCKS_MAX } from '../ingest/readRange.ts'
import { sync, type SyncResult } from '../ingest/sync.ts'
import type { Target } from '../ingest/Target.ts'
import { maskCardNumbers } from '../text/cardNumber.ts'
import { Patterns } from '../text/fields.ts'
import { type House, readGlobals, withHouse } from './context.ts'
import { follow, untilStopped } from './follow.ts'

const SECONDS_MAX = 3_600
const RETRIES_MAX = 1_000

const seconds = z.coerce
  .number(`expected seconds, at most ${String(SECONDS_MAX)}`)
  .positive()
  .max(SECONDS_MAX)

const options = z.object({
  deployment: z.string(),
  rpcUrl: z.url({ protocol: /^https?$/, error: 'expected an address as http://127.0.0.1:8545' }),
  token: z.string().toLowerCase().regex(Patterns.address, 'expected 0x and 40 hexadecimal digits').optional(),
  currency: z.string().regex(Patterns.currency, 'expected an ISO 4217 code as JPY'),
  follow: z.boolean().default(false),
  pollSeconds: seconds,
  timeoutSeconds: seconds,
  retries: z.coerce.number().int().nonnegative().max(RETRIES_MAX),
  rangeBlocks: z.coerce.number().int().positive().max(Number(RANGE_BLOCKS_MAX)),
})

export function addSync(program: Command): void {
  program
    .command('sync')
    .description('read everything final from the chain into facts and books')
    .requiredOption('--deployment <file>', 'what `npm run deploy` wrote: deployments/<chainId>.json')
    .requiredOption(
      '--rpc-url <url>',
      'HTTP address of a node; MUSUBI_RPC_URL does as well',
      process.env.MUSUBI_RPC_URL,
    )
    .option('--token <address>', 'the settlement token, when the deployment names none')
    .option('--currency <code>', 'currency of which one token is worth one unit', 'JPY')
    .option('--range-blocks <n>', 'most blocks to ask for at once; some nodes refuse more', String(RANGE_BLOCKS_MAX))
    .option('--timeout-seconds <n>', 'how long to wait for an answer', '20')
    .option('--follow', 'go on as the chain does, until SIGINT or SIGTERM')
    .option('--poll-seconds <n>', 'how often to ask while following', '4')
    .option('--retries <n>', 'while following, how often in a row to ask a node again that is away', '20')
    .addHelpText('after', HELP)
    .action(async (_: unknown, command: Command) => {
      const { json, ...globals } = readGlobals(command)
      const given = options.safeParse(command.opts())
      if (!given.success) throw badOption(given.error, command)
      const target = readTarget(given.data)
      const result = await withHouse({ json, ...globals }, (house) => {
        const reading = { house, target, json, options: given.data }
        return given.data.follow ? syncOn(reading) : syncOnce(reading)
      })
      const shown = {
        chainId: String(target.chainId),
        from: String(result.from),
        cursor: String(result.to),
        logs: result.logs,
      }
      print(json, shown, () => [facts(Object.entries(shown).map(([name, value]) => [name, String(value)]))])
    })
}

const HELP = `
It goes on where it stopped, however it stopped. While following, a node that does not answer is asked again, each time
later, up to a minute apart.

  musubi-indexer sync --deployment deployments/31337.json --rpc-url http://127.0.0.1:8545
  musubi-indexer sync --deployment deployments/31337.json --rpc-url http://127.0.0.1:8545 --follow`

type Reading = {
  readonly house: House
  readonly target: Target
  readonly json: boolean
  readonly options: z.output<typeof options>
}

/** Reads up to the node's last finalized block. */
function syncOnce({ house, target, json, options }: Reading, signal?: AbortSignal): Promise<SyncResult> {
  const { rpcUrl, timeoutSeconds, rangeBlocks } = options
  const rpc = connect(rpcUrl, { timeoutMs: timeoutSeconds * 1_000, signal })
  return showing('blocks', { json }, (onProgress) =>
    sync(house.db, rpc, target, {
      rangeBlocksMax: BigInt(rangeBlocks),
      signal,
      onRange: ({ to }, finalized) => {
        onProgress(Number(to), Number(finalized))
        house.log.info({ block: String(to), finalized: String(finalized) }, 'promoted')
      },
    }),
  )
}

/** Reads on as the chain does, until the process is told to end. */
async function syncOn(reading: Reading): Promise<SyncResult> {
  const { house, target, options } = reading
  const before = await cursorOf(house, target)
  await untilStopped((stopped) =>
    follow(() => syncOnce(reading, stopped), {
      stopped,
      pollMs: options.pollSeconds * 1_000,
      retries: options.retries,
      onFailure: (error, count) => house.log.warn({ name: error.name, count, of: options.retries }, error.message),
    }),
  )
  const after = await cursorOf(house, target)
  return { from: before, to: after, logs: await countLogs(house, target, before) }
}

async function cursorOf({ db }: House, { chainId }: Target): Promise<bigint> {
  const chain = await db.selectFrom('chain').select('cursor_number').where('chain_id', '=', chainId).executeTakeFirst()
  return chain?.cursor_number ?? 0n
}

async function countLogs({ db }: House, { chainId }: Target, after: bigint): Promise<number> {
  const row = await db
    .selectFrom('raw_log')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('chain_id', '=', chainId)
    .where('block_number', '>', after)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

function readTarget({ deployment: path, token, currency }: z.output<typeof options>): Target {
  exponentOf(currency)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError('Cli.NoDeploymentError', 'The deployment file cannot be read.', {
      given: path,
      expected: 'what `npm run deploy` wrote: deployments/<chainId>.json',
      next: 'Name the file with --deployment.',
      cause: error,
    })
  }
  const deployment = Deployment.parse(text)
  const settlementToken = token ?? deployment.settlementToken?.toLowerCase()
  if (settlementToken === undefined) {
    throw new UsageError('Cli.NoTokenError', 'The deployment names no settlement token.', {
      given: path,
      expected: 'the address of the token that bills are about',
      next: 'Give it with --token.',
    })
  }
  return {
    chainId: BigInt(deployment.chainId),
    registry: deployment.identityRegistry.toLowerCase(),
    escrow: deployment.channelEscrow.toLowerCase(),
    token: settlementToken,
    p256Verifier: deployment.p256Sha256Verifier.toLowerCase(),
    deployedAtBlock: BigInt(deployment.startBlock),
    currency,
  }
}

/** Says which option it is, as it was typed, and what it takes. */
function badOption(error: z.ZodError, command: Command): UsageError {
  const issue = error.issues[0]
  const name = String(issue?.path[0] ?? '')
  const flag = command.options.find((option) => option.attributeName() === name)?.long ?? name
  return new UsageError('Cli.BadOptionError', `The value of ${flag} cannot be used.`, {
    given: maskCardNumbers(String(command.getOptionValue(name))),
    expected: issue?.message.replace(/^expected /, '') ?? 'another value',
    next: 'See `musubi-indexer sync --help`.',
  })
}
