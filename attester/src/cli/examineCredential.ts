import type { Credential } from '@musubi/sdk'
import {
  AbsenceProof,
  Binding,
  Deployment,
  Freshness,
  FreshnessChain,
  verifyCredential,
  verifyStatusSnapshot,
} from '@musubi/sdk'
import type { Address } from 'viem'
import type { Examining, Findings } from './examineFacts.ts'
import { bindingFacts, refusal, requireBelieved } from './examineFacts.ts'
import { dateTime } from './output.ts'

/** A credential as its device keeps it: signatures, time and freshness. Only a presentation says who shows it. */
export function examineCredential(
  credential: Credential.Credential,
  question: Examining,
  attesters: readonly Address[],
): Findings {
  const { deployment, verifier, now } = question
  const { binding, proof } = credential
  const domain = Deployment.registryDomain(deployment)
  requireBelieved(binding.attester, attesters)
  verifyCredential(credential, { domain, p256Verifier: deployment.p256Sha256Verifier, verifier })
  if (now < binding.validFrom)
    throw refusal('The binding is not valid yet.', dateTime(now), dateTime(binding.validFrom))
  if (now >= binding.validUntil) {
    throw refusal('The binding has run out.', dateTime(now), `before ${dateTime(binding.validUntil)}`)
  }
  const fresh = freshAsOf(credential, question)
  const facts = {
    ...bindingFacts(credential),
    proof: proof.kind,
    freshAsOf: fresh === undefined ? null : dateTime(fresh),
  }
  const unchecked = ['whether the device has its key: that shows a presentation']
  if (fresh === undefined) unchecked.push('whether the binding still stands: it carries no freshness')
  return { facts, unchecked }
}

/** As of when the attester says that the binding stands; undefined when it does not, and need not. */
function freshAsOf({ binding, freshness }: Credential.Credential, question: Examining): number | undefined {
  const { deployment, verifier, now, freshnessAgeMaxSeconds: ageMax } = question
  if (freshness === undefined) {
    if (ageMax === undefined) return undefined
    throw refusal('The credential does not show that it is fresh.', 'no freshness', `at most ${ageMax} seconds old`)
  }
  const asOf = Freshness.asOf(freshness, binding.validFrom)
  const age = now - asOf
  if (age < 0) throw refusal('Its freshness is of the future.', dateTime(asOf), `at most ${dateTime(now)}`)
  if (ageMax !== undefined && age > ageMax)
    throw refusal('It is not fresh enough.', `${age} seconds`, `at most ${ageMax}`)
  if (freshness.kind === 'token') {
    FreshnessChain.verify(freshness, FreshnessChain.tokenOfTip(binding.freshnessTip))
    return asOf
  }
  const { snapshot, proof } = freshness
  requireBelieved(snapshot.attester, [binding.attester])
  AbsenceProof.verify(proof, { bindingId: Binding.id(binding), count: snapshot.count, root: snapshot.root })
  verifyStatusSnapshot(snapshot, { domain: Deployment.registryDomain(deployment), verifier })
  return asOf
}
