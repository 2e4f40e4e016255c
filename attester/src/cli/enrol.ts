import { UsageError, factsOf, print, showing } from '@musubi/cli'
import type { ChainCall } from '@musubi/sdk'
import { Bytes, Deployment, Enrolment, LeafTree, registryCalls } from '@musubi/sdk'
import type { Command } from 'commander'
import type { Hex } from 'viem'
import { toHex, zeroHash } from 'viem'
import { BadRowsError, FIRST_ROW, parseDevices } from '../devices/csv.ts'
import type { DeviceSpec } from '../devices/spec.ts'
import * as Fleet from '../fleet/Fleet.ts'
import { openLeavesOf } from './openLeaves.ts'
import type { Key } from '../keys/keySource.ts'
import type { Judging } from '../registry/leaves.ts'
import * as Request from '../requests/Request.ts'
import { readSignature } from '../requests/signature.ts'
import * as State from '../state/StateDirectory.ts'
import { readText, writeLines } from '../state/files.ts'
import { holding } from '../state/lock.ts'
import { hex } from '../state/schemas.ts'
import type { Chain, Globals } from './context.ts'
import { clientsOf, createVerifier, openChain, readGlobals, readRegistry } from './context.ts'
import { readJudging } from './history.ts'
import type { KeyOptions } from './keys.ts'
import { addKeyOptions, attesterKey, freshnessSecret, otherKey } from './keys.ts'
import { perform } from './perform.ts'

type EnrolOptions = KeyOptions & {
  readonly party?: string
  readonly partyKeystore?: string
  readonly partySignature?: string
  readonly prepare?: string
  readonly out?: string
  readonly dryRun: boolean
}

export function addEnrol(program: Command): void {
  const command = program
    .command('enrol')
    .description('enrol a fleet in one transaction')
    .argument('<devices>', 'CSV file, one device a row')
    .option('--party <signer>', 'ERC-7913 signer of the liable party, when its key is not here')
    .option(
      '--party-keystore <file>',
      "the liable party's keystore; or MUSUBI_PARTY_KEY_FILE names a file with the key",
    )
    .option('--prepare <file>', 'write what the party must sign, and send nothing')
    .option('--party-signature <file>', 'what the party gave back')
    .option('--out <file>', 'write index, bindingId, binding and proof of each device, one JSON object a line')
    .option('--dry-run', 'say what it would cost, and send nothing', false)
    .addHelpText('after', ENROL_HELP)
  addKeyOptions(command).action(async (file: string, options: EnrolOptions, command: Command) => {
    const globals = readGlobals(command)
    const result = await holding(`${globals.state}/lock`, () => enrol(globals, file, options))
    print(globals.json, result, () => [factsOf(result)])
  })
}

const ENROL_HELP = `
Columns: device_signer, valid_from, valid_until, funder, funding (credit, prepaid, own), token, max_per_payment,
max_per_period (base units), period_seconds; and if need be curve, billing_ref, approvers, previous, freshness (yes, no).
It may be killed and run again: the same file gives the same enrolment, which the chain takes once.

  musubi-attester enrol devices.csv --party 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --prepare request.json
  MUSUBI_PASSWORD_FILE=party.txt musubi-attester sign request.json --keystore party.json --out signature.json
  musubi-attester enrol devices.csv --party 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --party-signature signature.json`

async function enrol(globals: Globals, file: string, options: EnrolOptions) {
  const chain = await openChain(globals)
  const state = State.open(globals.state, chain.deployment)
  const specs = await showing('rows', globals, (onProgress) =>
    parseDevices(readText(file), { p256Verifier: chain.deployment.p256Sha256Verifier, onProgress }),
  )
  const judging = await readJudging(chain, globals)
  requireUnbound(specs, judging)
  const key = await attesterKey(state, options)
  const secret = await freshnessSecret(state)
  const party = await otherKey('party', options.partyKeystore)
  const partySigner = signerOf(party, options.party)
  const standing = { attester: state.config.attester, partySigner, secret }
  const fleet = await showing('devices', globals, (onProgress) => Fleet.build(specs, { ...standing, onProgress }))
  requireInNoOtherFleet(fleet, { state, judging })
  if (options.out !== undefined) writeLines(options.out, leavesOf(fleet))
  const told = { enrolmentId: fleet.enrolmentId, devices: fleet.devices.length, root: fleet.enrolment.root }

  const known = Fleet.find(state, fleet.enrolmentId)
  if (known === undefined && !options.dryRun) Fleet.save(state, fleet)
  const domain = Deployment.registryDomain(chain.deployment)
  const digest = Enrolment.digest(fleet.enrolment, domain)
  if (options.prepare !== undefined) {
    const request = { signer: partySigner, digest, subject: 'Enrolment', message: fleet.enrolment, domain } as const
    Request.write(options.prepare, request)
    return { ...told, prepared: options.prepare }
  }
  const partySignature =
    party === undefined
      ? (known?.signatures?.party ?? (await readPartySignature(chain, { ...options, partySigner, digest })))
      : toHex(await party.signer.sign(Bytes.fromHex(digest)))
  const signatures = { party: partySignature, attester: toHex(await key.signer.sign(Bytes.fromHex(digest))) }
  if (!options.dryRun) Fleet.save(state, { ...fleet, signatures })
  if (await isEnrolled(chain, fleet.enrolmentId)) return { ...told, already: true }
  const call = registryCalls(chain.deployment).enrol({ enrolment: fleet.enrolment, partySigner, signatures })
  return { ...told, ...(await send(globals, chain, { state, key, call, enrolmentId: fleet.enrolmentId, options })) }
}

