import { ProgramError, factsOf, print, showing } from '@musubi/cli'
import { Deployment, StatusList, registryCalls, signStatusSnapshot } from '@musubi/sdk'
import type { Command } from 'commander'
import type { Address } from 'viem'
import * as Fleet from '../fleet/Fleet.ts'
import type { Key } from '../keys/keySource.ts'
import * as State from '../state/StateDirectory.ts'
import { holding } from '../state/lock.ts'
import { dayOf, tokensOf } from '../status/day.ts'
import * as StatusFiles from '../status/statusFiles.ts'
import type { Chain, Globals } from './context.ts'
import { clientsOf, openChain, readGlobals, readRegistry } from './context.ts'
import type { Seen } from './history.ts'
import { readHistory } from './history.ts'
import type { KeyOptions } from './keys.ts'
import { addKeyOptions, attesterKey, freshnessSecret, otherKey } from './keys.ts'
import { dateTime } from './dateTime.ts'
import { perform } from './perform.ts'

type PublishOptions = KeyOptions & { readonly again: boolean; readonly dryRun: boolean }

export function addPublishStatus(program: Command): void {
  const command = program
    .command('publish-status')
    .description("sign and anchor the list of ended and suspended bindings, and write the day's freshness tokens")
    .option('--again', 'make another list although the day has one, for example after a revocation', false)
    .option('--dry-run', 'say what it would cost, and send nothing', false)
    .addHelpText('after', PUBLISH_HELP)
  addKeyOptions(command).action(async (options: PublishOptions, command: Command) => {
    const globals = readGlobals(command)
    const result = await holding(`${globals.state}/lock`, () => publish(globals, options))
    print(globals.json, result, () => [factsOf(result)])
  })
}

const PUBLISH_HELP = `
It goes by what the node reports as finalized. Once a day is enough; a second run on the same day (UTC) changes nothing,
and finishes what was broken off. Publish both files: verifiers and devices fetch them.

  musubi-attester publish-status`

async function publish(globals: Globals, options: PublishOptions) {
  const chain = await openChain(globals)
  const state = State.open(globals.state, chain.deployment)
  const { attester } = state.config
  const seen = await readHistory(chain, { ...globals, blockTag: 'finalized' })
  const attesterIndex = seen.history.indexes.get(attester)
  if (attesterIndex === undefined) throw notAccredited(attester)
  const date = dateTime(seen.at).slice(0, 10)
  const key = await attesterKey(state, options)
  const known = options.again ? undefined : StatusFiles.newestList(state, date)
  const list = known ?? (await makeList(globals, { chain, state, seen, key, date, isKept: !options.dryRun }))

  const { snapshot } = list
  const paths = StatusFiles.pathsOf(state, date)
  const files = { list: paths.list(snapshot.asOf), tokens: paths.tokens }
  const told = { asOf: dateTime(snapshot.asOf), listed: snapshot.count, root: snapshot.root, ...files }
  if ((await readRegistry(chain, 'statusAsOf', [attester])) >= snapshot.asOf) return { ...told, already: true }
  const call = registryCalls(chain.deployment).anchorStatus({ attesterIndex, snapshot, signature: snapshot.signature })
  const payer = (await otherKey('payer', options.payerKeystore)) ?? key
  const clients = clientsOf(globals, chain, payer)
  const act = `status-${snapshot.asOf}`
  return { ...told, ...(await perform(call, { clients, state, key: act, dryRun: options.dryRun })) }
}

type Making = {
  readonly chain: Chain
  readonly state: State.StateDirectory
  readonly seen: Seen
  readonly key: Key
  readonly date: string
  readonly isKept: boolean
}

async function makeList(globals: Globals, { chain, state, seen, key, date, isKept }: Making) {
  const { history, at } = seen
  const { attester } = state.config
  const day = dayOf(history, { attester, at, fleets: Fleet.all(state) })
  const secret = await freshnessSecret(state)
  const tokens = await showing('tokens', globals, (onProgress) => tokensOf(day, { secret, at, onProgress }))
  const { snapshot, bindingIds } = StatusList.build({ attester, asOf: at, bindingIds: day.listed })
  const domain = Deployment.registryDomain(chain.deployment)
  const list = { snapshot: await signStatusSnapshot(snapshot, { domain, signer: key.signer }), bindingIds }
  if (isKept) StatusFiles.save(state, { date, list, tokens })
  return list
}

function notAccredited(given: Address): ProgramError {
  return new ProgramError('Status.NotAccreditedError', 'No finalized block says that the attester is accredited.', {
    given,
    expected: 'an attester that was accredited',
    next: 'See `musubi-attester accredit`, and wait until its block is final.',
  })
}
