import { Binding, Deployment, Enrolment, LeafTree } from '@musubi/sdk'
import { attester, named, newMachine, signed } from './cast.ts'
import type { LocalChain } from './localChain.ts'

export const ENROLLED = 10_000

/** Accredits the attester of the cast: once on each chain. */
export async function accreditAttester({ ledger, admin }: LocalChain): Promise<void> {
  await ledger.registry(admin).accredit({ attester: newMachine('fleet', 'secp256k1').binding.attester })
}

/**
 * Seconds from the bindings of a new fleet to the receipt that it is enrolled: ids, leaves and tree, both signatures, one
 * transaction. That the keys of ten thousand devices exist is the maker's work.
 */
export async function measureEnrolment({ ledger, relayer }: LocalChain, round: number): Promise<number> {
  const { party, binding } = newMachine('fleet', 'secp256k1')
  const bindings = Array.from({ length: ENROLLED }, (_, index) => ({
    ...binding,
    deviceId: named(`device ${index} of fleet ${round}`),
  }))
  const domain = Deployment.registryDomain(ledger.deployment)
  const registry = ledger.registry(relayer)

  const startedAt = performance.now()
  const tree = LeafTree.build({
    bindingIds: bindings.map(Binding.id),
    deviceIds: bindings.map(({ deviceId }) => deviceId),
  })
  const { partyId, validFrom, validUntil } = binding
  const { root, count } = tree
  const enrolment = { root, count, partyId, attester: binding.attester, validFrom, validUntil }
  const digest = Enrolment.digest(enrolment, domain)
  const signatures = { party: await signed(party, digest), attester: await signed(attester, digest) }
  await registry.enrol({ enrolment, partySigner: party.signer, signatures })
  return (performance.now() - startedAt) / 1000
}
