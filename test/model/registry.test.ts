/**
 * The registry against its model
 * `-- given random sequences of calls, good and bad ones ... after each both stand alike
 *
 * `MODEL_CALLS` says how many calls the contract gets, `MODEL_SEED` repeats a run.
 */
import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { Cast } from './Cast.ts'
import { Chain, START_SECONDS } from './Chain.ts'
import { Try, Wait } from './commands.ts'
import type { Trial } from './commands.ts'
import { History } from './compare.ts'
import { FLEET_STEPS } from './fleetSteps.ts'
import { RegistryModel } from './RegistryModel.ts'
import { Scene } from './Scene.ts'
import { STEPS } from './steps.ts'

/** Enough that every step is accepted now and then. */
const CALLS_IN_CI = 20_000
const CALLS = Number(process.env.MODEL_CALLS ?? CALLS_IN_CI)
const SEED = Number(process.env.MODEL_SEED ?? Math.floor(Math.random() * 2 ** 31))
const COMMANDS_MAX = 80
const RUNS_A_BATCH = 20
const DAY = 24 * 3600

const ALL_STEPS = { ...STEPS, ...FLEET_STEPS }
const seeds = fc.noShrink(fc.nat())
const tries = Object.entries(ALL_STEPS).flatMap(([name, [step, weight]]) =>
  Array.from({ length: weight }, () => seeds.map((seed) => new Try(name, step, seed))),
)
const waits = fc.constantFrom(1, 3600, DAY, 9 * DAY, 14 * DAY, 30 * DAY).map((seconds) => new Wait(seconds))
const commands = fc.commands([...tries, waits, waits, waits], { maxCommands: COMMANDS_MAX, size: 'max' })

it('given random sequences of calls, good and bad ones ... after each both stand alike', async () => {
  console.log(`MODEL_SEED=${SEED} MODEL_CALLS=${CALLS} npm run test:model repeats this run.`)
  const [chain, cast] = [await Chain.start(), await Cast.load()]
  const outcomes = new Map<string, number>()
  const property = fc.asyncProperty(commands, (sequence) =>
    fc.asyncModelRun(() => setUp(chain, cast, outcomes), sequence),
  )
  for (let batch = 0; chain.calls < CALLS; ++batch) {
    await fc.assert(property, { seed: SEED + batch, numRuns: RUNS_A_BATCH })
  }

  console.log(`${chain.calls} calls to the contract, of which ${countOf(outcomes, ' accepted')} were accepted.`)
  console.log(
    [...outcomes]
      .map(([outcome, count]) => `${outcome} ${count}`)
      .sort()
      .join(', '),
  )
  assert.ok(chain.calls >= CALLS, `${chain.calls} calls, expected ${CALLS}`)
  // A model that refuses everything would agree with a contract that does.
  if (CALLS < CALLS_IN_CI) return
  for (const name of Object.keys(ALL_STEPS)) assert.ok(outcomes.has(`${name} accepted`), `${name} was never accepted`)
})

/** A fresh registry with two attesters, and a model that knows as much. */
async function setUp(
  chain: Chain,
  cast: Cast,
  outcomes: Map<string, number>,
): Promise<{ model: RegistryModel; real: Trial }> {
  await chain.reset()
  const model = new RegistryModel(START_SECONDS)
  const scene = new Scene(model, chain, cast)
  for (const { account } of scene.attesters.slice(0, 2)) {
    model.accredit(account)
    assert.equal(await chain.send({ functionName: 'accredit', args: [account] }), undefined)
  }
  return { model, real: { scene, history: new History(), outcomes } }
}

function countOf(outcomes: Map<string, number>, how: string): number {
  return [...outcomes].filter(([key]) => key.endsWith(how)).reduce((sum, [, count]) => sum + count, 0)
}
