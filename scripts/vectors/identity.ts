import type { Binding as BindingModule } from '@musubi/sdk'
import type { Hex } from 'viem'
import { domainSeparator, hashStruct, hashTypedData, maxUint96 } from 'viem'
import { Funding } from '../../sdk/src/generated/constants.ts'
import {
  agreementTypes,
  bindingTypes,
  rebindNoticeTypes,
  rebindVetoTypes,
  releaseTypes,
  resumeTypes,
  revokeLeavesTypes,
  revokeManyTypes,
  revokeTypes,
  suspendTypes,
} from '../../sdk/src/generated/typedData.ts'
import {
  DAY,
  START,
  YEN,
  ZERO_HASH,
  attester,
  car,
  chainId,
  charger,
  contracts,
  domains,
  funder,
  members,
  named,
  operator,
  p256Car,
  p256Charger,
  party,
} from './cast.ts'
import type { Member } from './cast.ts'
import { tariffs } from './layouts.ts'

type Binding = BindingModule.Binding

const MAX_UINT40 = 2 ** 40 - 1
const MAX_UINT32 = 2 ** 32 - 1
const MAX_UINT24 = 2 ** 24 - 1

export function idVectors() {
  return members.map(({ name, kind, privateKey, signer, id }) => ({ name, kind, privateKey, signer, id }))
}

export function domainVectors() {
  const separators = {
    registry: domainSeparator({ domain: domains.registry }),
    escrow: domainSeparator({ domain: domains.escrow }),
    anchor: domainSeparator({ domain: domains.anchor }),
  }
  return { chainId, contracts, domains, separators }
}

function bindingOf(device: Member, answering: Member): Binding {
  return {
    deviceId: device.id,
    partyId: answering.id,
    attester: attester.signer,
    validFrom: START,
    validUntil: START + 365 * DAY,
    funder: funder.signer,
    funding: device === p256Car ? Funding.PREPAID : Funding.CREDIT,
    token: contracts.settlementToken,
    maxPerPayment: 100n * YEN,
    maxPerPeriod: 10_000n * YEN,
    periodSeconds: 30 * DAY,
    approvers: ZERO_HASH,
    billingRef: named(`salt and billing account of ${answering.name}`),
    freshnessTip: named(`freshness of ${device.name}`),
    previous: ZERO_HASH,
  }
}

export const bindings = [
  { name: 'car', device: car, answering: party, binding: bindingOf(car, party) },
  { name: 'P-256 car', device: p256Car, answering: party, binding: bindingOf(p256Car, party) },
  { name: 'charger', device: charger, answering: operator, binding: bindingOf(charger, operator) },
  { name: 'P-256 charger', device: p256Charger, answering: operator, binding: bindingOf(p256Charger, operator) },
] as const

/** Every field at its end of the range: no contract takes it, but its hash is defined. */
const largestBinding: Binding = {
  ...bindingOf(car, party),
  validFrom: MAX_UINT40,
  validUntil: MAX_UINT40,
  funding: Funding.OWN,
  maxPerPayment: maxUint96,
  maxPerPeriod: maxUint96,
  periodSeconds: MAX_UINT32,
  approvers: named('two of three approvers'),
  previous: named('an earlier binding'),
}

export function bindingIdOf(binding: Binding): Hex {
  return hashStruct({ data: binding, types: bindingTypes, primaryType: 'Binding' })
}

export async function bindingVectors() {
  const signed = bindings.map(async ({ name, device, answering, binding }) => {
    const digest = bindingDigest(binding)
    const signatures = {
      device: await device.sign(digest),
      party: await answering.sign(digest),
      attester: await attester.sign(digest),
    }
    const signers = { device: device.signer, party: answering.signer }
    return { name, binding, bindingId: bindingIdOf(binding), digest, signers, signatures }
  })
  const unsigned = { name: 'every field at its largest', binding: largestBinding }
  return [
    ...(await Promise.all(signed)),
    { ...unsigned, bindingId: bindingIdOf(largestBinding), digest: bindingDigest(largestBinding) },
  ]
}

function bindingDigest(message: Binding): Hex {
  return hashTypedData({ domain: domains.registry, types: bindingTypes, primaryType: 'Binding', message })
}

