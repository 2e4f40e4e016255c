import assert from 'node:assert/strict'
import type { AsyncCommand } from 'fast-check'
import type { Step } from './calls.ts'
import { requireEqual } from './compare.ts'
import type { History } from './compare.ts'
import { Picks } from './Picks.ts'
import type { RegistryModel } from './RegistryModel.ts'
import type { Scene } from './Scene.ts'
import { Refused } from './words.ts'

/** The contract's side of a run, and how often each step came out how. */
export type Trial = { readonly scene: Scene; readonly history: History; readonly outcomes: Map<string, number> }

/** One call: the contract must take it when the model does, and refuse it by the same name. */
export class Try implements AsyncCommand<RegistryModel, Trial> {
  readonly #name: string
  readonly #step: Step
  readonly #seed: number
  #outcome = 'not tried'

  constructor(name: string, step: Step, seed: number) {
    this.#name = name
    this.#step = step
    this.#seed = seed
  }

  check(): boolean {
    return true
  }

  async run(_: RegistryModel, { scene, history, outcomes }: Trial): Promise<void> {
    const picks = new Picks(this.#seed)
    const { call, onModel } = this.#step(scene, picks)
    const expected = refusalOf(onModel)
    const found = (await scene.chain.send(call)) ?? 'accepted'
    this.#outcome = found
    const key = `${this.#name} ${found}`
    outcomes.set(key, (outcomes.get(key) ?? 0) + 1)
    assert.equal(found, expected, `${this.#name}: the contract said ${found}, the model ${expected}`)
    await requireEqual(scene, history, picks)
  }

  toString(): string {
    return `${this.#name}(${this.#seed}): ${this.#outcome}`
  }
}

/** Time that passes. */
export class Wait implements AsyncCommand<RegistryModel, Trial> {
  readonly #seconds: number

  constructor(seconds: number) {
    this.#seconds = seconds
  }

  check(): boolean {
    return true
  }

  async run(model: RegistryModel, { scene, history }: Trial): Promise<void> {
    model.now += this.#seconds
    await scene.chain.waitUntil(model.now)
    await requireEqual(scene, history, new Picks(this.#seconds))
  }

  toString(): string {
    return `wait ${this.#seconds} s`
  }
}

function refusalOf(onModel: () => void): string {
  try {
    onModel()
    return 'accepted'
  } catch (error) {
    if (error instanceof Refused) return error.message
    throw error
  }
}
