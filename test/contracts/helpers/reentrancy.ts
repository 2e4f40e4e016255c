import { expect } from 'chai'
import type { TransactionResponse } from 'ethers'
import { makeBinding } from './bindings.ts'
import type { Deployed } from './deployed.ts'
import { putChannel } from './storage.ts'
import type { World } from './world.ts'

/**
 * Makes the token call every function that moves money, in the middle of its next transfer. All of them are refused while
 * another one is running, but {withdraw}, which has written before it pays and needs no guard.
 */
export async function armMoneyMovers(world: World, token: Deployed<'ReenteringToken'>): Promise<string[]> {
  const { channel } = await putChannel(world, { payee: world.p256Charger })
  const opening = [channel, await makeBinding(world, world.car, world.party), 1n]
  const calls: readonly [string, readonly unknown[]][] = [
    ['depositBalance', [token.target, 1n]],
    ['withdrawBalance', [token.target, 1n]],
    ['withdraw', [channel.beneficiary, token.target]],
    ['open', opening],
    ['openFromBalance', opening],
    ['topUp', opening],
    ['topUpFromBalance', opening],
  ]
  for (const [name, args] of calls) {
    await token.arm(world.escrow.target, world.escrow.interface.encodeFunctionData(name, args))
  }
  return calls.map(([name]) => name)
}

/** All of them were made; the escrow refused each because it was busy, and {withdraw} because nothing is left to pay. */
export async function expectAllRefused(
  { escrow }: World,
  token: Deployed<'ReenteringToken'>,
  sent: TransactionResponse,
  names: readonly string[],
): Promise<void> {
  const busy = escrow.interface.getError('ReentrancyGuardReentrantCall')!.selector
  const answers = await answersOf(token, sent)
  const noPayout = escrow.interface.getError('ChannelEscrow_NoPayout')!.selector
  const expected = names.map((name) => [false, name === 'withdraw' ? noPayout : busy])
  expect(answers).to.deep.equal(expected)
}

/** What came back from each call: whether it worked, and the selector of its error. */
export async function answersOf(token: Deployed<'ReenteringToken'>, sent: TransactionResponse) {
  const events = await token.queryFilter(token.getEvent('Reentered'), sent.blockNumber!)
  return events.map((event) => ('args' in event ? [event.args[0], String(event.args[1]).slice(0, 10)] : []))
}
