/**
 * tokens: the zoo
 * `-- given a token (each of helpers/zooRows.ts) beside an honest one in the same escrow
 *     |-- when each entry and exit is tried (helpers/zooEntries.ts) ... it works or is refused as the row says, the odd
 *     |   token's books stay covered by what it brought, and the honest token's money is not touched
 *     `-- when all of them were tried ... the honest channels still settle, close and pay out in full
 */
import { expect } from 'chai'
import { HOUR, networkHelpers } from '../helpers/world.ts'
import { escrowEventsOf } from '../helpers/events.ts'
import { owed, owedToToken, settleTo } from '../helpers/zoo.ts'
import type { Zoo } from '../helpers/zoo.ts'
import { ENTRIES, balance, closeArguments, send } from '../helpers/zooEntries.ts'
import type { EntryName } from '../helpers/zooEntries.ts'
import { ROWS } from '../helpers/zooRows.ts'
import type { Row } from '../helpers/zooRows.ts'

/** Whether the call went through and did what it is for; a refused one reverts. */
async function works(zoo: Zoo, name: EntryName, event: string, args: readonly unknown[]): Promise<boolean> {
  const sent = await send(zoo, name, args).catch((error: unknown) => {
    expect(String(error), name).to.match(/revert|out of gas/i)
    return undefined
  })
  if (sent === undefined) return false
  const events = await escrowEventsOf(zoo.world, Promise.resolve(sent))
  expect(events.map(([found]) => found)).to.include(event)
  return true
}

async function enter(row: Row): Promise<Zoo> {
  const zoo = await networkHelpers.loadFixture(row.deploy)
  // The fixture's snapshot keeps no list of ours.
  zoo.odd.channels.length = 3
  zoo.honest.channels.length = 3
  return row.turn(zoo)
}

async function tryEverything(row: Row, zoo: Zoo): Promise<void> {
  const honestBefore = await owed(zoo.honest)
  for (const { name, event, argumentsOf, adds } of ENTRIES) {
    await row.before(zoo, name)
    const args = await argumentsOf(zoo)
    const owedBefore = await owed(zoo.odd)
    const added = await adds(zoo)
    const worked = await works(zoo, name, event, args)
    expect(worked, `${name} works`).to.equal(!row.refused.some((refused) => refused === name))
    expect(await owed(zoo.odd), `owed after ${name}`).to.equal(owedBefore + (worked ? added : 0n))
    if (row.short === undefined) await expectCovered(zoo, name)
    expect(await owed(zoo.honest), `owed in the honest token after ${name}`).to.equal(honestBefore)
    await expectHonestHeld(zoo, name)
  }
}

async function expectCovered(zoo: Zoo, name: EntryName): Promise<void> {
  const missing = (await owed(zoo.odd)) + (await owedToToken(zoo)) - (await zoo.held())
  expect(missing > 0n ? missing : 0n, `missing of the odd token after ${name}`).to.equal(0n)
}

/** Two doors to one ledger hold their money together: there, {expectCovered} has looked at both. */
async function expectHonestHeld({ world, honest, ledger }: Zoo, name: EntryName): Promise<void> {
  if (world.token.target === ledger.target) return
  const held = (await world.token.balanceOf(world.escrow.target)) as bigint
  expect(held, `held of the honest token after ${name}`).to.equal(await owed(honest))
}

/** To the last unit: the beneficiary gets what was promised, the funder the rest. */
async function expectHonestPaysOut({ world, honest }: Zoo): Promise<void> {
  const { escrow, paid, closed, left } = honest
  const { token, funder, beneficiary } = world
  const total = await owed(honest)
  const holdings = async () => [await token.balanceOf(beneficiary.address), await token.balanceOf(funder.address)]
  const [receivedBefore, heldBefore] = (await holdings()) as [bigint, bigint]

  await settleTo(honest, 150n)
  await escrow.close(...(await closeArguments(honest, closed, 200n)))
  for (const channel of [paid, left]) await escrow.requestClose(channel)
  await networkHelpers.time.increase(2 * HOUR)
  for (const channel of [paid, left]) await escrow.finalizeClose(channel)
  await escrow.withdraw(beneficiary.address, token.target)
  await escrow.withdrawBalance(token.target, await balance(honest))

  expect(await holdings()).to.deep.equal([receivedBefore + 300n, heldBefore + total - 300n])
  expect(await owed(honest)).to.equal(0n)
}

describe('tokens: the zoo', () => {
  for (const row of ROWS) {
    it(`given a token that ${row.name} ... it harms nobody else`, async () => {
      const zoo = await enter(row)
      await tryEverything(row, zoo)
      await expectHonestPaysOut(zoo)
    })
  }
})
