/** A channel as the chain showed it in a finalized block, and what the payee may rely on until it sees the next one. */
export type ChannelView = {
  /** Time of the finalized block, in seconds. */
  readonly finalizedAtSeconds: number
  /** Token base units. */
  readonly deposit: bigint
  /** Token base units. */
  readonly settled: bigint
  /** Second from which a pending close can be finalized, also when the request is not final yet; undefined when none is pending. */
  readonly closeAtSeconds: number | undefined
  readonly status: 'none' | 'open' | 'closed'
  /** End of the payer's binding, in seconds, exclusive. */
  readonly payerBindingEndsAtSeconds: number
}

/**
 * Whether a view must not take the place of one that was seen before: its node lags behind, or contradicts what was final.
 * An older block would lengthen a deposit's life; less settled, or a closed channel that is open, is no later state.
 */
export function isBehind(view: ChannelView, seen: ChannelView): boolean {
  const reopened = seen.status === 'closed' && view.status !== 'closed'
  return view.finalizedAtSeconds < seen.finalizedAtSeconds || view.settled < seen.settled || reopened
}

/**
 * The second at which a payee must stop serving a channel that it last saw like this. Offline it cannot see a request to
 * close, so the close delay is also how long it may trust a channel unseen; `settleMarginSeconds` is what it needs to get
 * its newest voucher onto the chain.
 */
export function trustedUntil(
  view: ChannelView,
  { closeDelaySeconds, settleMarginSeconds }: trustedUntil.Options,
): number {
  const unseen = view.finalizedAtSeconds + closeDelaySeconds
  const closing = Math.min(view.closeAtSeconds ?? unseen, unseen) - settleMarginSeconds
  return Math.min(closing, view.payerBindingEndsAtSeconds)
}
export declare namespace trustedUntil {
  type Options = { readonly closeDelaySeconds: number; readonly settleMarginSeconds: number }
}
