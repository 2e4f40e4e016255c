import { DepositSource } from '@musubi/sdk'
import { DateTime } from 'luxon'
import { balanceDeposited, balanceWithdrawn, deposited, refunded, settled } from '../books/rules.ts'
import type { Batch, KnownChannel } from './Batch.ts'
import { type ChainEvent, type EventName, type EventOf, type Origin, unpackTotals } from './decode.ts'
import {
  attesterAccredited,
  attesterCompromised,
  attesterRetired,
  bindingEnded,
  bindingMoved,
  bindingStarted,
  enrolled,
  leafActivated,
} from './projectIdentity.ts'
import { contradiction, lower, requireBinding } from './require.ts'

type Handlers = { readonly [N in EventName]: ((batch: Batch, event: EventOf<N>) => void) | 'ignored' }

/** Every event of the contracts is here: the type of the table sees to it. What is ignored moves no money. */
const HANDLERS: Handlers = {
  AttesterAccredited: attesterAccredited,
  AttesterRetired: attesterRetired,
  AttesterCompromised: attesterCompromised,
  Enrolled: enrolled,
  LeafActivated: leafActivated,
  // Which escrow and which verifier counts is the registry's own business; the bindings carry the result.
  EscrowRegistered: 'ignored',
  VerifierSet: 'ignored',
  // A leaf that was never activated bound nobody; what was announced has not happened.
  LeavesRevoked: 'ignored',
  StatusAnchored: 'ignored',
  RebindAnnounced: 'ignored',
  RebindVetoed: 'ignored',
  RevocationSkipped: 'ignored',
  AuthorityUpdated: 'ignored',
  EIP712DomainChanged: 'ignored',
  // A skipped row changed nothing on chain.
  RowSkipped: 'ignored',
  OpeningSkipped: 'ignored',
  BindingStarted: bindingStarted,
  BindingSuspended: (batch, event) => bindingMoved(batch, event, 'SUSPENDED'),
  BindingResumed: (batch, event) => bindingMoved(batch, event, 'RESUMED'),
  BindingReleased: (batch, event) => bindingEnded(batch, event, 'RELEASED'),
  BindingRevoked: (batch, event) => bindingEnded(batch, event, 'REVOKED'),
  BindingRenewed: (batch, event) => bindingEnded(batch, event, 'RENEWED'),
  BindingRebound: (batch, event) => bindingEnded(batch, event, 'REBOUND'),
  BindingRotated: (batch, event) => bindingEnded(batch, event, 'ROTATED'),
  BalanceDeposited: balancePaidIn,
  BalanceWithdrawn: balanceTakenOut,
  ChannelOpened: channelOpened,
  ChannelToppedUp: channelToppedUp,
  VoucherSettled: voucherSettled,
  CloseRequested: closeRequested,
  ChannelClosed: channelClosed,
  CloseFinalized: closeFinalized,
  PayoutWithdrawn: payoutWithdrawn,
}

/** Works out the facts and entries of events, which are in chain order. */
export function project(batch: Batch, events: readonly ChainEvent[]): void {
  for (const event of events) {
    const handler = HANDLERS[event.eventName] as ((batch: Batch, event: ChainEvent) => void) | 'ignored'
    if (handler !== 'ignored') handler(batch, event)
  }
}

function balancePaidIn(batch: Batch, { origin, args }: EventOf<'BalanceDeposited'>): void {
  const [account, token] = [lower(args.account), lower(args.token)]
  const { amount, balance: total } = args
  batch.facts.deposit.push({
    ...origin,
    kind: 'BALANCE',
    channel_id: null,
    account,
    token,
    source: 'OUTSIDE',
    amount,
    total,
  })
  batch.post(origin, 'balance-in', balanceDeposited({ account, asset: batch.assetOf(token), amount }))
}

function balanceTakenOut(batch: Batch, { origin, args }: EventOf<'BalanceWithdrawn'>): void {
  const [account, token] = [lower(args.account), lower(args.token)]
  batch.facts.withdrawal.push({ ...origin, kind: 'BALANCE', account, token, amount: args.amount })
  batch.post(origin, 'balance-out', balanceWithdrawn({ account, asset: batch.assetOf(token), amount: args.amount }))
}

function channelOpened(batch: Batch, { origin, args }: EventOf<'ChannelOpened'>): void {
  const { payer, beneficiary, token, terms } = args.channel
  const channelId = lower(args.channelId)
  const { known } = requireBinding(batch, lower(terms.payerBinding), origin)
  const channel = {
    funder: lower(terms.funder),
    token: lower(token),
    ...known,
    deposit: 0n,
    settled: 0n,
    closed: false,
  }
  batch.channels.set(channelId, channel)
  batch.facts.channel.push({
    ...origin,
    channel_id: channelId,
    payer: lower(payer),
    beneficiary: lower(beneficiary),
    token: channel.token,
    payer_binding: lower(terms.payerBinding),
    funder: channel.funder,
    payee: lower(terms.payee),
    payee_binding: lower(terms.payeeBinding),
    close_delay_seconds: BigInt(terms.closeDelaySeconds),
    salt: lower(terms.salt),
    funding: known.funding,
    party_id: known.partyId,
  })
  raiseDeposit(batch, { origin, channelId, channel }, { total: args.deposit, source: args.source, kind: 'OPEN' })
}

function channelToppedUp(batch: Batch, { origin, args }: EventOf<'ChannelToppedUp'>): void {
  const place = openChannel(batch, args.channelId, origin)
  raiseDeposit(batch, place, { total: args.deposit, source: args.source, kind: 'TOP_UP' })
}

