/**
 * Deployment.parse
 * |-- given text that is not JSON ... it throws BadDeploymentError
 * |-- given JSON that is no object ... it throws BadDeploymentError
 * |-- given a missing, surplus or unsound field ... it throws BadDeploymentError that names the field
 * |-- given addresses without checksum ... it gives them with it
 * `-- given a sound file ... it gives the deployment, with or without a settlement token
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as Deployment from '../../src/protocol/Deployment.ts'

const address = '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512'
const sound = {
  version: 1,
  chainId: 31_337,
  startBlock: 0,
  accessManager: address,
  p256Sha256Verifier: address,
  identityRegistry: address,
  channelEscrow: address,
  ledgerAnchor: address,
  settlementToken: address,
  closeDelayFloorSeconds: 3600,
}
const parse = (json: unknown) => Deployment.parse(JSON.stringify(json))

const UNSOUND: readonly (readonly [string, unknown])[] = [
  ['version', 2],
  ['version', '1'],
  ['chainId', 0],
  ['chainId', 1.5],
  ['chainId', '31337'],
  ['startBlock', -1],
  ['startBlock', null],
  ['accessManager', ''],
  ['p256Sha256Verifier', address.slice(0, -1)],
  // The checksum of another address: a typing error.
  ['identityRegistry', address.replace('e7f1', 'E7f1')],
  ['channelEscrow', 7],
  ['ledgerAnchor', `${address}00`],
  ['settlementToken', '0x'],
  ['closeDelayFloorSeconds', 0],
]

describe('Deployment.parse', () => {
  for (const text of ['', '{', 'undefined', '{"version":1', 'NaN']) {
    it(`given text that is not JSON ... it throws BadDeploymentError (${JSON.stringify(text)})`, () => {
      assert.throws(() => Deployment.parse(text), { name: 'Deployment.BadDeploymentError', expected: 'JSON' })
    })
  }

  for (const json of [null, [], 'text', 1, [sound]]) {
    it(`given JSON that is no object ... it throws BadDeploymentError (${JSON.stringify(json).slice(0, 10)})`, () => {
      assert.throws(() => parse(json), { name: 'Deployment.BadDeploymentError', given: json })
    })
  }

  const required = Object.keys(sound).filter((field) => field !== 'settlementToken')
  const cases: [string, unknown][] = [
    ...UNSOUND.map(([field, value]): [string, unknown] => [field, { ...sound, [field]: value }]),
    ...required.map((field): [string, unknown] => [field, { ...sound, [field]: undefined }]),
    ['owner', { ...sound, owner: address }],
  ]
  for (const [field, json] of cases) {
    it(`given a missing, surplus or unsound field ... it throws BadDeploymentError that names the field (${field})`, () => {
      assert.throws(
        () => parse(json),
        (error: Error & { expected: string }) =>
          error.name === 'Deployment.BadDeploymentError' && error.expected.includes(field),
      )
    })
  }

  it('given addresses without checksum ... it gives them with it', () => {
    assert.equal(parse({ ...sound, channelEscrow: address.toLowerCase() }).channelEscrow, address)
  })

  it('given a sound file ... it gives the deployment, with or without a settlement token', () => {
    assert.deepEqual(parse(sound), sound)
    const { settlementToken: _, ...without } = sound
    assert.deepEqual(parse(without), without)
  })
})
