import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { CARS_MIN, assignCars } from '../../scripts/demo/Plan.ts'

const session = fc.record({
  id: fc.uuid(),
  station: fc.constantFrom('a', 'b', 'c'),
  connectedAt: fc.integer({ min: 0, max: 1000 }),
  charging: fc.integer({ min: 0, max: 300 }),
  energyWh: fc.integer({ min: 1, max: 1000 }),
})

describe('assignCars', () => {
  it('given any sessions: no car charges twice at once, and every session has a car', () => {
    fc.assert(
      fc.property(fc.array(session, { minLength: 1, maxLength: 60 }), (drafts) => {
        const sessions = drafts
          .map(({ charging, ...rest }) => ({ ...rest, doneChargingAt: rest.connectedAt + charging }))
          .sort((a, b) => a.connectedAt - b.connectedAt)
        const { plans, cars } = assignCars(sessions)
        assert.deepEqual(
          plans.map((plan) => plan.session),
          sessions,
        )
        assert.ok(cars >= CARS_MIN)
        const busyUntil = new Map<number, number>()
        for (const { car, session: plan } of plans) {
          assert.ok(car < cars)
          assert.ok((busyUntil.get(car) ?? 0) <= plan.connectedAt)
          busyUntil.set(car, plan.doneChargingAt)
        }
      }),
    )
  })

  it('given sessions that all overlap: it adds a car for each above the first eight', () => {
    const sessions = Array.from({ length: 12 }, (_, index) => ({
      ...{ id: `s${index}`, station: 'a', energyWh: 1 },
      ...{ connectedAt: 10, doneChargingAt: 20 },
    }))
    assert.equal(assignCars(sessions).cars, 12)
  })
})
