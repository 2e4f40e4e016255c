import type { Credential } from '@musubi/sdk'
import { Deployment, verifyCredential, verifyFreshness } from '@musubi/sdk'
import type { Address } from 'viem'
import type { Examining, Findings } from './examineFacts.ts'
import { bindingFacts, refusal, requireBelieved } from './examineFacts.ts'
import { dateTime } from './dateTime.ts'

/** A credential as its device keeps it: signatures, time and freshness. Only a presentation says who shows it. */
export function examineCredential(
  credential: Credential.Credential,
  question: Examining,
  attesters: readonly Address[],
): Findings {
  const { deployment, verifier, now, freshnessAgeMaxSeconds } = question
  const { binding, proof } = credential
  const domain = Deployment.registryDomain(deployment)
  requireBelieved(binding.attester, attesters)
  verifyCredential(credential, { domain, p256Verifier: deployment.p256Sha256Verifier, verifier })
  if (now < binding.validFrom)
    throw refusal('The binding is not valid yet.', dateTime(now), dateTime(binding.validFrom))
  if (now >= binding.validUntil) {
    throw refusal('The binding has run out.', dateTime(now), `before ${dateTime(binding.validUntil)}`)
  }
  const fresh = verifyFreshness(credential, { domain, verifier, now, freshnessAgeMaxSeconds })
  const facts = {
    ...bindingFacts(credential),
    proof: proof.kind,
    freshAsOf: fresh === undefined ? null : dateTime(fresh.asOf),
  }
  const unchecked = ['whether the device has its key: that shows a presentation']
  if (fresh === undefined) unchecked.push('whether the binding still stands: it carries no freshness')
  return { facts, unchecked }
}
