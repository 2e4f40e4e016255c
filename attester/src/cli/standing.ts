import { ProgramError, UsageError, print, table } from '@musubi/cli'
import type { ChainCall, Domain } from '@musubi/sdk'
import { BindingStatus, Bytes, Deployment, StandingMessage, registryCalls } from '@musubi/sdk'
import type { Command } from 'commander'
import { existsSync } from 'node:fs'
import type { Hex } from 'viem'
import { keccak256, toHex } from 'viem'
import { z } from 'zod'
import { grouped } from '../grouped.ts'
import * as Fleet from '../fleet/Fleet.ts'
import * as State from '../state/StateDirectory.ts'
import { readJson } from '../state/files.ts'
import { holding } from '../state/lock.ts'
import { bytes32 } from '../state/schemas.ts'
import type { Chain, Globals } from './context.ts'
import { chainTime, clientsOf, openChain, readGlobals, recordOf } from './context.ts'
import type { KeyOptions } from './keys.ts'
import { addKeyOptions, attesterKey, otherKey } from './keys.ts'
import type { Performed } from './perform.ts'
import { perform } from './perform.ts'

type Options = KeyOptions & { readonly dryRun: boolean }
type Act = 'suspend' | 'revoke'

/** Most bindings of one transaction: about 8,000 gas each. */
export const REVOCATIONS_MAX = 500
/** How long a message of the attester may be relayed. */
const DEADLINE_SECONDS = 3600

export function addSuspend(program: Command): void {
  addCommand(program, 'suspend', 'stop new money under bindings for now, on the attester’s word alone')
}

export function addRevoke(program: Command): void {
  addCommand(program, 'revoke', 'end bindings for good; leaves that were not activated never will be')
}

function addCommand(program: Command, act: Act, description: string): void {
  const command = program
    .command(act)
    .description(description)
    .argument('<bindings...>', 'ids of bindings, or JSON files with a list of ids')
    .option('--dry-run', 'say what it would cost, and send nothing', false)
    .addHelpText('after', helpOf(act))
  addKeyOptions(command).action(async (named: string[], options: Options, command: Command) => {
    const globals = readGlobals(command)
    const result = await holding(`${globals.state}/lock`, () => run(globals, act, { named, options }))
    print(globals.json, result, () => [
      table(
        ['binding', act],
        result.bindings.map(({ bindingId, result }) => [bindingId, result]),
      ),
    ])
  })
}

function helpOf(act: Act): string {
  return `
Those that are so already are told, and left alone.

  musubi-attester ${act} 0x8e1f0d7a4a5b…
  musubi-attester ${act} stolen.json`
}

type Told = { readonly bindingId: Hex; readonly result: string }
type Row = { readonly bindingId: Hex; readonly sequence: number; readonly attesterIndex: number }
type Query = { readonly named: readonly string[]; readonly options: Options }

async function run(globals: Globals, act: Act, { named, options }: Query) {
  const chain = await openChain(globals)
  const state = State.open(globals.state, chain.deployment)
  const ids = [...new Set(named.flatMap(idsOf))]
  const now = await chainTime(chain)
  const told: Told[] = []
  const rows: Row[] = []
  const leaves: Hex[] = []
  for (const bindingId of ids) {
    const { status, startedAt, endsAt, sequence, attesterIndex } = await recordOf(chain, bindingId)
    const isRunning = status === BindingStatus.ACTIVE || (act === 'revoke' && status === BindingStatus.SUSPENDED)
    if (startedAt === 0) leaves.push(bindingId)
    else if (isRunning && endsAt <= now) told.push({ bindingId, result: 'already EXPIRED' })
    else if (isRunning) {
      rows.push({ bindingId, sequence, attesterIndex })
    } else told.push({ bindingId, result: `already ${statusName(status)}` })
  }
  const calls = [...(act === 'suspend' ? suspensions(rows) : revocations(rows)), ...leafRevocations(state, act, leaves)]
  const transactions = await sendAll(globals, chain, { state, calls, options })
  const done = act === 'suspend' ? 'suspended' : 'revoked'
  const result = options.dryRun ? `would be ${done}` : done
  told.push(...[...rows.map(({ bindingId }) => bindingId), ...leaves].map((bindingId) => ({ bindingId, result })))
  return { bindings: told, transactions }
}

/** A call that only lacks its deadline and the attester's signature. `key` names the act: a record's sequence is used once. */
type Unsigned = {
  readonly key: string
  readonly digest: (deadline: number, domain: Domain.Domain) => Hex
  readonly call: (calls: ReturnType<typeof registryCalls>, deadline: number, signature: Hex) => ChainCall
}

function suspensions(rows: readonly Row[]): readonly Unsigned[] {
  return rows.map(({ bindingId, sequence }) => ({
    key: `suspend-${bindingId}-${sequence}`,
    digest: (deadline, domain) => StandingMessage.suspendDigest({ bindingId, sequence, deadline }, domain),
    call: (calls, deadline, signature) =>
      calls.suspendByAttester({ message: { bindingId, sequence, deadline }, signature }),
  }))
}

