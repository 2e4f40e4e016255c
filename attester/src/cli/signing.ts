import { join } from 'node:path'
import { UsageError } from '@musubi/cli'
import type { Binding as BindingType, Domain, SignatureVerifier } from '@musubi/sdk'
import { Binding, Bytes, Deployment, SignerId, StandingMessage } from '@musubi/sdk'
import type { Hex } from 'viem'
import { toHex, zeroHash } from 'viem'
import { BadSpecError, readSpec } from '../devices/specFile.ts'
import { bindingOf } from '../fleet/bindingOf.ts'
import { problemsOf } from '../fleet/unsound.ts'
import type { Key } from '../keys/keySource.ts'
import * as Request from '../requests/Request.ts'
import { readSignature } from '../requests/signature.ts'
import * as State from '../state/StateDirectory.ts'
import type { Chain, Globals } from './context.ts'
import { createVerifier, recordOf } from './context.ts'
import { signerOf } from './enrol.ts'
import type { KeyOptions } from './keys.ts'
import { attesterKey, freshnessSecret, otherKey } from './keys.ts'

export type BindOptions = KeyOptions & {
  readonly party?: string
  readonly partyKeystore?: string
  readonly partySignature?: string
  readonly deviceKeystore?: string
  readonly deviceSignature?: string
  readonly prepare?: string
  readonly head?: string
  readonly releaseDeadline?: string
  readonly oldParty?: string
  readonly oldPartyKeystore?: string
  readonly oldPartySignature?: string
  readonly dryRun: boolean
}

/** A binding that is to be signed, and whoever of its signers is here. */
export type Draft = {
  readonly state: State.StateDirectory
  readonly binding: BindingType.Binding
  readonly bindingId: Hex
  readonly deviceSigner: Hex
  readonly partySigner: Hex
  readonly attester: Key
  readonly party: Key | undefined
  readonly device: Key | undefined
  readonly domain: Domain.Domain
  readonly verifier: SignatureVerifier
}

/** The old party's word for a resale, as it is to be signed. */
type Release = {
  readonly message: StandingMessage.SucceededMessage
  readonly partySigner: Hex
  readonly oldParty: Key | undefined
}

type Drafting = {
  readonly globals: Globals
  readonly chain: Chain
  readonly file: string
  readonly head: BindingType.Binding | undefined
  readonly options: BindOptions
}

export async function draftOf({ globals, chain, file, head, options }: Drafting): Promise<Draft> {
  const { deployment } = chain
  const state = State.open(globals.state, deployment)
  const spec = readSpec(file, { p256Verifier: deployment.p256Sha256Verifier })
  const attester = await attesterKey(state, options)
  const secret = await freshnessSecret(state)
  const party = await otherKey('party', options.partyKeystore)
  const device = await otherKey('device', options.deviceKeystore)
  const partySigner = signerOf(party, options.party)
  const previous = head === undefined ? zeroHash : Binding.id(head)
  const standing = { attester: state.config.attester, partySigner, secret }
  const binding = bindingOf({ ...spec, previous }, standing)
  const problems = problemsOf(binding)
  if (problems.length > 0) throw new BadSpecError({ path: file, problems })
  const bindingId = Binding.id(binding)
  const domain = Deployment.registryDomain(deployment)
  const keys = { attester, party, device, domain, verifier: await createVerifier(deployment) }
  return { state, binding, bindingId, deviceSigner: spec.deviceSigner, partySigner, ...keys }
}

/** The release that names head and successor; its sequence is the head's current one. */
export async function releaseOf({ reader, deployment }: Chain, query: ReleaseQuery): Promise<Release> {
  const { head, successor, deadline, options } = query
  const oldParty = await otherKey('oldParty', options.oldPartyKeystore)
  const partySigner = signerOf(oldParty, options.oldParty)
  if (SignerId.of(partySigner) !== head.partyId) {
    throw new UsageError('Bind.WrongPartyError', 'The head is of another liable party.', {
      given: `${partySigner}, which is ${SignerId.of(partySigner)}`,
      expected: head.partyId,
      next: 'Name the signer of the old party with --old-party, or its keystore.',
    })
  }
  const { sequence } = await recordOf({ reader, deployment }, Binding.id(head))
  return { message: { bindingId: Binding.id(head), sequence, successor, deadline }, partySigner, oldParty }
}
type ReleaseQuery = {
  readonly head: BindingType.Binding
  readonly successor: Hex
  readonly deadline: number
  readonly options: BindOptions
}

type Preparing = Draft & { readonly release: Release | undefined }

/** Writes a request for everybody whose key is elsewhere. */
export function prepare(directory: string, draft: Preparing): readonly string[] {
  const { binding, domain, release } = draft
  const digest = Binding.digest(binding, domain)
  const written: string[] = []
  for (const [who, signer, key] of [
    ['device', draft.deviceSigner, draft.device],
    ['party', draft.partySigner, draft.party],
  ] as const) {
    if (key !== undefined) continue
    const path = join(directory, `${who}.request.json`)
    Request.write(path, { signer, digest, subject: 'Binding', message: binding, domain })
    written.push(path)
  }
  if (release !== undefined && release.oldParty === undefined) {
    const path = join(directory, 'old-party.request.json')
    const { message, partySigner: signer } = release
    const asked = { signer, digest: StandingMessage.releaseDigest(message, domain), subject: 'Release' } as const
    Request.write(path, { ...asked, message, domain })
    written.push(path)
  }
  return written
}

/** Everybody's signature: made by the keys that are here, and read for the others. */
export async function signAll(draft: Preparing & { readonly options: BindOptions }) {
  const { binding, domain, verifier, release, options } = draft
  const asking = { digest: Binding.digest(binding, domain), verifier }
  const device = { whose: 'device', signer: draft.deviceSigner, key: draft.device, file: options.deviceSignature }
  const party = { whose: 'liable party', signer: draft.partySigner, key: draft.party, file: options.partySignature }
  const { attester: key } = draft
  const signatures = {
    device: await signatureOf({ ...asking, ...device }),
    party: await signatureOf({ ...asking, ...party }),
    attester: await signatureOf({ ...asking, whose: 'attester', signer: key.signer.signer, key, file: undefined }),
  }
  if (release === undefined) return { signatures, consent: undefined }
  const { message, partySigner, oldParty } = release
  const signature = await signatureOf({
    ...{ verifier, digest: StandingMessage.releaseDigest(message, domain), whose: 'old liable party' },
    ...{ signer: partySigner, key: oldParty, file: options.oldPartySignature },
  })
  return { signatures, consent: { deadlineSeconds: message.deadline, partySigner, signature } }
}

type Asking = readSignature.Options & { readonly key: Key | undefined; readonly file: string | undefined }

async function signatureOf({ key, file, ...asked }: Asking): Promise<Hex> {
  if (file !== undefined) return readSignature(file, asked)
  if (key !== undefined && key.signer.signer.toLowerCase() === asked.signer.toLowerCase()) {
    return toHex(await key.signer.sign(Bytes.fromHex(asked.digest)))
  }
  throw new UsageError('Cli.NoSignatureError', `The signature of the ${asked.whose} is needed.`, {
    given: key === undefined ? 'none' : `a key of ${key.signer.signer}`,
    expected: `a signature of ${asked.signer} under ${asked.digest}`,
    next: 'Write the request with --prepare, have it signed, and name the result; or name the right keystore.',
  })
}
