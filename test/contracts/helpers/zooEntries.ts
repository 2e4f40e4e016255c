/** Every entry and exit of the escrow that a channel's money takes, each ready to be tried on the odd token. */
import type { ContractTransactionResponse } from 'ethers'
import { HOUR, FAR_OFF, networkHelpers } from './world.ts'
import { channelIdOf, closeMessage, settleRow, totals, voucherMessage } from './channels.ts'
import type { Channel } from './channels.ts'
import { hashlockArguments, streamArguments } from './reveals.ts'
import { signAuthorization, signOrder, signPermit } from './signedDeposits.ts'
import type { Side, Zoo } from './zoo.ts'

export const AMOUNT = 10n

/** Those that take out of an allowance that was given before. */
export const PULLS = ['depositBalance', 'open', 'topUp'] as const
export const PERMITS = ['openWithPermit', 'topUpWithPermit'] as const
export const AUTHORIZATIONS = ['openWithAuthorization', 'topUpWithAuthorization'] as const
export const WAYS_IN = [...PULLS, ...PERMITS, ...AUTHORIZATIONS] as const
export const WAYS_OUT = ['withdraw', 'withdrawBalance'] as const
/** Those that call no token: whatever the token is, they work. */
type Within =
  | 'openFromBalance'
  | 'openMany'
  | 'openWithOrder'
  | 'topUpFromBalance'
  | 'topUpWithOrder'
  | 'settle'
  | 'settleStream'
  | 'settleHashlock'
  | 'close'
  | 'requestClose'
  | 'finalizeClose'
export type TokenCall = (typeof WAYS_IN)[number] | (typeof WAYS_OUT)[number]
export type EntryName = TokenCall | Within

type Entry = {
  readonly name: EntryName
  /** What it emits when it works. */
  readonly event: string
  readonly argumentsOf: (zoo: Zoo) => Promise<readonly unknown[]> | readonly unknown[]
  /** What it adds to what the escrow owes in the token. */
  readonly adds: (zoo: Zoo) => Promise<bigint> | bigint
}

/** Enough for each, and little to eat. */
const GAS = { gasLimit: 1_500_000 }

export async function send(
  { odd }: Zoo,
  name: EntryName,
  args: readonly unknown[],
): Promise<ContractTransactionResponse> {
  return odd.escrow[name](...args, GAS)
}

const amount = () => AMOUNT
const nothing = () => 0n

function opening(
  name: EntryName,
  rest: (zoo: Zoo, channel: Channel) => Promise<unknown[]> | unknown[],
  adds = amount,
): Entry {
  const argumentsOf = async (zoo: Zoo) => {
    const channel = zoo.odd.channelOf(name)
    return [channel, zoo.odd.binding, ...(await rest(zoo, channel)), AMOUNT]
  }
  return { name, event: 'ChannelOpened', argumentsOf, adds }
}

function toppingUp(
  name: EntryName,
  rest: (zoo: Zoo, channel: Channel) => Promise<unknown[]> | unknown[],
  adds = amount,
): Entry {
  const argumentsOf = async (zoo: Zoo) => {
    const { paid, binding } = zoo.odd
    return [paid, binding, ...(await rest(zoo, paid)), AMOUNT]
  }
  return { name, event: 'ChannelToppedUp', argumentsOf, adds }
}

async function allowance({ ledger, world }: Zoo): Promise<unknown[]> {
  const owned = ledger.connect(world.funder)
  // By way of nothing, since some tokens insist on it.
  await owned.approve(world.escrow.target, 0n)
  await owned.approve(world.escrow.target, AMOUNT)
  return []
}

async function permit(zoo: Zoo): Promise<unknown[]> {
  return [await signPermit(zoo.signing, AMOUNT)]
}

async function deposited({ world }: Side, channel: Channel) {
  const channelId = await channelIdOf(world, channel)
  const { deposit: depositBefore } = await world.escrow.channelOf(channelId)
  return { channelId, amount: AMOUNT, depositBefore: depositBefore as bigint }
}

