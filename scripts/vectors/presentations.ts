import type { Hex } from 'viem'
import { concat, hashTypedData, size } from 'viem'
import { bindingTypes, presentationTypes } from '../../sdk/src/generated/typedData.ts'
import {
  DAY,
  START,
  attester,
  car,
  chainId,
  charger,
  contracts,
  domains,
  named,
  p256Car,
  party,
  required,
} from './cast.ts'
import type { Member } from './cast.ts'
import { chainOf, tippedOf } from './freshness.ts'
import { bindingIdOf } from './identity.ts'
import { enrolled, snapshotOf } from './trees.ts'
import { uint } from './wire.ts'

const DAYS = 365
const domain = domains.registry

type Binding = Parameters<typeof bindingIdOf>[0]

async function signedBinding(device: Member) {
  const message = tippedOf(device, DAYS)
  const digest = hashTypedData({ domain, types: bindingTypes, primaryType: 'Binding', message })
  const signatures = { partySignature: await party.sign(digest), attesterSignature: await attester.sign(digest) }
  const credential = credentialOf(device, message)
  const proof = { kind: 'binding' as const, ...signatures }
  return { ...credential, proof }
}

/** A leaf of a fleet of five. */
async function leaf(device: Member) {
  const binding = tippedOf(device, DAYS)
  const others = [0, 1, 2, 3].map((index) => named(`binding of another device, ${index}`))
  const index = 2
  const { enrolment, leaves, signatures } = await enrolled(others.toSpliced(index, 0, bindingIdOf(binding)))
  const { siblings } = required(leaves[index], 'leaf')
  const both = { partySignature: signatures.party, attesterSignature: signatures.attester }
  return { ...credentialOf(device, binding), proof: { kind: 'leaf' as const, enrolment, index, siblings, ...both } }
}

function credentialOf(device: Member, binding: Binding) {
  const registry = { chainId, address: contracts.identityRegistry }
  return { registry, binding, deviceSigner: device.signer, partySigner: party.signer }
}

type Proven = Awaited<ReturnType<typeof signedBinding>> | Awaited<ReturnType<typeof leaf>>

function tokenOf(device: Member, day: number) {
  return { kind: 'token' as const, day, preimage: required(chainOf(device, DAYS).preimages[day], 'token') }
}

async function absentOf(binding: Binding) {
  const ended = Array.from({ length: 9 }, (_, index) => named(`ended binding ${index}`))
  const { snapshot, gaps } = await snapshotOf('nine have ended', ended)
  const id = bindingIdOf(binding)
  const gap = required(
    gaps.find(({ proof }) => proof.left < id && id < proof.right),
    'gap',
  )
  return { kind: 'snapshot' as const, snapshot, proof: gap.proof }
}

type Freshness = ReturnType<typeof tokenOf> | Awaited<ReturnType<typeof absentOf>> | undefined

async function shown(name: string, device: Member, { proven, freshness }: { proven: Proven; freshness: Freshness }) {
  const showing = {
    verifierDeviceId: charger.id,
    challenge: named(`challenge for ${name}`),
    purpose: named('musubi/session/1'),
    expiresAt: START + 30 * DAY + 60,
  }
  const bindingId = bindingIdOf(proven.binding)
  const message = { bindingId, ...showing }
  const digest = hashTypedData({ domain, types: presentationTypes, primaryType: 'Presentation', message })
  const signature = await device.sign(digest)
  const credential = { ...proven, ...(freshness === undefined ? {} : { freshness }) }
  const presentation = { credential, ...showing, signature }
  const times = [showing.verifierDeviceId, showing.challenge, showing.purpose, uint(showing.expiresAt, 5)]
  const bytes = concat([layout(proven), freshnessLayout(freshness), ...times, signature]).toLowerCase() as Hex
  const credentialBytes = concat([layout(proven), freshnessLayout(freshness)]).toLowerCase() as Hex
  return { name, bindingId, presentation, digest, credentialBytes, bytes, size: size(bytes) }
}

