import { expect } from 'chai'
import type { TransactionResponse } from 'ethers'
import { makeBinding } from './bindings.ts'
import type { Deployed } from './deployed.ts'
import { putChannel } from './storage.ts'
import type { World } from './world.ts'

/** Makes the token call every function that moves money, in the middle of its next transfer. */
export async function armMoneyMovers(world: World, token: Deployed<'ReenteringToken'>): Promise<number> {
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
  return calls.length
}

/** All of them were made, and the escrow refused each because it was busy. */
export async function expectAllRefused(
  { escrow }: World,
  token: Deployed<'ReenteringToken'>,
  sent: TransactionResponse,
  count: number,
): Promise<void> {
  const { selector } = escrow.interface.getError('ReentrancyGuardReentrantCall')!
  const answers = await token.queryFilter(token.getEvent('Reentered'), sent.blockNumber!)
  const refusals = answers.map((event) => ('args' in event ? [...event.args] : []))
  expect(refusals).to.deep.equal(Array.from({ length: count }, () => [false, selector]))
}