async function authorization(zoo: Zoo, channel: Channel): Promise<unknown[]> {
  return [await signAuthorization(zoo.signing, await deposited(zoo.odd, channel))]
}

async function order({ odd }: Zoo, channel: Channel): Promise<unknown[]> {
  const deadline = FAR_OFF
  return [await signOrder(odd.world, { ...(await deposited(odd, channel)), deadline }), deadline]
}

/** In the order of a channel's life. */
export const ENTRIES: readonly Entry[] = [
  {
    name: 'depositBalance',
    event: 'BalanceDeposited',
    argumentsOf: async (zoo) => [zoo.odd.paid.token, ...(await allowance(zoo)), AMOUNT],
    adds: amount,
  },
  opening('open', allowance),
  opening('openFromBalance', () => [], nothing),
  {
    name: 'openMany',
    event: 'ChannelOpened',
    argumentsOf: ({ odd }) => [[{ channel: odd.channelOf('openMany'), payerBinding: odd.binding, amount: AMOUNT }]],
    adds: nothing,
  },
  opening('openWithOrder', order, nothing),
  opening('openWithPermit', permit),
  opening('openWithAuthorization', authorization),
  toppingUp('topUp', allowance),
  toppingUp('topUpFromBalance', () => [], nothing),
  toppingUp('topUpWithOrder', order, nothing),
  toppingUp('topUpWithPermit', permit),
  toppingUp('topUpWithAuthorization', authorization),
  {
    name: 'settle',
    event: 'VoucherSettled',
    async argumentsOf({ odd: { world, paid, payer } }) {
      const row = await settleRow(world, paid, payer, totals(60n))
      return [[{ beneficiary: paid.beneficiary, token: paid.token, rows: [row] }]]
    },
    adds: nothing,
  },
  {
    name: 'settleStream',
    event: 'VoucherSettled',
    argumentsOf: ({ odd: { world, paid, payer } }) =>
      streamArguments(world, paid, payer, totals(60n), { tickAmount: 5n, tickCount: 2 }),
    adds: nothing,
  },
  {
    name: 'settleHashlock',
    event: 'VoucherSettled',
    argumentsOf: ({ odd: { world, paid, payer } }) =>
      hashlockArguments(world, paid, payer, totals(70n), { lockedAmount: 10n }),
    adds: nothing,
  },
  {
    name: 'close',
    event: 'ChannelClosed',
    argumentsOf: ({ odd }) => closeArguments(odd, odd.closed, 30n),
    adds: nothing,
  },
  { name: 'requestClose', event: 'CloseRequested', argumentsOf: ({ odd }) => [odd.left], adds: nothing },
  {
    name: 'finalizeClose',
    event: 'CloseFinalized',
    async argumentsOf({ odd }) {
      await networkHelpers.time.increase(2 * HOUR)
      return [odd.left]
    },
    adds: nothing,
  },
  {
    name: 'withdraw',
    event: 'PayoutWithdrawn',
    argumentsOf: ({ odd }) => [odd.paid.beneficiary, odd.paid.token],
    adds: async ({ odd }) => -((await odd.escrow.payoutOf(odd.paid.beneficiary, odd.paid.token)) as bigint),
  },
  {
    name: 'withdrawBalance',
    event: 'BalanceWithdrawn',
    argumentsOf: async ({ odd }) => [odd.paid.token, await balance(odd)],
    adds: async ({ odd }) => -(await balance(odd)),
  },
]

export async function balance({ world, escrow, paid }: Side): Promise<bigint> {
  return (await escrow.balanceOf(world.funder.address, paid.token)) as bigint
}

/** Both ends agree on `total`. */
export async function closeArguments(
  { world, payer, payee }: Side,
  channel: Channel,
  total: bigint,
): Promise<unknown[]> {
  const channelId = await channelIdOf(world, channel)
  const value = totals(total, 9n)
  const consent = payee.signParts(await closeMessage(world, channelId, value))
  const promise = payer.signParts(await voucherMessage(world, channelId, value))
  return [channel, total, value.version, value.receiptsRoot, consent, total, promise]
}
