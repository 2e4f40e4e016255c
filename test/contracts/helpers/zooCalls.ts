/** What the odd token calls in the middle of its movements. */
import { settleRow, totals } from './channels.ts'
import { AMOUNT } from './zooEntries.ts'
import { FAR_OFF, ZERO_HASH } from './world.ts'
import type { Side, Zoo } from './zoo.ts'

type Call = readonly [name: string, args: readonly unknown[]]

const NO_SIGNATURE = { v: 27, r: ZERO_HASH, s: ZERO_HASH }

async function arm(zoo: Zoo, calls: readonly Call[]): Promise<Zoo> {
  const { world, ledger } = zoo
  for (const [name, args] of calls) {
    await ledger.arm(world.escrow.target, world.escrow.interface.encodeFunctionData(name, args))
  }
  return zoo
}

/** All that could move this side's money, but {withdraw}, and a voucher that its payer did not sign. */
async function callsOn({ world, channelOf, paid, left, binding, payee }: Side): Promise<Call[]> {
  const { token, beneficiary } = paid
  const unopened = channelOf('called')
  const order = ['0x', FAR_OFF]
  const permit = [{ deadline: FAR_OFF, ...NO_SIGNATURE }]
  const authorization = [{ validAfter: 0, validBefore: FAR_OFF, ...NO_SIGNATURE }]
  const forged = await settleRow(world, paid, payee, totals(900n))
  const ways = (['', 'FromBalance', 'WithOrder', 'WithPermit', 'WithAuthorization'] as const).flatMap((way) => {
    const signed = { '': [], FromBalance: [], WithOrder: order, WithPermit: permit, WithAuthorization: authorization }
    const openIt: Call = [`open${way}`, [unopened, binding, ...signed[way], 1n]]
    const topItUp: Call = [`topUp${way}`, [paid, binding, ...signed[way], 1n]]
    return [openIt, topItUp]
  })
  return [
    ['depositBalance', [token, 1n]],
    ['withdrawBalance', [token, 1n]],
    ['openMany', [[{ channel: unopened, payerBinding: binding, amount: 1n }]]],
    ...ways,
    ['settle', [[{ beneficiary, token, rows: [forged] }]]],
    ['requestClose', [left]],
    ['requestCloseOfEndedBinding', [left]],
  ]
}

export const armOn = {
  ownChannels: async (zoo: Zoo) => arm(zoo, await callsOn(zoo.odd)),
  honestChannel: async (zoo: Zoo) => {
    const { beneficiary, token } = zoo.honest.paid
    return arm(zoo, [...(await callsOn(zoo.honest)), ['withdraw', [beneficiary, token]]])
  },
  payouts: async (zoo: Zoo) => arm(zoo, [['withdraw', [zoo.odd.paid.beneficiary, zoo.odd.paid.token]]]),
  ownDeposit: async (zoo: Zoo) => {
    const { ledger, world } = zoo
    await ledger.mint(ledger.target, 100n * AMOUNT)
    await ledger.arm(ledger.target, ledger.interface.encodeFunctionData('approve', [world.escrow.target, AMOUNT]))
    return arm(zoo, [['depositBalance', [ledger.target, AMOUNT]]])
  },
}
