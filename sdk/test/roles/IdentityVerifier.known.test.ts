/**
 * IdentityVerifier.verify, of whom it has met
 * |-- given a device that it meets for the first time ... it checks three signatures, four with a snapshot
 * |-- given a device that it has met ... it checks one signature
 * |-- given a known device with a new snapshot ... it checks two, and one when another device shows that one
 * |-- given a known device with a newer or older token ... it checks that, and one signature
 * |-- given a known device with a token that is too old, or of another chain ... it refuses it
 * |-- given the credential of a known device with another byte of any part ... it checks everything again
 * |-- given more devices than it remembers ... it checks the one that came first again
 * `-- given a known device that was refused ... it is still known
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Hex } from 'viem'
import * as FreshnessChain from '../../src/protocol/FreshnessChain.ts'
import {
  DAY,
  NOW,
  START,
  absentOf,
  bindingOf,
  car,
  credentialOf,
  leafOf,
  named,
  tokenOf,
  van,
} from '../helpers/identities.ts'
import { setUpVerifier } from '../helpers/identityVerifier.ts'

const ofCar = await credentialOf(car, { freshness: tokenOf(30) })
const ofVan = await credentialOf(van, { freshness: tokenOf(30) })

function lastByteChanged(hex: Hex): Hex {
  return `0x${hex.slice(2, -2)}${hex.endsWith('5a') ? 'a5' : '5a'}`
}

describe('IdentityVerifier.verify, of whom it has met', () => {
  it('given a device that it meets for the first time ... it checks three signatures, four with a snapshot', async () => {
    const { meet } = await setUpVerifier()
    assert.equal((await meet(ofCar)).checked, 3)
    assert.equal((await meet(ofVan)).checked, 3)
    const other = await setUpVerifier()
    const freshness = await absentOf(bindingOf(car))
    assert.equal((await other.meet(await credentialOf(car, { freshness }))).checked, 4)
  })

  it('given a device that it has met ... it checks one signature', async () => {
    const { meet } = await setUpVerifier()
    const leaf = await leafOf(van, { freshness: tokenOf(30) })
    for (const credential of [ofCar, leaf]) {
      const first = await meet(credential)
      const again = await meet(credential)
      assert.equal(again.checked, 1)
      assert.deepEqual(again.verdict, first.verdict)
    }
  })

  it('given a known device with a new snapshot ... it checks two, and one when another device shows that one', async () => {
    const { meet } = await setUpVerifier()
    await meet(ofCar)
    await meet(ofVan)
    const list = { asOf: NOW - 60, count: 1 }
    const withSnapshot = async (device: typeof car) =>
      credentialOf(device, { freshness: await absentOf(bindingOf(device), list) })
    assert.equal((await meet(await withSnapshot(car))).checked, 2)
    assert.equal((await meet(await withSnapshot(van))).checked, 1)
  })

  it('given a known device with a newer or older token ... it checks that, and one signature', async () => {
    const { meet, clock } = await setUpVerifier()
    await meet(ofCar)
    clock.seconds += DAY
    for (const day of [31, 30, 31]) {
      const { verdict, checked } = await meet(await credentialOf(car, { freshness: tokenOf(day) }))
      assert.equal(checked, 1)
      assert.equal(verdict.freshness?.asOf, START + day * DAY)
    }
  })

  it('given a known device with a token that is too old, or of another chain ... it refuses it', async () => {
    const { meet } = await setUpVerifier()
    await meet(ofCar)
    const stale = await credentialOf(car, { freshness: tokenOf(28) })
    await assert.rejects(meet(stale), { name: 'Presentation.StaleFreshnessError' })
    const other = FreshnessChain.token({ seed: named('another seed'), days: 365 }, 30)
    const foreign = await credentialOf(car, { freshness: { kind: 'token', ...other } })
    await assert.rejects(meet(foreign), { name: 'Presentation.WrongFreshnessError' })
    const late = await credentialOf(car, { freshness: { kind: 'token', ...other, day: 29 } })
    await assert.rejects(meet(late), { name: 'Presentation.WrongFreshnessError' })
  })

  it('given the credential of a known device with another byte of any part ... it checks everything again', async () => {
    const { meet } = await setUpVerifier()
    await meet(ofCar)
    const { proof, binding } = ofCar
    const forged = [
      [{ proof: { ...proof, partySignature: lastByteChanged(proof.partySignature) } }, 'WrongPartyError'],
      [{ proof: { ...proof, attesterSignature: lastByteChanged(proof.attesterSignature) } }, 'WrongAttesterError'],
      [{ binding: { ...binding, previous: lastByteChanged(binding.previous) } }, 'WrongAttesterError'],
      [{ binding: { ...binding, maxPerPeriod: binding.maxPerPeriod + 1n } }, 'WrongAttesterError'],
    ] as const
    for (const [changed, name] of forged) {
      await assert.rejects(meet({ ...ofCar, ...changed }), { name: `Presentation.${name}` })
    }
  })

  it('given more devices than it remembers ... it checks the one that came first again', async () => {
    const { meet } = await setUpVerifier({ credentialsMax: 1 })
    await meet(ofCar)
    await meet(ofVan)
    assert.equal((await meet(ofVan)).checked, 1)
    assert.equal((await meet(ofCar)).checked, 3)
  })

  it('given a known device that was refused ... it is still known', async () => {
    const { meet } = await setUpVerifier()
    await meet(ofCar)
    await assert.rejects(meet(await credentialOf(car)), { name: 'Presentation.MissingFreshnessError' })
    assert.equal((await meet(ofCar)).checked, 1)
  })
})