type Place = { readonly origin: Origin; readonly channelId: string; readonly channel: KnownChannel }

function raiseDeposit(
  batch: Batch,
  { origin, channelId, channel }: Place,
  given: { readonly total: bigint; readonly source: number; readonly kind: 'OPEN' | 'TOP_UP' },
): void {
  const { total, kind } = given
  const amount = total - channel.deposit
  if (amount <= 0n) throw contradiction(origin, `a deposit of ${String(total)}`, `more than ${String(channel.deposit)}`)
  channel.deposit = total
  const source = given.source === DepositSource.BALANCE ? 'BALANCE' : 'OUTSIDE'
  const { funder, token, funding } = channel
  batch.facts.deposit.push({ ...origin, kind, channel_id: channelId, account: funder, token, source, amount, total })
  batch.post(origin, 'deposit', deposited({ asset: batch.assetOf(token), amount, funding, channelId, funder, source }))
}

function voucherSettled(batch: Batch, { origin, args }: EventOf<'VoucherSettled'>): void {
  const place = openChannel(batch, args.channelId, origin)
  raiseSettled(batch, place, { word: args.totals, receiptsRoot: args.receiptsRoot, kind: 'SETTLE' })
}

function raiseSettled(
  batch: Batch,
  { origin, channelId, channel }: Place,
  given: { readonly word: bigint; readonly receiptsRoot: string; readonly kind: 'SETTLE' | 'CLOSE' },
): void {
  const totals = unpackTotals(given.word)
  const { funder, token, funding, partyId } = channel
  const amount = totals.settled - channel.settled
  if (amount <= 0n || totals.settled > channel.deposit) {
    throw contradiction(
      origin,
      `${String(totals.settled)} settled`,
      `above ${String(channel.settled)} and at most the deposit of ${String(channel.deposit)}`,
    )
  }
  batch.facts.settlement.push({
    ...origin,
    channel_id: channelId,
    kind: given.kind,
    party_id: partyId,
    month: DateTime.fromSeconds(Number(origin.at_seconds), { zone: 'utc' }).toFormat('yyyy-MM'),
    from_amount: channel.settled,
    to_amount: totals.settled,
    authorised_amount: totals.authorised,
    version: totals.version,
    receipts_root: lower(given.receiptsRoot),
    totals_word: totals.word,
  })
  channel.settled = totals.settled
  batch.post(origin, 'settle', settled({ asset: batch.assetOf(token), amount, funding, channelId, funder, partyId }))
}

function closeRequested(batch: Batch, { origin, args }: EventOf<'CloseRequested'>): void {
  const { channelId } = openChannel(batch, args.channelId, origin)
  batch.facts.close_request.push({ ...origin, channel_id: channelId, close_at: BigInt(args.closeAt) })
}

function channelClosed(batch: Batch, { origin, args }: EventOf<'ChannelClosed'>): void {
  const place = openChannel(batch, args.channelId, origin)
  const totals = unpackTotals(args.totals)
  const word = { word: args.totals, receiptsRoot: args.receiptsRoot, kind: 'CLOSE' } as const
  // The escrow asks for the payer's voucher only when the close raises what is settled. Otherwise version and root are
  // the payee's word alone, which no fact may pass off as a state that the payer signed; the raw log keeps them.
  const byVoucher = totals.settled !== place.channel.settled
  if (byVoucher) raiseSettled(batch, place, word)
  close(batch, place, args.refund)
  batch.facts.closure.push({
    ...origin,
    channel_id: place.channelId,
    kind: 'COOPERATIVE',
    settled: totals.settled,
    authorised_amount: byVoucher ? totals.authorised : null,
    version: byVoucher ? totals.version : null,
    receipts_root: byVoucher ? lower(args.receiptsRoot) : null,
    refund: args.refund,
  })
}

function closeFinalized(batch: Batch, { origin, args }: EventOf<'CloseFinalized'>): void {
  const place = openChannel(batch, args.channelId, origin)
  if (args.settled !== place.channel.settled) {
    throw contradiction(origin, `${String(args.settled)} settled`, String(place.channel.settled))
  }
  close(batch, place, args.refund)
  batch.facts.closure.push({
    ...origin,
    channel_id: place.channelId,
    kind: 'FINALIZED',
    settled: args.settled,
    authorised_amount: null,
    version: null,
    receipts_root: null,
    refund: args.refund,
  })
}

function close(batch: Batch, { origin, channelId, channel }: Place, refund: bigint): void {
  const rest = channel.deposit - channel.settled
  if (refund !== rest) throw contradiction(origin, `a refund of ${String(refund)}`, String(rest))
  channel.closed = true
  if (refund === 0n) return
  const { funder, token, funding } = channel
  batch.facts.refund.push({ ...origin, channel_id: channelId, funder, token, amount: refund })
  batch.post(origin, 'refund', refunded({ asset: batch.assetOf(token), amount: refund, funding, channelId, funder }))
}

function payoutWithdrawn(batch: Batch, { origin, args }: EventOf<'PayoutWithdrawn'>): void {
  const [account, token] = [lower(args.account), lower(args.token)]
  batch.facts.withdrawal.push({ ...origin, kind: 'PAYOUT', account, token, amount: args.amount })
}

function openChannel(batch: Batch, id: string, origin: Origin): Place {
  const channelId = lower(id)
  const channel = batch.channels.get(channelId)
  if (channel === undefined) throw contradiction(origin, `channel ${channelId}`, 'a channel whose opening was seen')
  if (channel.closed) throw contradiction(origin, `channel ${channelId}`, 'a channel that is not closed')
  return { origin, channelId, channel }
}
