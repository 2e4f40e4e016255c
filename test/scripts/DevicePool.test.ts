/**
 * DevicePool
 * |-- when as many devices are used as may run ... it stops none
 * |-- when one more is used ... it stops the one that was idle longest
 * |-- when a stopped device is used again ... it makes room for it
 * `-- given a device that was killed ... it counts for nothing
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DevicePool, runningMaxOf } from '../../scripts/demo/DevicePool.ts'
import type { Member } from '../../scripts/demo/DevicePool.ts'

class Device implements Member {
  running = false
  stop(): Promise<void> {
    this.running = false
    return Promise.resolve()
  }
}

describe('DevicePool', () => {
  const use = async (pool: DevicePool, device: Device): Promise<void> => {
    await pool.use(device)
    device.running = true
  }
  const states = (devices: readonly Device[]): boolean[] => devices.map(({ running }) => running)

  it('when as many devices are used as may run: it stops none', async () => {
    const [pool, devices] = [new DevicePool(2), [new Device(), new Device()]]
    for (const device of [...devices, ...devices]) await use(pool, device)
    assert.deepEqual(states(devices), [true, true])
  })

  it('when one more is used: it stops the one that was idle longest', async () => {
    const [pool, a, b, c] = [new DevicePool(2), new Device(), new Device(), new Device()]
    for (const device of [a, b, a, c]) await use(pool, device)
    assert.deepEqual(states([a, b, c]), [true, false, true])
  })

  it('when a stopped device is used again: it makes room for it', async () => {
    const [pool, a, b, c] = [new DevicePool(2), new Device(), new Device(), new Device()]
    for (const device of [a, b, c, a]) await use(pool, device)
    assert.deepEqual(states([a, b, c]), [true, false, true])
  })

  it('given a device that was killed: it counts for nothing', async () => {
    const [pool, a, b, c] = [new DevicePool(2), new Device(), new Device(), new Device()]
    for (const device of [a, b]) await use(pool, device)
    b.running = false
    await use(pool, c)
    assert.deepEqual(states([a, b, c]), [true, false, true])
  })
})

describe('runningMaxOf', () => {
  it('given little memory: it still lets a session and a few more devices run', () => {
    assert.equal(runningMaxOf(0), 8)
  })

  it('given 16 GiB: it lets 81 devices run', () => {
    assert.equal(runningMaxOf(16 * 2 ** 30), 81)
  })
})
