/**
 * verifyFreshness
 * |-- given no freshness where it is asked for, or too old, or of the future ... it throws the presentation's error
 * |-- given a token or a list that is not the binding's own ... it throws the presentation's error
 * |-- given no freshness, and none is asked for ... it says nothing
 * `-- given a token or a snapshot ... it says as of when
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Freshness } from '../../src/protocol/Freshness.ts'
import * as FreshnessChain from '../../src/protocol/FreshnessChain.ts'
import { verifyFreshness } from '../../src/roles/verifyFreshness.ts'
import * as world from '../helpers/identities.ts'
import { DAY, NOW, START, absentOf, bindingOf, car, credentialOf, named, tokenOf, van } from '../helpers/identities.ts'

const { domain, verifier } = world
const asked = { domain, verifier, now: NOW, freshnessAgeMaxSeconds: 2 * DAY }
const { freshnessAgeMaxSeconds: _, ...unasked } = asked

async function refused(name: string, freshness?: Freshness) {
  const credential = await credentialOf(car, freshness && { freshness })
  assert.throws(() => verifyFreshness(credential, asked), { name: `Presentation.${name}` })
}

describe('verifyFreshness', () => {
  it("given no freshness where it is asked for, or too old, or of the future ... it throws the presentation's error", async () => {
    await refused('MissingFreshnessError')
    await refused('StaleFreshnessError', tokenOf(28))
    await refused('FutureFreshnessError', tokenOf(31))
  })

  it("given a token or a list that is not the binding's own ... it throws the presentation's error", async () => {
    const other = FreshnessChain.token({ seed: named('another seed'), days: 365 }, 30)
    await refused('WrongFreshnessError', { kind: 'token', ...other })
    await refused('WrongFreshnessError', await absentOf(bindingOf(van)))
    await refused('ForeignSnapshotError', await absentOf(bindingOf(car), { attester: world.party }))
  })

  it('given no freshness, and none is asked for ... it says nothing', async () => {
    assert.equal(verifyFreshness(await credentialOf(car), unasked), undefined)
  })

  it('given a token or a snapshot ... it says as of when', async () => {
    const byToken = await credentialOf(car, { freshness: tokenOf(30) })
    assert.equal(verifyFreshness(byToken, asked), START + 30 * DAY)
    const bySnapshot = await credentialOf(car, { freshness: await absentOf(bindingOf(car), { asOf: NOW - 1 }) })
    assert.equal(verifyFreshness(bySnapshot, asked), NOW - 1)
  })
})
