import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Hex } from 'viem'
import { decodeFunctionData, zeroHash } from 'viem'
import { registryCalls } from '../../../src/adapters/chain/registry/registryCalls.ts'
import type { PartySigner } from '../../../src/adapters/chain/registry/signers.ts'
import { identityRegistryAbi } from '../../../src/generated/abis.ts'
import { Funding } from '../../../src/generated/constants.ts'

const CAR: Hex = `0x${'ca'.repeat(20)}`
const PARTY: Hex = `0x${'fa'.repeat(20)}`
const ACCOUNT: Hex = `0x${'ac'.repeat(20)}`
const P256_KEY: Hex = `0x${'25'.repeat(84)}`
const VERIFIER_KEY: Hex = `0x${'79'.repeat(53)}`
const SIGNATURE: Hex = `0x${'51'.repeat(64)}`

const deployment = {
  version: 1,
  chainId: 31_337,
  startBlock: 0,
  closeDelayFloorSeconds: 3600,
  accessManager: `0x${'04'.repeat(20)}`,
  identityRegistry: `0x${'01'.repeat(20)}`,
  channelEscrow: `0x${'02'.repeat(20)}`,
  ledgerAnchor: `0x${'05'.repeat(20)}`,
  p256Sha256Verifier: `0x${'03'.repeat(20)}`,
} as const
const times = { validFrom: 1, validUntil: 2 }
const money = {
  funder: CAR,
  funding: Funding.CREDIT,
  token: CAR,
  maxPerPayment: 1n,
  maxPerPeriod: 1n,
  periodSeconds: 1,
}
const hashes = { approvers: zeroHash, billingRef: zeroHash, freshnessTip: zeroHash, previous: zeroHash }
const ids = { deviceId: zeroHash, partyId: zeroHash, attester: CAR }
const binding = { ...ids, ...times, ...money, ...hashes } as const
const enrolment = { root: zeroHash, count: 1, partyId: zeroHash, attester: CAR, ...times }
const message = { bindingId: zeroHash, sequence: 0, deadline: 9 }

/** Every call that takes a signer, from the same two, by the names of the arguments in which it sends them. */
function sentOf(deviceSigner: Hex, partySigner: PartySigner): Record<string, unknown> {
  const calls = registryCalls(deployment)
  const signatures = { device: SIGNATURE, party: SIGNATURE, attester: SIGNATURE }
  const first = { binding, deviceSigner, partySigner, signatures }
  const next = { ...first, head: binding }
  const ofParty = { binding, message, partySigner, signature: SIGNATURE }
  const leaf = { enrolment, binding, index: 0, proof: [], deviceSigner, deviceSignature: SIGNATURE }
  const all = [
    calls.bind(first),
    calls.renew(next),
    calls.rotateKey(next),
    calls.rebindAnnounced(next),
    calls.rebind({ ...next, consent: { deadlineSeconds: 9, partySigner, signature: SIGNATURE } }),
    calls.vetoRebind(ofParty),
    calls.suspendByParty(ofParty),
    calls.resume({ ...ofParty, attesterSignature: SIGNATURE }),
    calls.release({ ...ofParty, message: { ...message, successor: zeroHash } }),
    calls.enrol({ enrolment, partySigner, signatures }),
    calls.activate(leaf),
    calls.activateRenewal({ ...leaf, head: binding }),
  ]
  return Object.fromEntries(all.map(({ name, data }) => [name, signersIn(data)]))
}

function signersIn(data: Hex): Record<string, unknown> {
  const { functionName, args } = decodeFunctionData({ abi: identityRegistryAbi, data })
  const { inputs } = identityRegistryAbi.find((item) => item.type === 'function' && item.name === functionName)!
  const named = inputs.map(({ name }, index) => [name, (args as readonly unknown[])[index]] as const)
  return Object.fromEntries(named.filter(([name]) => name.endsWith('Signer')))
}

function expected(deviceSigner: Hex, partySigner: Hex): Record<string, unknown> {
  const both = { deviceSigner, partySigner }
  const starting = { bind: both, renew: both, rotateKey: both, rebindAnnounced: both }
  const party = { partySigner }
  const standing = { vetoRebind: party, suspendByParty: party, resume: party, release: party, enrol: party }
  const leaves = { activate: { deviceSigner }, activateRenewal: { deviceSigner } }
  return { ...starting, rebind: { ...both, headPartySigner: partySigner }, ...standing, ...leaves }
}

describe('registryCalls', () => {
  it('given secp256k1 keys, then no call sends their addresses', () => {
    assert.deepEqual(sentOf(CAR, PARTY), expected('0x', '0x'))
  })

  it('given P-256 keys, then every call sends them', () => {
    assert.deepEqual(sentOf(P256_KEY, P256_KEY), expected(P256_KEY, P256_KEY))
  })

  it('given a party behind an ERC-7913 verifier, then every call sends it', () => {
    assert.deepEqual(sentOf(CAR, VERIFIER_KEY), expected('0x', VERIFIER_KEY))
  })

  it('given a party that is an ERC-1271 account, then every call sends its address', () => {
    const account = { erc1271Account: ACCOUNT }
    const sent = JSON.stringify(sentOf(CAR, account)).toLowerCase()
    assert.deepEqual(JSON.parse(sent), JSON.parse(JSON.stringify(expected('0x', ACCOUNT)).toLowerCase()))
  })
})