/** A leaf whose device was bound otherwise could never be activated: better to hear of it before the party signs. */
function requireUnbound(specs: readonly DeviceSpec[], { heads }: Judging): void {
  const problems = specs.flatMap(({ deviceId, previous }, index) => {
    const head = heads.get(deviceId)?.bindingId ?? zeroHash
    if (head === previous) return []
    const expected = head === zeroHash ? 'no previous: the device was never bound' : `the device's head ${head}`
    return [{ row: index + FIRST_ROW, column: 'previous', given: previous, expected }]
  })
  if (problems.length > 0) throw new BadRowsError(problems)
}

type Elsewhere = { readonly state: State.StateDirectory; readonly judging: Judging }

/** Of two open leaves of a device one alone can be activated; until then both would have tokens and stand offline. */
function requireInNoOtherFleet({ enrolmentId, devices }: Fleet.Fleet, { state, judging }: Elsewhere): void {
  const fleets = Fleet.allBut(state, enrolmentId)
  const deviceIds = new Set(devices.map(({ binding }) => binding.deviceId))
  const taken = openLeavesOf(deviceIds, { fleets, judging })
  const problems = devices.flatMap(({ index, binding }) => {
    const other = taken.get(binding.deviceId)
    if (other === undefined) return []
    const given = `a device with an open leaf in the fleet ${other.enrolmentId}`
    return [{ row: index + FIRST_ROW, column: 'device_signer', given, expected: 'one without, or that leaf revoked' }]
  })
  if (problems.length > 0) throw new BadRowsError(problems)
}

type Sending = {
  readonly state: State.StateDirectory
  readonly key: Key
  readonly call: ChainCall
  readonly enrolmentId: Hex
  readonly options: EnrolOptions
}

async function send(globals: Globals, chain: Chain, { state, key, call, enrolmentId, options }: Sending) {
  const payer = (await otherKey('payer', options.payerKeystore)) ?? key
  const clients = clientsOf(globals, chain, payer)
  return await perform(call, { clients, state, key: `enrol-${enrolmentId}`, dryRun: options.dryRun })
}

/** Each device's place in the tree, with all that `activate` needs beside its own signature. */
function leavesOf(fleet: Fleet.Fleet): readonly object[] {
  const tree = Fleet.treeOf(fleet)
  const { enrolmentId } = fleet
  return fleet.devices.map((device) => ({ enrolmentId, ...device, proof: LeafTree.proof(tree, device.index) }))
}

/** Who is liable: whose key is here, or who is named. */
export function signerOf(party: Key | undefined, named: string | undefined): Hex {
  if (party !== undefined) return party.signer.signer
  const parsed = hex.safeParse(named)
  if (parsed.success) return parsed.data
  throw new UsageError('Cli.NoPartyError', 'Nobody is named who is liable.', {
    given: named ?? 'neither --party nor a key of the party',
    expected: 'an ERC-7913 signer in hex: an address, or verifier || x || y',
    next: 'Name the signer with --party, or the keystore with --party-keystore.',
  })
}

type PartySigning = Pick<EnrolOptions, 'partySignature'> & { readonly partySigner: Hex; readonly digest: Hex }

async function readPartySignature(chain: Chain, { partySignature, partySigner, digest }: PartySigning): Promise<Hex> {
  const verifier = await createVerifier(chain.deployment)
  if (partySignature !== undefined) {
    return readSignature(partySignature, { whose: 'liable party', signer: partySigner, digest, verifier })
  }
  throw new UsageError('Cli.NoSignatureError', "The liable party's signature is needed.", {
    given: 'none',
    expected: `a signature of ${partySigner} under ${digest}`,
    next: 'Write the request with --prepare, have it signed, and name the result with --party-signature.',
  })
}

async function isEnrolled(chain: Chain, enrolmentId: Hex): Promise<boolean> {
  return (await readRegistry(chain, 'enrolmentOf', [enrolmentId])).enrolledAt !== 0
}
