import { ProgramError, UsageError, factsOf, print, showing } from '@musubi/cli'
import { Credential, verifyCredential } from '@musubi/sdk'
import type { Credential as CredentialType } from '@musubi/sdk'
import { Deployment, LeafTree } from '@musubi/sdk'
import { Did, DidDocument, es256kSigner, issueVcJwt } from '@musubi/sdk/did'
import type { Command } from 'commander'
import { join } from 'node:path'
import type { Hex } from 'viem'
import { z } from 'zod'
import * as BoundDevice from '../fleet/boundDevices.ts'
import * as Fleet from '../fleet/Fleet.ts'
import type { History } from '../registry/history.ts'
import * as State from '../state/StateDirectory.ts'
import { writeJsonCopy, writeCopy } from '../state/files.ts'
import * as StatusFiles from '../status/statusFiles.ts'
import type { Deployed } from './context.ts'
import { createVerifier, openChain, readGlobals } from './context.ts'
import { readHistory } from './history.ts'
import type { KeyOptions } from './keys.ts'
import { addKeyOptions, attesterKey } from './keys.ts'

type ExportOptions = KeyOptions & {
  readonly out: string
  readonly vc: boolean
  readonly snapshotUrl?: string
  readonly did: boolean
}

export function addExport(program: Command): void {
  const command = program
    .command('export')
    .description('write the credentials of devices that are recorded or enrolled')
    .argument('[devices...]', "ids or signers of devices, or ids of bindings; all of the state's by default")
    .requiredOption('--out <dir>', 'where to write')
    .option('--vc', 'write each as a W3C Verifiable Credential 2.0, a JWT signed by the attester, as well', false)
    .option('--snapshot-url <url>', 'with --vc: where the newest status list is published, for whoever has no node')
    .option('--did', "write the attester's did.json as well", false)
    .addHelpText('after', EXPORT_HELP)
  addKeyOptions(command).action(async (named: string[], options: ExportOptions, command: Command) => {
    const globals = readGlobals(command)
    requireUsable(options)
    const chain = await openChain(globals)
    const { deployment } = chain
    const state = State.open(globals.state, deployment)
    const { history } = await readHistory(chain, { ...globals, blockTag: 'latest' })
    const { lines, ...result } = await showing('credentials', globals, (onProgress) =>
      write({ state, deployment, history, named, options, onProgress }),
    )
    print(globals.json, result, () => [...lines, factsOf(result)])
  })
}

const EXPORT_HELP = `
NAME.credential is what a device keeps, with the newest freshness token that was published; NAME.json shows the same to
people; NAME is the binding's id. Every credential is checked before it is written. What was signed and is not on chain is
skipped: offline it would be believed all the same.

  musubi-attester export --out credentials --vc --snapshot-url https://attester.example/newest.status --did`

/** Before anything is written: no credential names an address that its readers would refuse, and no option goes unheard. */
function requireUsable({ vc, snapshotUrl }: ExportOptions): void {
  if (snapshotUrl === undefined || (vc && httpsUrl.safeParse(snapshotUrl).success)) return
  throw new UsageError('Cli.BadOptionError', 'The value of --snapshot-url cannot be used.', {
    given: vc ? snapshotUrl : `${snapshotUrl}, without --vc`,
    expected: 'an https address, for Verifiable Credentials',
    next: 'Name where the status list is published, and ask for Verifiable Credentials with --vc.',
  })
}
const httpsUrl = z.url({ protocol: /^https$/ })

type Writing = {
  readonly state: State.StateDirectory
  readonly deployment: Deployed
  readonly history: History
  readonly named: readonly string[]
  readonly options: ExportOptions
  readonly onProgress: (done: number, total: number) => void
}

async function write({ state, deployment, history, named, options, onProgress }: Writing) {
  const verifier = await createVerifier(deployment)
  const checks = {
    domain: Deployment.registryDomain(deployment),
    p256Verifier: deployment.p256Sha256Verifier,
    verifier,
  }
  const issue = options.vc ? await issuerOf(state, deployment, options) : undefined
  const sought = new Set(named.map((each) => each.toLowerCase()))
  const skipped = new Map<string, number>()
  let written = 0
  for (const { bindingId, credential, source, isOnChain, total } of credentialsOf(state, deployment, history)) {
    if (sought.size > 0 && !isSought(sought, bindingId, credential)) continue
    if (!isOnChain) {
      skipped.set(source, (skipped.get(source) ?? 0) + 1)
      continue
    }
    verifyCredential(credential, checks)
    const jwt = await issue?.(credential)
    writeCopy(join(options.out, `${bindingId}.credential`), Credential.encode(credential))
    writeJsonCopy(join(options.out, `${bindingId}.json`), { bindingId, ...credential })
    if (jwt !== undefined) writeCopy(join(options.out, `${bindingId}.vc.jwt`), jwt)
    written += 1
    onProgress(written, total)
  }
  const lines = [...skipped].map(([source, count]) => `${count} skipped: the ${source} was signed and is not on chain.`)
  if (written === 0) throw nothingFound(named, lines)
  if (options.did) writeJsonCopy(join(options.out, 'did.json'), documentOf(state))
  const counts = { credentials: written, skipped: [...skipped.values()].reduce((sum, count) => sum + count, 0) }
  return { lines, ...counts, out: options.out, vc: options.vc, did: options.did ? didOf(state) : null }
}