/** Messages about running bindings, in an order in which the registry takes them. */
export async function standingVectors() {
  const domain = domains.registry
  const deadline = START + 2 * DAY
  const ofCar = { bindingId: bindingIdOf(bindings[0].binding), deadline }
  const ofP256Car = { bindingId: bindingIdOf(bindings[1].binding), deadline }
  const suspend = { ...ofCar, sequence: 0 }
  const resume = { ...ofCar, sequence: 1 }
  const suspendAgain = { ...ofCar, sequence: 2 }
  const revoke = { ...ofCar, sequence: 3 }
  const release = { ...ofP256Car, sequence: 0, successor: ZERO_HASH }
  const largest = { bindingId: named('largest'), sequence: MAX_UINT24, deadline: MAX_UINT40 }
  const typed = {
    Suspend: (message: typeof suspend) =>
      hashTypedData({ domain, types: suspendTypes, primaryType: 'Suspend', message }),
    Resume: (message: typeof resume) => hashTypedData({ domain, types: resumeTypes, primaryType: 'Resume', message }),
    Revoke: (message: typeof revoke) => hashTypedData({ domain, types: revokeTypes, primaryType: 'Revoke', message }),
    Release: (message: typeof release) =>
      hashTypedData({ domain, types: releaseTypes, primaryType: 'Release', message }),
  }
  return [
    await signedBy({ type: 'Suspend', message: suspend, digest: typed.Suspend(suspend) }, { party }),
    await signedBy({ type: 'Resume', message: resume, digest: typed.Resume(resume) }, { party, attester }),
    await signedBy({ type: 'Suspend', message: suspendAgain, digest: typed.Suspend(suspendAgain) }, { attester }),
    await signedBy({ type: 'Revoke', message: revoke, digest: typed.Revoke(revoke) }, { attester }),
    await signedBy({ type: 'Release', message: release, digest: typed.Release(release) }, { party }),
    { type: 'Suspend', message: largest, digest: typed.Suspend(largest), signatures: {} },
    ...unsignedStanding(),
  ]
}

/** Messages that stand for themselves: no vector before them leads to a record that takes them. */
function unsignedStanding() {
  const domain = domains.registry
  const deadline = START + 2 * DAY
  const running = { bindingId: named('running'), sequence: 7, deadline }
  const veto = { type: 'RebindVeto', message: running }
  const notice = { type: 'RebindNotice', message: { ...running, successor: named('successor') } }
  const rows = [running, { bindingId: named('largest'), sequence: MAX_UINT24 }]
  const many = [rows, rows.slice(0, 1), []].map((each) => ({
    type: 'RevokeMany',
    message: { rows: each.map(({ bindingId, sequence }) => ({ bindingId, sequence })), deadline },
  }))
  const leaves = [[0, 5, MAX_UINT32], []].map((indexes) => ({
    type: 'RevokeLeaves',
    message: { enrolmentId: named('enrolment'), indexes, deadline },
  }))
  const types = { RebindVeto: rebindVetoTypes, RebindNotice: rebindNoticeTypes }
  const listTypes = { RevokeMany: revokeManyTypes, RevokeLeaves: revokeLeavesTypes }
  const all = { ...types, ...listTypes } as Readonly<Record<string, object>>
  return [veto, notice, ...many, ...leaves].map(({ type, message }) => {
    const typed = { domain, types: all[type], primaryType: type, message } as Parameters<typeof hashTypedData>[0]
    return { type, message, digest: hashTypedData(typed), signatures: {} }
  })
}

async function signedBy<T extends { readonly digest: Hex }>(vector: T, signers: Readonly<Record<string, Member>>) {
  const signatures: Record<string, Hex> = {}
  for (const [role, member] of Object.entries(signers)) signatures[role] = await member.sign(vector.digest)
  return { ...vector, signatures }
}

const agreementOf = (payer: Member, payee: Member, tariff: keyof typeof tariffs) => ({
  payer: payer.id,
  payee: payee.id,
  tariffHash: tariffs[tariff].hash,
  validFrom: START,
  validUntil: START + 30 * DAY,
  salt: named(`agreement of ${payer.name} and ${payee.name}`),
})

export const agreements = [
  { payer: car, payee: charger, tariff: 'energy', agreement: agreementOf(car, charger, 'energy') },
  { payer: p256Car, payee: p256Charger, tariff: 'parking', agreement: agreementOf(p256Car, p256Charger, 'parking') },
] as const
type Agreement = (typeof agreements)[number]['agreement']

export function agreementHash(data: Agreement): Hex {
  return hashStruct({ data, types: agreementTypes, primaryType: 'Agreement' })
}

export function agreementDigest(message: Agreement): Hex {
  return hashTypedData({ domain: domains.registry, types: agreementTypes, primaryType: 'Agreement', message })
}

export async function agreementVectors() {
  const vectors = agreements.map(async ({ payer, payee, tariff, agreement }) => {
    const digest = agreementDigest(agreement)
    return {
      name: `${payer.name} and ${payee.name}`,
      tariff,
      agreement,
      hash: agreementHash(agreement),
      digest,
      signers: { payer: payer.signer, payee: payee.signer },
      signatures: { payer: await payer.sign(digest), payee: await payee.sign(digest) },
    }
  })
  return Promise.all(vectors)
}
