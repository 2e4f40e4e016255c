/** Whether the contract stands where the model does, and whether the model itself says nothing absurd. */
import assert from 'node:assert/strict'
import { BindingStatus } from '../../sdk/src/generated/constants.ts'
import { encode, viewData } from './Chain.ts'
import { wordsOf } from './fleetSteps.ts'
import type { Picks } from './Picks.ts'
import type { BindingRecord } from './RecordsModel.ts'
import type { Scene } from './Scene.ts'
import type { Hex } from './words.ts'

/** Moments whose answers are asked for again and again. */
const MOMENTS_MAX = 30
const { ACTIVE, SUSPENDED } = BindingStatus

/** What was once said about past moments. */
export class History {
  readonly #moments: number[] = []
  readonly #liable = new Map<string, boolean>()

  /** Every answer about a past moment is what it was, and of two bindings of one line at most one was in force. */
  requireUnchanged({ model }: Scene): void {
    if (this.#moments.at(-1) !== model.now) this.#moments.push(model.now)
    if (this.#moments.length > MOMENTS_MAX) this.#moments.shift()
    for (const time of this.#moments.slice(0, -1)) {
      const answering = [...model.records.values()].filter(({ id }) => this.#liableAt(model, id, time))
      for (const { binding } of answering) {
        for (
          let older = model.records.get(binding.previous);
          older !== undefined;
          older = model.records.get(older.binding.previous)
        ) {
          assert.ok(!model.liableAt(older.id, time), `two of one line liable at ${time}: ${older.id}`)
        }
      }
    }
  }

  anyMoment(picks: Picks): number {
    return picks.of(this.#moments)
  }

  #liableAt(model: Scene['model'], id: Hex, time: number): boolean {
    const [key, liable] = [`${id} at ${time}`, model.liableAt(id, time)]
    const before = this.#liable.get(key) ?? liable
    this.#liable.set(key, before)
    assert.equal(liable, before, `liability of ${key}`)
    return liable
  }
}

export async function requireEqual(scene: Scene, history: History, picks: Picks): Promise<void> {
  history.requireUnchanged(scene)
  const { model, chain } = scene
  for (const record of model.records.values()) {
    const { id, binding } = record
    assert.deepEqual(await chain.view(viewData('recordOf(bytes32)', id)), recordWords(scene, record), `record of ${id}`)
    const status = BigInt(model.statusOf(id))
    assert.deepEqual(await chain.view(viewData('statusOf(bytes32)', id)), [status], `status of ${id}`)
    const time = history.anyMoment(picks)
    const liable = await chain.view(encode({ functionName: 'liableAt', args: [binding, time] }))
    assert.deepEqual(liable, [BigInt(model.liableAt(id, time))], `liability of ${id} at ${time}`)
  }
  for (const [deviceId, id] of model.heads) {
    assert.deepEqual(await chain.view(viewData('headOf(bytes32)', deviceId)), [BigInt(id)], `head of ${deviceId}`)
  }
  for (const { account } of scene.attesters) {
    const index = await chain.view(viewData('attesterIndexOf(address)', account))
    assert.deepEqual(index, [BigInt(model.indexOf(account))], `index of ${account}`)
    const asOf = await chain.view(viewData('statusAsOf(address)', account))
    assert.deepEqual(asOf, [BigInt(model.statusAsOf.get(account) ?? 0)], `snapshot of ${account}`)
  }
  await requireEqualMoney(scene, picks)
  await requireEqualLeaf(scene, picks)
}

async function requireEqualMoney({ model, chain }: Scene, picks: Picks): Promise<void> {
  if (model.records.size === 0) return
  const record = picks.of([...model.records.values()])
  const exposure = await chain.view(encode({ functionName: 'exposureOf', args: [record.binding] }))
  assert.deepEqual(exposure, [model.exposureOf(record)], `exposure of ${record.id}`)
  const announced = await chain.view(viewData('announcedRebindOf(bytes32)', record.id))
  const { successor, readyAt } = record.announced ?? { successor: 0, readyAt: 0 }
  // Of a record that has ended nobody asks any more.
  if (record.end === undefined)
    assert.deepEqual(announced, [BigInt(successor), BigInt(readyAt)], `announced for ${record.id}`)
}

async function requireEqualLeaf({ model, chain, fleets }: Scene, picks: Picks): Promise<void> {
  if (fleets.length === 0) return
  const { fleet, proofs } = picks.of(fleets)
  const index = picks.of([...fleet.leaves.keys()])
  const leaf = fleet.leaves[index]!
  const args = [wordsOf(fleet), leaf.binding, index, proofs[index]]
  const status = await chain.view(encode({ functionName: 'checkLeaf', args }))
  assert.deepEqual(status, [BigInt(model.leafStatus(fleet, leaf, index))], `leaf ${index} of ${fleet.id}`)
}

function recordWords({ model }: Scene, record: BindingRecord): bigint[] {
  const { at, how } = model.endOf(record)
  const status = how ?? (record.suspended ? SUSPENDED : ACTIVE)
  const { startedAt, spent, sequence, attesterIndex } = record
  return [startedAt, at, spent.period, spent.amount, sequence, attesterIndex, status].map(BigInt)
}