/** One alone is a message of its own; many are batches, by the index under which the attester vouched for them. */
function revocations(rows: readonly Row[]): readonly Unsigned[] {
  if (rows.length === 1) return rows.map(revocation)
  return [...grouped(rows, ({ attesterIndex }) => attesterIndex)].flatMap(([attesterIndex, all]) =>
    batches(all).map((batch) => {
      const named = batch.map(({ bindingId, sequence }) => ({ bindingId, sequence }))
      return {
        key: `revokeMany-${hashOf(named)}`,
        digest: (deadline, domain) => StandingMessage.revokeManyDigest({ rows: named, deadline }, domain),
        call: (calls, deadline, signature) =>
          calls.revokeMany({ attesterIndex, message: { rows: named, deadline }, signature }),
      } satisfies Unsigned
    }),
  )
}

function revocation({ bindingId, sequence }: Row): Unsigned {
  return {
    key: `revoke-${bindingId}-${sequence}`,
    digest: (deadline, domain) => StandingMessage.revokeDigest({ bindingId, sequence, deadline }, domain),
    call: (calls, deadline, signature) => calls.revoke({ message: { bindingId, sequence, deadline }, signature }),
  }
}

function leafRevocations(state: State.StateDirectory, act: Act, ids: readonly Hex[]): readonly Unsigned[] {
  if (ids.length === 0) return []
  const places = act === 'revoke' ? Fleet.placesOf(state, ids) : []
  const missing = ids.find((id) => !places.some(({ bindingId }) => bindingId === id))
  if (missing !== undefined) throw unknownBinding(missing, act)
  return [...grouped(places, ({ enrolmentId }) => enrolmentId)].flatMap(([enrolmentId, all]) =>
    batches(all).map((batch) => {
      const indexes = batch.map(({ index }) => index)
      return {
        key: `revokeLeaves-${hashOf([enrolmentId, ...indexes])}`,
        digest: (deadline, domain) => StandingMessage.revokeLeavesDigest({ enrolmentId, indexes, deadline }, domain),
        call: (calls, deadline, signature) =>
          calls.revokeLeaves({ message: { enrolmentId, indexes, deadline }, signature }),
      } satisfies Unsigned
    }),
  )
}

type Sending = { readonly state: State.StateDirectory; readonly calls: readonly Unsigned[]; readonly options: Options }

async function sendAll(globals: Globals, chain: Chain, { state, calls, options }: Sending): Promise<Performed[]> {
  const attester = await attesterKey(state, options)
  const payer = (await otherKey('payer', options.payerKeystore)) ?? attester
  const clients = clientsOf(globals, chain, payer)
  const domain = Deployment.registryDomain(chain.deployment)
  const performed: Performed[] = []
  for (const { key, digest, call } of calls) {
    const deadline = (await chainTime(chain)) + DEADLINE_SECONDS
    const signature = toHex(await attester.signer.sign(Bytes.fromHex(digest(deadline, domain))))
    const ready = call(registryCalls(chain.deployment), deadline, signature)
    performed.push(await perform(ready, { clients, state, key, dryRun: options.dryRun }))
  }
  return performed
}

function idsOf(named: string): readonly Hex[] {
  const id = bytes32.safeParse(named)
  if (id.success) return [id.data]
  if (existsSync(named)) return readJson(named, z.array(bytes32).min(1).max(100_000))
  throw new UsageError('Cli.BadBindingError', 'A binding is not named as it should be.', {
    given: named,
    expected: '32 bytes in hex, or a JSON file with a list of them',
    next: 'Look the id up with `musubi-attester show`.',
  })
}

/** Names a batch: the same rows are the same act. */
function hashOf(rows: readonly unknown[]): Hex {
  return keccak256(toHex(JSON.stringify(rows)))
}

function batches<item>(all: readonly item[]): readonly (readonly item[])[] {
  const count = Math.ceil(all.length / REVOCATIONS_MAX)
  return Array.from({ length: count }, (_, n) => all.slice(n * REVOCATIONS_MAX, (n + 1) * REVOCATIONS_MAX))
}

function statusName(status: number): string {
  return Object.entries(BindingStatus).find(([, value]) => value === status)?.[0] ?? String(status)
}

function unknownBinding(given: Hex, act: Act): ProgramError {
  const leaf = act === 'revoke' ? '' : '; a leaf that was not activated can be revoked, and not suspended'
  return new ProgramError('Standing.UnknownBindingError', 'There is no such binding.', {
    given,
    expected: `a binding of the registry, or a leaf of this state${leaf}`,
    next: 'Look the id up with `musubi-attester show`. Nothing was sent.',
  })
}