function layout({ registry, binding, deviceSigner, partySigner, proof }: Proven): Hex {
  const { validFrom, validUntil, funding, maxPerPayment, maxPerPeriod, periodSeconds } = binding
  return concat([
    ...(['0x01', uint(registry.chainId, 8), registry.address] as const),
    ...[binding.attester, uint(validFrom, 5), uint(validUntil, 5), binding.funder, uint(funding, 1), binding.token],
    ...[uint(maxPerPayment, 12), uint(maxPerPeriod, 12), uint(periodSeconds, 4)],
    ...[binding.approvers, binding.billingRef, binding.freshnessTip, binding.previous],
    ...[signerLayout(deviceSigner), signerLayout(partySigner)],
    ...(proof.kind === 'binding' ? (['0x01'] as const) : leafLayout(proof)),
    ...[proof.partySignature, proof.attesterSignature],
  ])
}

function signerLayout(signer: Hex): Hex {
  return concat([size(signer) === 20 ? '0x01' : '0x02', signer])
}

function leafLayout({ enrolment, index, siblings }: Awaited<ReturnType<typeof leaf>>['proof']): readonly Hex[] {
  const { root, count, validFrom, validUntil } = enrolment
  return ['0x02', root, uint(count, 4), uint(validFrom, 5), uint(validUntil, 5), uint(index, 4), ...siblings]
}

function freshnessLayout(freshness: Freshness): Hex {
  if (freshness === undefined) return '0x00'
  if (freshness.kind === 'token') return concat(['0x01', uint(freshness.day, 2), freshness.preimage])
  const { attester, asOf, count, root, signature } = freshness.snapshot
  const { index, left, right, siblings } = freshness.proof
  const snapshot = [attester, uint(asOf, 5), uint(count, 4), root, signature]
  return concat(['0x02', ...snapshot, uint(index, 4), left, right, ...siblings])
}

async function soundVectors() {
  const [ofCar, ofP256Car] = [await signedBinding(car), await signedBinding(p256Car)]
  const leaves = [await leaf(car), await leaf(p256Car)] as const
  return [
    await shown('binding, no freshness', car, { proven: ofCar, freshness: undefined }),
    await shown('binding, token', car, { proven: ofCar, freshness: tokenOf(car, 30) }),
    await shown('binding of P-256, token', p256Car, { proven: ofP256Car, freshness: tokenOf(p256Car, 30) }),
    await shown('binding, snapshot', car, { proven: ofCar, freshness: await absentOf(ofCar.binding) }),
    await shown('leaf, token', car, { proven: leaves[0], freshness: tokenOf(car, 29) }),
    await shown('leaf of P-256, snapshot', p256Car, {
      proven: leaves[1],
      freshness: await absentOf(leaves[1].binding),
    }),
  ]
}

/** Shown on day 30, and what is no presentation at all. */
export async function presentationVectors() {
  const sound = await soundVectors()
  const [plain] = sound as [(typeof sound)[number]]
  const { bytes } = plain
  const at = (offset: number, given: Hex) =>
    `${bytes.slice(0, 2 + 2 * offset)}${given.slice(2)}${bytes.slice(2 + 2 * offset + given.length - 2)}`
  const fundingAt = 29 + 20 + 5 + 5 + 20
  const deviceSignerAt = 29 + 227
  const proofAt = deviceSignerAt + 21 + 21
  const refused = [
    { name: 'empty', bytes: '0x' },
    { name: 'version 0', bytes: at(0, '0x00') },
    { name: 'version 2', bytes: at(0, '0x02') },
    { name: 'a chain above 2^53', bytes: at(1, '0xffffffffffffffff') },
    { name: 'no funding', bytes: at(fundingAt, '0x00') },
    { name: 'an unknown funding', bytes: at(fundingAt, '0x04') },
    { name: 'an unknown kind of signer', bytes: at(deviceSignerAt, '0x03') },
    { name: 'an unknown kind of proof', bytes: at(proofAt, '0x03') },
    { name: 'an unknown kind of freshness', bytes: at(proofAt + 129, '0x03') },
    { name: 'one byte short', bytes: bytes.slice(0, -2) },
    { name: 'one byte long', bytes: `${bytes}00` },
    { name: 'more bytes than any has', bytes: `0x01${'00'.repeat(3072)}`, error: 'Presentation.OversizeError' },
  ]
  return { at: START + 30 * DAY, sound, refused }
}
