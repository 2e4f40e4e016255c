/**
 * ChannelEscrow: rebuilt from its events
 * |-- given random lives of twelve channels, two funders and two tokens
 * |   `-- it has every channel's slot, every payout, every balance and the tokens held
 * `-- given the events without one that moves money ... it is no longer the same
 *
 * `REBUILD_SEED` repeats a run, `REBUILD_LIVES` makes it longer.
 */
import { expect } from 'chai'
import fc from 'fast-check'
import { EventFragment } from 'ethers'
import { STEP_NAMES, startLife, takeStep } from '../helpers/lives.ts'
import type { Draw, Life } from '../helpers/lives.ts'
import { project } from '../helpers/projection.ts'
import type { Books, Event } from '../helpers/projection.ts'
import { ethers } from '../helpers/world.ts'
import type { World } from '../helpers/world.ts'

const SEED = Number(process.env.REBUILD_SEED ?? 5)
const LIVES = Number(process.env.REBUILD_LIVES ?? 6)
const STEPS_OF_A_LIFE = 150
const SECONDS_A_LIFE_MAX = 20
/** Batches skip what is bad in them. */
const NEVER_REFUSED: readonly string[] = ['openMany', 'settle']

const draw: fc.Arbitrary<Draw> = fc.record({
  step: fc.constantFrom(...STEP_NAMES),
  line: fc.nat({ max: 11 }),
  amount: fc.bigInt({ min: 0n, max: 900n }),
  version: fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }),
})
const lives = fc.array(draw, { minLength: STEPS_OF_A_LIFE, maxLength: STEPS_OF_A_LIFE, size: 'max' })

/** All that the escrow ever told, read from the logs of the chain. */
async function eventsOf({ escrow }: World): Promise<Event[]> {
  const logs = await ethers.provider.getLogs({ address: String(escrow.target), fromBlock: 0 })
  return logs.map((log) => escrow.interface.parseLog(log)!)
}

/** What the chain answers, in one list; and the same out of the books. */
async function answersOf({ world, lines, accounts, tokens }: Life): Promise<unknown> {
  const { escrow } = world
  const channels = await Promise.all(lines.map(async ({ channelId }) => [...(await escrow.channelOf(channelId))]))
  const pairs = accounts.flatMap((account) => tokens.map(({ target }) => [account, String(target)] as const))
  const money = pairs.map(async (pair) => [await escrow.balanceOf(...pair), await escrow.payoutOf(...pair)])
  const held = tokens.map((token) => token.balanceOf(escrow.target))
  return { channels, money: await Promise.all(money), held: await Promise.all(held) }
}

function rebuiltOf(books: Books, { lines, accounts, tokens }: Life): unknown {
  const pairs = accounts.flatMap((account) => tokens.map(({ target }) => [account, String(target)] as const))
  return {
    channels: lines.map(({ channelId }) => books.stateOf(channelId)),
    money: pairs.map((pair) => [books.balances.of(...pair), books.payouts.of(...pair)]),
    held: tokens.map(({ target }) => books.owedOf(String(target))),
  }
}

/** Of every event that the escrow has, but for that of ERC-5267, which a contract without upgrades never emits. */
async function eventNames(): Promise<string[]> {
  const { world } = await startLife()
  const events = world.escrow.interface.fragments.filter((fragment) => fragment instanceof EventFragment)
  return events
    .map(({ name }) => name)
    .filter((name) => name !== 'EIP712DomainChanged')
    .sort()
}

describe('ChannelEscrow: rebuilt from its events', () => {
  it("given random lives ... it has every channel's slot, every payout, every balance and the tokens held", async () => {
    const [taken, refused, told] = [new Set<string>(), new Set<string>(), new Set<string>()]
    const property = fc.asyncProperty(lives, async (draws) => {
      const life = await startLife()
      for (const next of draws) ((await takeStep(life, next)) ? taken : refused).add(next.step)
      const events = await eventsOf(life.world)
      for (const { name } of events) told.add(name)
      expect(rebuiltOf(project(events), life)).to.deep.equal(await answersOf(life))
    })
    // A life that fails is repeated by its seed: shrinking one would replay a hundred more.
    await fc.assert(property, { seed: SEED, numRuns: LIVES, endOnFailure: true })

    // Lives in which something never happened would prove nothing of it.
    expect([...told].sort()).to.deep.equal(await eventNames())
    expect([...taken].sort()).to.deep.equal([...STEP_NAMES].sort())
    expect([...refused].sort()).to.deep.equal(STEP_NAMES.filter((name) => !NEVER_REFUSED.includes(name)).sort())
  }).timeout(LIVES * SECONDS_A_LIFE_MAX * 1_000)

  it('given the events without one that moves money ... it is no longer the same', async () => {
    const life = await startLife()
    for (const step of ['depositFromBalance', 'settle', 'requestClose'] as const) {
      expect(await takeStep(life, { step, line: 0, amount: 500n, version: 1n })).to.equal(true)
    }
    const [events, answers] = [await eventsOf(life.world), await answersOf(life)]
    expect(rebuiltOf(project(events), life)).to.deep.equal(answers)
    for (const lost of ['VoucherSettled', 'CloseRequested', 'BalanceDeposited']) {
      const rest = events.filter(({ name }) => name !== lost)
      expect(rebuiltOf(project(rest), life)).not.to.deep.equal(answers)
    }
  })
})
