import { expect } from 'chai'
import type { TransactionResponse } from 'ethers'
import { makeBinding } from './bindings.ts'
import type { Deployed } from './deployed.ts'
import { putChannel } from './storage.ts'
import { FAR_OFF, ZERO_HASH } from './world.ts'
import type { World } from './world.ts'

const NO_SIGNATURE = { v: 27, r: ZERO_HASH, s: ZERO_HASH }

/**
 * Makes the token call every function that moves money, in the middle of its next transfer. All of them are refused while
 * another one is running, but those that need no guard: {withdraw} has written before it pays.
 */
export async function armMoneyMovers(world: World, token: Deployed<'ReenteringToken'>): Promise<string[]> {
  const { channel } = await putChannel(world, { payee: world.p256Charger })
  const binding = await makeBinding(world, world.car, world.party)
  const plain = [channel, binding, 1n]
  const order = [channel, binding, '0x', FAR_OFF, 1n]
  const permit = [channel, binding, { deadline: FAR_OFF, ...NO_SIGNATURE }, 1n]
  const authorization = [channel, binding, { validAfter: 0, validBefore: FAR_OFF, ...NO_SIGNATURE }, 1n]
  const calls: readonly [string, readonly unknown[]][] = [
    ['depositBalance', [token.target, 1n]],
    ['withdrawBalance', [token.target, 1n]],
    ['withdraw', [channel.beneficiary, token.target]],
    ['open', plain],
    ['openFromBalance', plain],
    ['openMany', [[{ channel, payerBinding: binding, amount: 1n }]]],
    ['openRowOf', [{ channel, payerBinding: binding, amount: 1n }, channel.terms.funder]],
    ['openWithOrder', order],
    ['openWithPermit', permit],
    ['openWithAuthorization', authorization],
    ['topUp', plain],
    ['topUpFromBalance', plain],
    ['topUpWithOrder', order],
    ['topUpWithPermit', permit],
    ['topUpWithAuthorization', authorization],
  ]
  for (const [name, args] of calls) {
    await token.arm(world.escrow.target, world.escrow.interface.encodeFunctionData(name, args))
  }
  return calls.map(([name]) => name)
}

/** What needs no guard, and why it is refused all the same: nothing is left to pay, or it is no call of the escrow's own. */
const UNGUARDED: Readonly<Record<string, string>> = {
  withdraw: 'ChannelEscrow_NoPayout',
  openRowOf: 'ChannelEscrow_NotEscrow',
}

/** All of them were made; the escrow refused each because it was busy, and those of {UNGUARDED} for reasons of their own. */
export async function expectAllRefused(
  { escrow }: World,
  token: Deployed<'ReenteringToken'>,
  sent: TransactionResponse,
  names: readonly string[],
): Promise<void> {
  const answers = await answersOf(token, sent)
  const expected = names.map((name) => {
    const error = UNGUARDED[name] ?? 'ReentrancyGuardReentrantCall'
    return [false, escrow.interface.getError(error)!.selector]
  })
  expect(answers).to.deep.equal(expected)
}

/** What came back from each call: whether it worked, and the selector of its error. */
export async function answersOf(token: Deployed<'ReenteringToken'>, sent: TransactionResponse) {
  const events = await token.queryFilter(token.getEvent('Reentered'), sent.blockNumber!)
  return events.map((event) => ('args' in event ? [event.args[0], String(event.args[1]).slice(0, 10)] : []))
}
