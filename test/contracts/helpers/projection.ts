/**
 * The escrow's whole state out of its events alone: what an indexer can know that never calls the chain. Pure, and written
 * from {IChannelEscrowEvents} and not from the indexer, which it would otherwise share its mistakes with.
 */
import type { LogDescription } from 'ethers'
import { ChannelStatus, DepositSource } from '../../../sdk/src/generated/constants.ts'
import type { Channel } from './channels.ts'

export type Event = Pick<LogDescription, 'name' | 'args'>

type Known = { channel: Channel; settled: bigint; deposit: bigint; closeAt: bigint; status: bigint }
type Step = (books: Books, args: LogDescription['args']) => void

const BITS_96 = 2n ** 96n - 1n
const [OPEN, CLOSED] = [BigInt(ChannelStatus.OPEN), BigInt(ChannelStatus.CLOSED)]

/** Money of accounts, token base units. An account that never had any has none. */
class Money {
  readonly #amounts = new Map<string, bigint>()

  of(account: string, token: string): bigint {
    return this.#amounts.get(`${account} ${token}`) ?? 0n
  }

  add(account: string, token: string, amount: bigint): void {
    this.#amounts.set(`${account} ${token}`, this.of(account, token) + amount)
  }

  take(account: string, token: string, amount: bigint): void {
    this.add(account, token, -amount)
  }

  /** All that accounts have of a token. */
  totalOf(token: string): bigint {
    return [...this.#amounts].reduce((sum, [key, amount]) => (key.endsWith(` ${token}`) ? sum + amount : sum), 0n)
  }
}

export class Books {
  readonly channels = new Map<string, Known>()
  readonly balances = new Money()
  readonly payouts = new Money()

  /** As `channelOf` answers: settled, deposit, closeAt, status. */
  stateOf(channelId: string): bigint[] {
    const known = this.channels.get(channelId)
    return known === undefined ? [0n, 0n, 0n, 0n] : [known.settled, known.deposit, known.closeAt, known.status]
  }

  /** What the escrow must hold of a token: unsettled deposits of open channels, balances and payouts. */
  owedOf(token: string): bigint {
    const open = [...this.channels.values()].filter(({ channel, status }) => channel.token === token && status === OPEN)
    const unsettled = open.reduce((sum, { deposit, settled }) => sum + deposit - settled, 0n)
    return unsettled + this.balances.totalOf(token) + this.payouts.totalOf(token)
  }

  known(channelId: string): Known {
    const known = this.channels.get(channelId)
    if (known === undefined) throw new Error(`Nothing was told of channel ${channelId} before this event.`)
    return known
  }
}

/** From the first event on, in order. */
export function project(events: Iterable<Event>): Books {
  const books = new Books()
  for (const { name, args } of events) {
    const step = STEPS[name]
    if (step === undefined) throw new Error(`No step for ${name}.`)
    step(books, args)
  }
  return books
}

const STEPS: Record<string, Step> = {
  BalanceDeposited: ({ balances }, { account, token, amount }) => balances.add(account, token, amount),
  BalanceWithdrawn: ({ balances }, { account, token, amount }) => balances.take(account, token, amount),
  PayoutWithdrawn: ({ payouts }, { account, token, amount }) => payouts.take(account, token, amount),

  ChannelOpened: (books, { channelId, channel, deposit, source }) => {
    books.channels.set(channelId, { channel, settled: 0n, deposit, closeAt: 0n, status: OPEN })
    takeDeposit(books, channel, deposit, source)
  },
  ChannelToppedUp: (books, { channelId, deposit, source }) => {
    const known = books.known(channelId)
    takeDeposit(books, known.channel, deposit - known.deposit, source)
    known.deposit = deposit
  },
  VoucherSettled: (books, { channelId, totals }) => pay(books, books.known(channelId), totals & BITS_96),
  CloseRequested: (books, { channelId, closeAt }) => {
    books.known(channelId).closeAt = closeAt
  },
  ChannelClosed: (books, { channelId, totals, refund }) => {
    pay(books, books.known(channelId), totals & BITS_96)
    close(books, books.known(channelId), refund)
  },
  CloseFinalized: (books, { channelId, settled, refund }) => {
    pay(books, books.known(channelId), settled)
    close(books, books.known(channelId), refund)
  },

  // They tell why nothing happened.
  RowSkipped: () => undefined,
  OpeningSkipped: () => undefined,
}

/** A deposit out of the balance lowers it; the other sources lie outside the escrow. */
function takeDeposit({ balances }: Books, { terms, token }: Channel, amount: bigint, source: bigint): void {
  if (source === BigInt(DepositSource.BALANCE)) balances.take(terms.funder, token, amount)
}

function pay({ payouts }: Books, known: Known, settled: bigint): void {
  payouts.add(known.channel.beneficiary, known.channel.token, settled - known.settled)
  known.settled = settled
}

function close({ balances }: Books, known: Known, refund: bigint): void {
  balances.add(known.channel.terms.funder, known.channel.token, refund)
  known.status = CLOSED
}
