/**
 * boundedMemory
 * |-- given more credentials or snapshots than it keeps ... it forgets the one that was not needed for longest
 * `-- given a credential again ... it has the newest token
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { boundedMemory } from '../../src/roles/PresentationMemory.ts'
import { named } from '../helpers/identities.ts'

const [a, b, c] = [named('a'), named('b'), named('c')]
const tokenAt = (day: number) => ({ day, preimage: named(`token of day ${day}`) })

describe('boundedMemory', () => {
  it('given more credentials or snapshots than it keeps ... it forgets the one that was not needed for longest', () => {
    const memory = boundedMemory({ credentialsMax: 2, snapshotsMax: 2 })
    for (const hash of [a, b, a, c]) memory.remember(hash, tokenAt(1))
    assert.deepEqual(
      [a, b, c].map((hash) => memory.tokenOf(hash)?.day),
      [1, undefined, 1],
    )
    for (const signed of ['a', 'b']) memory.rememberSnapshot(signed)
    assert.equal(memory.hasSnapshot('a'), true)
    memory.rememberSnapshot('c')
    assert.deepEqual(
      ['a', 'b', 'c'].map((signed) => memory.hasSnapshot(signed)),
      [true, false, true],
    )
  })

  it('given a credential again ... it has the newest token', () => {
    const memory = boundedMemory({ credentialsMax: 2, snapshotsMax: 2 })
    assert.equal(memory.tokenOf(a), undefined)
    for (const day of [1, 2]) memory.remember(a, tokenAt(day))
    assert.deepEqual(memory.tokenOf(a), tokenAt(2))
  })
})
