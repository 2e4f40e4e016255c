import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { Deployment } from '@musubi/sdk'
import type { Command } from 'commander'
import { z } from 'zod'
import { exponentOf } from '../billing/Currency.ts'
import { IndexerError, UsageError } from '../errors.ts'
import { connect, type Rpc } from '../ingest/Rpc.ts'
import { sync, type SyncResult } from '../ingest/sync.ts'
import type { Target } from '../ingest/Target.ts'
import { Patterns } from '../text/fields.ts'
import { type House, readGlobals, withHouse } from './context.ts'
import { facts, print, progressBar } from './output.ts'

const POLL_SECONDS_MAX = 3_600

const options = z.object({
  deployment: z.string(),
  rpcUrl: z.url({ protocol: /^https?$/ }),
  token: z.string().toLowerCase().regex(Patterns.address).optional(),
  currency: z.string().regex(Patterns.currency),
  follow: z.boolean().default(false),
  pollSeconds: z.coerce.number().positive().max(POLL_SECONDS_MAX),
  timeoutSeconds: z.coerce.number().positive().max(POLL_SECONDS_MAX),
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
    .option('--follow', 'go on as the chain does, until stopped')
    .option('--poll-seconds <n>', 'how often to ask while following', '4')
    .option('--timeout-seconds <n>', 'how long to wait for an answer', '20')
    .action(async (_: unknown, command: Command) => {
      const globals = readGlobals(command)
      const given = options.safeParse(command.opts())
      if (!given.success) throw badOption(given.error)
      const { rpcUrl, follow, pollSeconds, timeoutSeconds } = given.data
      const target = readTarget(given.data)
      const rpc = connect(rpcUrl, { timeoutMs: timeoutSeconds * 1_000 })
      const result = await withHouse(globals, (house) =>
        follow ? followChain(house, { rpc, target, pollSeconds }) : syncOnce(house, rpc, target),
      )
      const shown = {
        chainId: String(target.chainId),
        from: String(result.from),
        cursor: String(result.to),
        logs: result.logs,
      }
      print(globals.json, shown, () => [facts(Object.entries(shown).map(([name, value]) => [name, String(value)]))])
    })
}

async function syncOnce({ db, log }: House, rpc: Rpc, target: Target): Promise<SyncResult> {
  const bar = progressBar('blocks')
  try {
    return await sync(db, rpc, target, (at, finalized) => {
      bar.update(Number(at), Number(finalized))
      log.info({ block: String(at), finalized: String(finalized) }, 'promoted')
    })
  } finally {
    bar.stop()
  }
}

type Following = { readonly rpc: Rpc; readonly target: Target; readonly pollSeconds: number }

/** A node that is away for a while is waited for; a chain that changed is not. */
async function followChain(house: House, { rpc, target, pollSeconds }: Following): Promise<SyncResult> {
  const stop = new AbortController()
  const onSignal = (): void => stop.abort()
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  let total: SyncResult | undefined
  while (!stop.signal.aborted) {
    try {
      const step = await syncOnce(house, rpc, target)
      total = { from: total?.from ?? step.from, to: step.to, logs: (total?.logs ?? 0) + step.logs }
    } catch (error) {
      if (!(error instanceof IndexerError) || !error.name.startsWith('Rpc.')) throw error
      house.log.warn({ name: error.name }, error.message)
    }
    await delay(pollSeconds * 1_000, undefined, { signal: stop.signal }).catch((error: unknown) => {
      if (!stop.signal.aborted) throw error
    })
  }
  return total ?? { from: 0n, to: 0n, logs: 0 }
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

function badOption(error: z.ZodError): UsageError {
  const issue = error.issues[0]
  return new UsageError('Cli.BadOptionError', 'An option of sync cannot be used.', {
    given: issue?.path.join('.') ?? '',
    expected: issue?.message ?? 'another value',
    next: 'See `musubi-indexer sync --help`.',
  })
}
