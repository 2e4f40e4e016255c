import { ProgramError, UsageError, textOf } from '@musubi/cli'
import { BaseError, Credential, Deployment, Presentation, StatusList, TrustList } from '@musubi/sdk'
import { verifyPresentation, verifyStatusSnapshot } from '@musubi/sdk'
import type { Hex } from 'viem'
import { hex } from '../state/schemas.ts'
import { examineCredential } from './examineCredential.ts'
import type { Examining, Facts, Findings } from './examineFacts.ts'
import { believed, checkedList, option, refusal, requireBelieved } from './examineFacts.ts'
import { examineJwt } from './examineJwt.ts'
import { dateTime } from './dateTime.ts'

export const KINDS = ['credential', 'presentation', 'status list', 'trust list', 'VC JWT'] as const
export type Kind = (typeof KINDS)[number]

/** What was found. What nobody said how to check is named, so that an acceptance says no more than it knows. */
export type Verdict =
  | { readonly verdict: 'refused'; readonly kind: Kind | 'unknown'; readonly reason: string }
  | ({ readonly verdict: 'accepted'; readonly kind: Kind; readonly unchecked: readonly string[] } & Facts)

/** Sees what a file is, and checks it. */
export async function examine(bytes: Uint8Array, question: Examining): Promise<Verdict> {
  const jwt = jwtOf(bytes)
  if (jwt !== undefined) return await judge('VC JWT', async () => await examineJwt(jwt, question))
  const read = decode(bytes)
  switch (read.kind) {
    case 'unknown':
      return { verdict: 'refused', kind: 'unknown', reason: read.reason }
    case 'credential':
      return await judge(read.kind, () => examineCredential(read.value, question, believed(question)))
    case 'presentation':
      return await judge(read.kind, () => examinePresentation(bytes, read.value, question))
    case 'status list':
      return await judge(read.kind, () => examineStatusList(read.value, question))
    case 'trust list':
      return await judge(read.kind, () => examineTrustList(read.value, question))
  }
}

/** A refusal of ours is an answer; a slip on the command line, or in this program, is none. */
async function judge(kind: Kind, check: () => Findings | Promise<Findings>): Promise<Verdict> {
  try {
    const { facts, unchecked } = await check()
    return { verdict: 'accepted', kind, ...facts, unchecked }
  } catch (error) {
    const isAnswer = error instanceof BaseError || (error instanceof ProgramError && !(error instanceof UsageError))
    if (!isAnswer) throw error
    return { verdict: 'refused', kind, reason: `${error.name}: ${error.message}` }
  }
}

type Read =
  | { readonly kind: 'credential'; readonly value: Credential.Credential }
  | { readonly kind: 'presentation'; readonly value: Presentation.Presentation }
  | { readonly kind: 'status list'; readonly value: ReturnType<typeof StatusList.decode> }
  | { readonly kind: 'trust list'; readonly value: TrustList.SignedTrustList }
  | { readonly kind: 'unknown'; readonly reason: string }

/** Each layout has one length, which follows from its own fields: no file is two of them. */
function decode(bytes: Uint8Array): Read {
  const reasons: string[] = []
  const attempts: readonly (() => Read)[] = [
    () => ({ kind: 'credential', value: Credential.decode(bytes) }),
    () => ({ kind: 'presentation', value: Presentation.decode(bytes) }),
    () => ({ kind: 'trust list', value: TrustList.decode(bytes) }),
    () => ({ kind: 'status list', value: StatusList.decode(bytes) }),
  ]
  for (const attempt of attempts) {
    try {
      return attempt()
    } catch (error) {
      if (!(error instanceof BaseError)) throw error
      reasons.push(`${error.name}: ${textOf(error)}`)
    }
  }
  return { kind: 'unknown', reason: `The file is none of ${KINDS.join(', ')}. ${reasons.join(' ')}` }
}

function jwtOf(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes.subarray(0, 16_384)).trim()
  return /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/.test(text) ? text : undefined
}

function examineTrustList(list: TrustList.SignedTrustList, question: Examining): Findings {
  const { version, validUntil, attesters } = checkedList(list, question)
  const facts = { version, validUntil: dateTime(validUntil), attesters }
  return { facts, unchecked: ['whether there is a newer list'] }
}

function examineStatusList(list: ReturnType<typeof StatusList.decode>, question: Examining): Findings {
  const { deployment, verifier, now, freshnessAgeMaxSeconds } = question
  const { attester, asOf, count, root } = verifyStatusSnapshot(list.snapshot, {
    domain: Deployment.registryDomain(deployment),
    verifier,
  })
  requireBelieved(attester, believed(question))
  if (asOf > now) throw refusal('The list is of the future.', dateTime(asOf), `at most ${dateTime(now)}`)
  if (freshnessAgeMaxSeconds !== undefined && now - asOf > freshnessAgeMaxSeconds) {
    throw refusal('The list is too old.', `${now - asOf} seconds`, `at most ${freshnessAgeMaxSeconds}`)
  }
  const unchecked = ['whether there is a newer list, and whether it is anchored']
  return { facts: { attester, asOf: dateTime(asOf), count, root }, unchecked }
}

function examinePresentation(bytes: Uint8Array, shown: Presentation.Presentation, question: Examining): Findings {
  const { deployment, verifier, now, freshnessAgeMaxSeconds } = question
  const asked = [
    ['challenge', question.challenge, shown.challenge],
    ['verifier-device', question.verifierDevice, shown.verifierDeviceId],
    ['purpose', question.purpose, shown.purpose],
  ] as const
  const [challenge, deviceId, purpose] = asked.map(([name, given, own]) =>
    given === undefined ? own : option(`--${name}`, given, hex),
  ) as [Hex, Hex, Hex]
  const trustList = { version: 0, validFrom: 0, validUntil: now + 1, attesters: TrustList.sorted(believed(question)) }
  const verdict = verifyPresentation(bytes, {
    ...{ domain: Deployment.registryDomain(deployment), trustList, deviceId, challenge, purpose, now, verifier },
    p256Verifier: deployment.p256Sha256Verifier,
    ...(freshnessAgeMaxSeconds !== undefined && { freshnessAgeMaxSeconds }),
  })
  const unchecked = asked.flatMap(([name, given]) => (given === undefined ? [`${name}: name it with --${name}`] : []))
  return { facts: verdict, unchecked }
}
