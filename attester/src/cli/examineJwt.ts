import { Did, DidDocument, Resolver, getResolver, verifyVcJwt } from '@musubi/sdk/did'
import type { Examining, Findings } from './examineFacts.ts'
import { believed } from './examineFacts.ts'
import { dateTime } from './dateTime.ts'

/** A binding as the rest of the world reads it. Issuers are the attesters that are believed, under the DIDs that were named. */
export async function examineJwt(jwt: string, question: Examining): Promise<Findings> {
  const { deployment, now, didDocument } = question
  const [attester, ...more] = believed(question)
  const issuers = new Map<string, NonNullable<typeof attester>>()
  for (const each of attester === undefined ? [] : [attester, ...more]) {
    issuers.set(Did.ofAccount({ chainId: deployment.chainId, address: each }), each)
    for (const did of question.issuers) issuers.set(did, each)
  }
  const resolver = didDocument === undefined ? new Resolver(getResolver()) : documentResolver(didDocument)
  const clock = { now: () => now }
  const {
    binding,
    bindingId,
    issuer,
    device,
    liableParty,
    snapshotUrl = null,
  } = await verifyVcJwt(jwt, {
    ...{ resolver, issuers, place: deployment, clock },
  })
  const validity = { validFrom: dateTime(binding.validFrom), validUntil: dateTime(binding.validUntil) }
  const facts = { bindingId, issuer, device, liableParty, ...validity, snapshotUrl }
  return { facts, unchecked: ['whether the binding still stands', 'who shows it: a payee takes presentations alone'] }
}

/** The issuer's document from a file, for whoever has no network. The document names the one DID that it is of. */
function documentResolver(text: string) {
  return {
    resolve: (did: string) =>
      Promise.resolve({
        didDocument: DidDocument.parse(text, did),
        didDocumentMetadata: {},
        didResolutionMetadata: {},
      }),
  }
}
