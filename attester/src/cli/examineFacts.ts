import { ProgramError, UsageError } from '@musubi/cli'
import type { Credential, SignatureVerifier } from '@musubi/sdk'
import { Binding, Deployment, TrustList, verifyTrustList } from '@musubi/sdk'
import type { Address } from 'viem'
import { address, hex } from '../state/schemas.ts'
import type { Deployed } from './context.ts'
import { dateTime } from './dateTime.ts'

/** What a verifier knows, and by what it judges. */
export type Examining = {
  readonly deployment: Deployed
  readonly verifier: SignatureVerifier
  /** Seconds. */
  readonly now: number
  readonly attesters: readonly string[]
  readonly issuers: readonly string[]
  readonly freshnessAgeMaxSeconds: number | undefined
  readonly trustList: Uint8Array | undefined
  readonly trustSigner: string | undefined
  readonly didDocument: string | undefined
  readonly challenge: string | undefined
  readonly verifierDevice: string | undefined
  readonly purpose: string | undefined
}

export type Facts = Readonly<Record<string, unknown>>

/** Facts about a file that is good, and what was not looked at. */
export type Findings = { readonly facts: Facts; readonly unchecked: readonly string[] }

/** Whom the verifier believes: named, or by a list that it has checked. */
export function believed(question: Examining): readonly Address[] {
  const { attesters, trustList } = question
  const named = attesters.map((each) => option('--attester', each, address))
  const listed = trustList === undefined ? [] : checkedList(TrustList.decode(trustList), question).attesters
  if (named.length + listed.length > 0) return [...named, ...listed]
  throw new UsageError('Cli.NoAttesterError', 'Nobody is named who is to be believed.', {
    given: 'neither --attester nor --trust-list',
    expected: 'the address of an attester, or a signed list of them',
    next: 'Name one of them: without, every file would vouch for itself.',
  })
}

/** A trust list that is in force, and signed by whom it should be. */
export function checkedList(list: TrustList.SignedTrustList, { trustSigner, deployment, now, verifier }: Examining) {
  const signer = option('--trust-signer', trustSigner, hex)
  return verifyTrustList(list, { domain: Deployment.registryDomain(deployment), signer, now, verifier })
}

export function requireBelieved(given: Address, attesters: readonly Address[]): void {
  if (attesters.some((each) => each.toLowerCase() === given.toLowerCase())) return
  throw refusal('The attester is not believed.', given, attesters.join(' or '))
}

/** Why a file is not accepted. */
export function refusal(message: string, given: string, expected: string): ProgramError {
  const next = 'Ask whoever gave you the file for another one.'
  return new ProgramError('Verify.RefusedError', message, { given, expected, next })
}

type Schema<value> = { safeParse(given: unknown): { success: boolean; data?: value } }

/** Reads the value of an option. */
export function option<value>(name: string, given: string | undefined, schema: Schema<value>): value {
  const parsed = schema.safeParse(given)
  if (parsed.data !== undefined) return parsed.data
  throw new UsageError('Cli.BadOptionError', `The value of ${name} cannot be used.`, {
    given: given ?? 'nothing',
    expected: 'hex of the right length; an address with a right checksum',
    next: 'See `musubi-attester verify --help`.',
  })
}

/** Name of what a binding is about, for people. */
export function bindingFacts({ binding }: Credential.Credential): Facts {
  const { deviceId, partyId, attester, validFrom, validUntil, maxPerPayment, maxPerPeriod } = binding
  const times = { validFrom: dateTime(validFrom), validUntil: dateTime(validUntil) }
  return { bindingId: Binding.id(binding), deviceId, partyId, attester, ...times, maxPerPayment, maxPerPeriod }
}
