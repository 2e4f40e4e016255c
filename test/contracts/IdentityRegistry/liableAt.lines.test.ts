/**
 * liableAt, along a line of bindings
 * |-- given a device that is renewed, rotated, resold and renewed again
 * |   |-- it has one liable party in every second, and none in the gaps
 * |   `-- when anything happens later ... no answer about a past second changes
 * |-- given a line that a mark cuts ... the party is liable until the mark, and its renewal from its own start
 * |-- given everything happens in one second ... the last of the line alone is liable in it
 * `-- given the attester resells after the delay ... the old party is liable until then
 */
import { expect } from 'chai'
import { id } from 'ethers'
import { BindingStatus } from '../../../sdk/src/generated/constants.ts'
import { FIRST, mark, withAnotherAttester } from '../helpers/attesters.ts'
import { bind, bindingIdOf, renew, signBinding } from '../helpers/bindings.ts'
import { release } from '../helpers/standing.ts'
import type { Bound } from '../helpers/standing.ts'
import {
  announceAndWait,
  buyer,
  rebind,
  rebindAnnounced,
  rotateKey,
  signedRebind,
  signedRotation,
} from '../helpers/succession.ts'
import { DAY, deployWorld, ethers, networkHelpers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

describe('liableAt, along a line of bindings', () => {
  describe('given a device that is renewed, rotated, resold and renewed again', () => {
    it('it has one liable party in every second, and none in the gaps', async () => {
      const { world, line, ends } = await longLine()
      const now = await networkHelpers.time.latest()
      const moments = ends.flatMap((end) => [end - 1, end, end + 1]).concat(now)
      const liable = await Promise.all(moments.map((time) => liableIn(world, line, time)))
      // Start of each binding, one second earlier and one later; the fourth one's release leaves a gap before the fifth.
      const told = [[], [0], [0], [0], [1], [1], [1], [2], [2], [2], [3], [3], [3], [], [], [], [4], [4], [4]]
      expect(liable).to.deep.equal(told)
    })

    it('when anything happens later ... no answer about a past second changes', async () => {
      const { changes } = await longLine()
      expect(changes).to.deep.equal([])
    })
  })

  it('given a line that a mark cuts ... the party is liable until the mark, and its renewal from its own start', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const first = await bind(world, world.car, world.party)
    await networkHelpers.time.increase(DAY)
    const markedAt = await mark(world, FIRST, 0)
    await networkHelpers.time.increase(DAY)
    const other = await withAnotherAttester(world)
    const overrides = { attester: other.attester.address }
    const second = await renew(other, world.car, world.party, first.binding, overrides)
    const startedAt = await networkHelpers.time.latest()
    const third = await rotateKey(other, second)
    const times = [markedAt - 1, markedAt, startedAt - 1, startedAt, await networkHelpers.time.latest()]
    const liable = await Promise.all(times.map((time) => liableIn(world, [first, second, third], time)))
    expect(liable).to.deep.equal([[0], [], [], [1], [2]])
  })

  it('given everything happens in one second ... the last of the line alone is liable in it', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const now = (await networkHelpers.time.latest()) + 10
    const gas = { gasLimit: 1_000_000 }
    await ethers.provider.send('evm_setAutomine', [false])
    const first = await bind(world, world.car, world.party)
    const renewing = { ...first.binding, previous: first.bindingId, billingRef: id('another account') }
    const renewed = { binding: renewing, bindingId: bindingIdOf(renewing) }
    const signatures = await signBinding(world, renewing, { device: world.car, party: world.party })
    await world.registry.renew(renewing, first.binding, signatures, world.car.signer, world.party.signer, gas)
    const rotation = await signedRotation(world, renewed)
    await rotation.send(gas)
    const resale = await signedRebind(world, rotation.successor, { device: world.p256Car })
    await resale.send(gas)
    await networkHelpers.time.setNextBlockTimestamp(now)
    await networkHelpers.mine()
    await ethers.provider.send('evm_setAutomine', [true])

    const line = [first, renewed, rotation.successor, resale.successor]
    expect(await liableIn(world, line, now)).to.deep.equal([3])
    const statuses = await Promise.all(line.map(({ bindingId }) => world.registry.statusOf(bindingId)))
    const { RENEWED, ROTATED, REBOUND, ACTIVE } = BindingStatus
    expect(statuses).to.deep.equal([RENEWED, ROTATED, REBOUND, ACTIVE].map(BigInt))
  })

  it('given the attester resells after the delay ... the old party is liable until then', async () => {
    const world = await networkHelpers.loadFixture(deployWorld)
    const head = await bind(world, world.car, world.party)
    await announceAndWait(world, head)
    const successor = await rebindAnnounced(world, head)
    const at = await networkHelpers.time.latest()
    await networkHelpers.time.increase(DAY)
    const liable = await Promise.all([at - 1, at, at + DAY].map((time) => liableIn(world, [head, successor], time)))
    expect(liable).to.deep.equal([[0], [1], [1]])
  })
})

/**
 * Bound, renewed, rotated, resold, released, and renewed by the buyer, a day between each two. After every step all earlier
 * seconds that were asked about are asked again: `changes` are the answers that differ.
 */
async function longLine() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const line: Bound[] = []
  const ends: number[] = []
  const told = new Map<number, readonly number[]>()
  const changes: string[] = []
  const steps: (() => Promise<Bound | undefined>)[] = [
    () => bind(world, world.car, world.party),
    () => renew(world, world.car, world.party, line[0]!.binding),
    () => rotateKey(world, line[1]!),
    () => rebind(world, line[2]!, { device: world.p256Car }),
    async () => {
      await release(world, line[3]!, { sequence: 0 }, buyer)
      return undefined
    },
    () => renew(world, world.p256Car, buyer, line[3]!.binding),
  ]
  for (const step of steps) {
    const bound = await step()
    ends.push(await networkHelpers.time.latest())
    if (bound !== undefined) line.push(bound)
    for (const [time, before] of told) {
      const after = await liableIn(world, line, time)
      if (String(after) !== String(before)) changes.push(`at ${time}: ${String(before)} became ${String(after)}`)
    }
    await networkHelpers.time.increase(DAY)
    const now = await networkHelpers.time.latest()
    for (const time of [ends.at(-1)! - 1, ends.at(-1)!, now - 1]) told.set(time, await liableIn(world, line, time))
  }
  return { world, line, ends, changes }
}

/** Which of the line are liable at a time, by their places in it. */
async function liableIn({ registry }: World, line: readonly Bound[], time: number): Promise<number[]> {
  const liable = await Promise.all(line.map(({ binding }) => registry.liableAt(binding, time)))
  return liable.flatMap((yes, place) => (yes ? [place] : []))
}