type Found = {
  readonly bindingId: Hex
  readonly credential: CredentialType.Credential
  /** What had to be sent, as people name it. */
  readonly source: string
  readonly isOnChain: boolean
  readonly total: number
}

/** Everything that was signed by all: single bindings, and the leaves of fleets. */
function* credentialsOf(
  state: State.StateDirectory,
  { chainId, identityRegistry: address }: Deployed,
  { lives, enrolments }: History,
): Generator<Found> {
  const registry = { chainId, address }
  const tokens = StatusFiles.newestTokens(state)
  const freshnessOf = (bindingId: Hex) => {
    const token = tokens.get(bindingId)
    return token && { freshness: { kind: 'token', day: token.day, preimage: token.preimage } as const }
  }
  for (const { bindingId, binding, deviceSigner, partySigner, signatures } of BoundDevice.all(state)) {
    const signed = { partySignature: signatures.party, attesterSignature: signatures.attester }
    const proof = { kind: 'binding', ...signed } as const
    const credential = { registry, binding, deviceSigner, partySigner, proof, ...freshnessOf(bindingId) }
    const isOnChain = lives.has(bindingId)
    yield { bindingId, credential, source: `binding ${bindingId}`, isOnChain, total: 1 }
  }
  for (const fleet of Fleet.all(state)) {
    const { enrolmentId, enrolment, partySigner, signatures, devices } = fleet
    if (signatures === undefined) continue
    const sent = { source: `enrolment ${enrolmentId}`, isOnChain: enrolments.has(enrolmentId), total: devices.length }
    const tree = Fleet.treeOf(fleet)
    const signed = { partySignature: signatures.party, attesterSignature: signatures.attester }
    for (const { bindingId, binding, deviceSigner, index } of devices) {
      const proof = { kind: 'leaf', enrolment, index, siblings: LeafTree.proof(tree, index), ...signed } as const
      const credential = { registry, binding, deviceSigner, partySigner, proof, ...freshnessOf(bindingId) }
      yield { bindingId, credential, ...sent }
    }
  }
}

function isSought(sought: ReadonlySet<string>, bindingId: Hex, credential: CredentialType.Credential): boolean {
  const names = [bindingId, credential.binding.deviceId, credential.deviceSigner]
  return names.some((name) => sought.has(name.toLowerCase()))
}

async function issuerOf(state: State.StateDirectory, place: Deployed, options: ExportOptions) {
  const { signer: key } = await attesterKey(state, options)
  const signer = es256kSigner(DidDocument.keyId(didOf(state)), key)
  const { snapshotUrl } = options
  const issued = { place, signer, ...(snapshotUrl !== undefined && { snapshotUrl }) }
  return ({ binding, deviceSigner, partySigner }: CredentialType.Credential) =>
    issueVcJwt(binding, { deviceSigner, partySigner, ...issued })
}

/** The domain's, when the attester has one; else the one that follows from its account. */
function didOf({ config }: State.StateDirectory): Did.Did {
  if (config.did !== undefined) return config.did as Did.Did
  return Did.ofAccount({ chainId: config.chainId, address: config.attester })
}

function documentOf(state: State.StateDirectory): object {
  const { chainId, attester: address } = state.config
  return DidDocument.ofAttester(didOf(state), { account: { chainId, address }, keys: {} })
}

function nothingFound(named: readonly string[], lines: readonly string[]): ProgramError {
  return new ProgramError('Export.NothingError', 'There is no such credential in the state.', {
    given: [named.length === 0 ? 'all devices of the state' : named.join(', '), ...lines].join('; '),
    expected: 'devices that were enrolled or bound with this state, and are on chain',
    next: 'Enrol or bind them first, or name another --state.',
  })
}
