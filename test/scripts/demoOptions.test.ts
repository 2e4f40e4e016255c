/**
 * readOptions
 * |-- given nothing ... it plays the scenario charging, with the committed sessions
 * |-- given the scenario fleet ... it enrols ten thousand devices
 * |-- given an option of the other scenario ... it refuses it, and says to whom it belongs
 * `-- given an option of the scenario itself ... it takes it
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DemoError } from '../../scripts/demo/DemoError.ts'
import { readOptions } from '../../scripts/demo/options.ts'

const read = (...args: readonly string[]) => readOptions(args, '/checkout')

describe('readOptions', () => {
  it('given nothing: it plays the scenario charging, with the committed sessions', () => {
    const { scenario, data, keep, json } = read()
    assert.deepEqual(
      { scenario, data, keep, json },
      {
        scenario: 'charging',
        data: '/checkout/data/charging-sessions.csv',
        keep: undefined,
        json: false,
      },
    )
  })

  it('given the scenario fleet: it enrols ten thousand devices', () => {
    const { scenario, devices } = read('--scenario', 'fleet')
    assert.deepEqual({ scenario, devices }, { scenario: 'fleet', devices: 10_000 })
  })

  const FOREIGN = [
    ['--devices', '200', 'charging', 'fleet'],
    ['--data', 'a.csv', 'fleet', 'charging'],
    ['--keep', 'out', 'fleet', 'charging'],
  ] as const
  for (const [option, value, scenario, owner] of FOREIGN) {
    it(`given an option of the other scenario, ${option}: it refuses it, and says to whom it belongs`, () => {
      assert.throws(
        () => read('--scenario', scenario, option, value),
        (error) => error instanceof DemoError && error.message.startsWith(`${option} belongs to the scenario ${owner}`),
      )
    })
  }

  it('given an option of the scenario itself: it takes it', () => {
    assert.equal(read('--scenario', 'fleet', '--devices', '200').devices, 200)
    assert.equal(read('--scenario', 'charging', '--keep', 'out').keep, 'out')
  })
})
