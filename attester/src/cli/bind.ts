import { ProgramError, UsageError, factsOf, print } from '@musubi/cli'
import type { Binding as BindingType, ChainCall } from '@musubi/sdk'
import { registryCalls } from '@musubi/sdk'
import type { Command } from 'commander'
import * as BoundDevice from '../fleet/boundDevices.ts'
import * as Fleet from '../fleet/Fleet.ts'
import type { Judging } from '../registry/leaves.ts'
import { holding } from '../state/lock.ts'
import { bytes32 } from '../state/schemas.ts'
import type { Globals } from './context.ts'
import { clientsOf, openChain, readGlobals } from './context.ts'
import { addKeyOptions, otherKey } from './keys.ts'
import { perform } from './perform.ts'
import { parseTime } from './show.ts'
import type { BindOptions, Draft } from './signing.ts'
import { draftOf, prepare, releaseOf, signAll } from './signing.ts'
import { readJudging } from './history.ts'
import { requireNoOpenLeaf } from './openLeaves.ts'

type Kind = 'bind' | 'renew' | 'rotateKey' | 'rebind'

export function addBind(program: Command): void {
  addCommand(program, 'bind', 'bind', 'bind one device that was never bound')
}

export function addRenew(program: Command): void {
  addCommand(program, 'renew', 'renew', 'give a device a new binding of the same party in place of its head')
}

export function addRotate(program: Command): void {
  addCommand(program, 'rotateKey', 'rotate', 'give a machine a new device key; the old one is never bound again')
}

export function addRebind(program: Command): void {
  const options = addCommand(
    program,
    'rebind',
    'rebind',
    "pass a machine on to another party, with the old party's word",
  )
  options
    .option('--release-deadline <time>', "last second of the old party's word: seconds since 1970, or ISO 8601")
    .option('--old-party <signer>', 'ERC-7913 signer of the old party, when its key is not here')
    .option('--old-party-keystore <file>', "the old party's keystore; or MUSUBI_OLD_PARTY_KEY_FILE")
    .option('--old-party-signature <file>', 'what the old party gave back')
}

function addCommand(program: Command, kind: Kind, name: string, description: string): Command {
  const command = program
    .command(name)
    .description(description)
    .argument('<spec>', 'JSON file about the device: the columns of `enrol` in camel case')
    .option('--party <signer>', 'ERC-7913 signer of the liable party, when its key is not here')
    .option('--party-keystore <file>', "the liable party's keystore; or MUSUBI_PARTY_KEY_FILE")
    .option('--device-keystore <file>', "the device's keystore; or MUSUBI_DEVICE_KEY_FILE")
    .option('--prepare <dir>', 'write there what the others must sign, and send nothing')
    .option('--party-signature <file>', 'what the party gave back')
    .option('--device-signature <file>', 'what the device gave back')
    .option('--dry-run', 'say what it would cost, and send nothing', false)
  if (kind !== 'bind') command.requiredOption('--head <bindingId>', 'the binding whose place is taken')
  addKeyOptions(command.addHelpText('after', helpOf(name, kind)))
  return command.action(async (file: string, options: BindOptions, command: Command) => {
    const globals = readGlobals(command)
    const result = await holding(`${globals.state}/lock`, () => bind(globals, kind, file, options))
    print(globals.json, result, () => [factsOf(result)])
  })
}

function helpOf(name: string, kind: Kind): string {
  const head = kind === 'bind' ? '' : ` --head 0x…`
  const release = kind === 'rebind' ? ' --release-deadline 2027-02-01T00:00:00Z --old-party 0x7099…' : ''
  const others = `musubi-attester ${name} device.json${head}${release} --party 0x3C44…`
  return `
Everybody may sign elsewhere: --prepare writes the requests, \`musubi-attester sign\` or a wallet signs them.

  ${others} --prepare requests
  ${others} --party-signature party.json --device-signature device-signature.json`
}

async function bind(globals: Globals, kind: Kind, file: string, options: BindOptions) {
  const chain = await openChain(globals)
  const judging = await readJudging(chain, globals)
  const head = options.head === undefined ? undefined : headOf(judging, options.head)
  const draft = await draftOf({ globals, chain, file, head, options })
  const isRecorded = judging.history.lives.has(draft.bindingId)
  if (!isRecorded) requireNoOpenLeaf({ binding: draft.binding, head }, { fleets: Fleet.all(draft.state), judging })
  const release =
    kind === 'rebind' && head !== undefined ? await releaseFor(chain, { draft, head, options }) : undefined
  const told = { bindingId: draft.bindingId, deviceId: draft.binding.deviceId }
  if (options.prepare !== undefined) return { ...told, prepared: prepare(options.prepare, { ...draft, release }) }

  const signed = await signAll({ ...draft, release, options })
  const { signatures } = signed
  if (!options.dryRun) BoundDevice.save(draft.state, { ...pick(draft), signatures })
  const { reader, deployment } = chain
  if (isRecorded) return { ...told, already: true }
  const call = callOf(kind, { deployment, draft, head, signed })
  const payer = (await otherKey('payer', options.payerKeystore)) ?? draft.attester
  const clients = clientsOf(globals, { ...chain, reader }, payer)
  const key = `${kind}-${draft.bindingId}`
  return { ...told, ...(await perform(call, { clients, state: draft.state, key, dryRun: options.dryRun })) }
}

function pick({ bindingId, binding, deviceSigner, partySigner }: Draft) {
  return { bindingId, binding, deviceSigner, partySigner }
}

type Calling = {
  readonly deployment: Parameters<typeof registryCalls>[0]
  readonly draft: Draft
  readonly head: BindingType.Binding | undefined
  readonly signed: Awaited<ReturnType<typeof signAll>>
}

function callOf(kind: Kind, { deployment, draft, head, signed }: Calling): ChainCall {
  const { binding, deviceSigner, partySigner } = draft
  const all = { binding, deviceSigner, partySigner, signatures: signed.signatures }
  const calls = registryCalls(deployment)
  if (kind === 'bind' || head === undefined) return calls.bind(all)
  if (kind === 'rebind' && signed.consent !== undefined) return calls.rebind({ ...all, head, consent: signed.consent })
  return kind === 'renew' ? calls.renew({ ...all, head }) : calls.rotateKey({ ...all, head })
}

type Chain = Awaited<ReturnType<typeof openChain>>

function headOf({ history }: Judging, given: string): BindingType.Binding {
  const id = bytes32.safeParse(given)
  const life = id.success ? history.lives.get(id.data) : undefined
  if (life !== undefined) return life.binding
  throw new ProgramError('Bind.UnknownHeadError', 'The registry has no such binding.', {
    given,
    expected: 'the id of the binding whose place is taken',
    next: 'Look it up with `musubi-attester show`.',
  })
}

async function releaseFor(chain: Chain, { draft, head, options }: ReleaseQuery) {
  if (options.releaseDeadline === undefined) {
    throw new UsageError('Cli.NoDeadlineError', "Until when the old party's word counts is not said.", {
      given: 'no --release-deadline',
      expected: 'seconds since 1970, or an ISO 8601 time',
      next: 'Name the same time with --prepare and afterwards.',
    })
  }
  const deadline = parseTime('--release-deadline', options.releaseDeadline)
  return await releaseOf(chain, { head, successor: draft.bindingId, deadline, options })
}
type ReleaseQuery = { readonly draft: Draft; readonly head: BindingType.Binding; readonly options: BindOptions }
