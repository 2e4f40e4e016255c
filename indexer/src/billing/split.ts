/** Why settled value waits in Suspense. */
export type HoldCode =
  'UNKNOWN_FUNDER' | 'NO_CARD_REF' | 'NO_LIABLE_PARTY' | 'BINDING_ENDED' | 'TAX_UNKNOWN' | 'STALE_FX'

export type Hold = { readonly code: HoldCode; readonly detail: string }
export type Tax = { readonly category: string; readonly rateBp: number }
export type SplitReceipt = {
  readonly fromAmount: bigint
  readonly toAmount: bigint
  readonly atSeconds: bigint
  readonly tax: Tax | Hold
}

/** A run of a channel's value, from one total up to another, that is treated alike. */
export type Run = {
  readonly fromAmount: bigint
  readonly toAmount: bigint
  readonly outcome: Tax | Hold
  /** Payments that end in the run, so that one which two settlements share counts once. */
  readonly paymentCount: bigint
  readonly service: { readonly fromSeconds: bigint; readonly toSeconds: bigint } | undefined
}

export function isHold(outcome: Tax | Hold): outcome is Hold {
  return 'code' in outcome
}

/**
 * Splits settled value by the receipts it pays. Receipts and settlements both count a channel's value from its first
 * unit, so the split is the same whatever arrives first, and a close below the receipts drops the newest ones.
 */
export function split(settled: split.Settled, receipts: readonly SplitReceipt[]): readonly Run[] {
  const runs: Run[] = []
  let at = settled.fromAmount
  for (const receipt of receipts) {
    if (receipt.toAmount <= at || at >= settled.toAmount) continue
    if (receipt.fromAmount > at) break
    const end = receipt.toAmount < settled.toAmount ? receipt.toAmount : settled.toAmount
    const late = receipt.atSeconds >= settled.bindingEndsAt
    add(runs, {
      fromAmount: at,
      toAmount: end,
      outcome: late ? endedHold('a receipt is not older than the end of the binding') : receipt.tax,
      paymentCount: receipt.toAmount <= settled.toAmount ? 1n : 0n,
      service: { fromSeconds: receipt.atSeconds, toSeconds: receipt.atSeconds },
    })
    at = end
  }
  if (at < settled.toAmount) add(runs, withoutReceipt(settled, at))
  return runs
}
export declare namespace split {
  type Settled = {
    readonly fromAmount: bigint
    readonly toAmount: bigint
    readonly blockSeconds: bigint
    readonly bindingEndsAt: bigint
  }
}

function withoutReceipt(settled: split.Settled, at: bigint): Run {
  const outcome =
    settled.blockSeconds >= settled.bindingEndsAt
      ? endedHold('no receipt, and settled after the end of the binding')
      : ({ code: 'TAX_UNKNOWN', detail: 'no receipt names an agreement for this value' } as const)
  return { fromAmount: at, toAmount: settled.toAmount, outcome, paymentCount: 0n, service: undefined }
}

function endedHold(detail: string): Hold {
  return { code: 'BINDING_ENDED', detail }
}

/** Joins a run to the one before it when both are treated alike. */
function add(runs: Run[], run: Run): void {
  const last = runs.at(-1)
  if (last === undefined || !isAlike(last.outcome, run.outcome)) {
    runs.push(run)
    return
  }
  runs[runs.length - 1] = {
    fromAmount: last.fromAmount,
    toAmount: run.toAmount,
    outcome: last.outcome,
    paymentCount: last.paymentCount + run.paymentCount,
    service: joinService(last.service, run.service),
  }
}

function joinService(a: Run['service'], b: Run['service']): Run['service'] {
  if (a === undefined || b === undefined) return a ?? b
  return {
    fromSeconds: a.fromSeconds < b.fromSeconds ? a.fromSeconds : b.fromSeconds,
    toSeconds: a.toSeconds > b.toSeconds ? a.toSeconds : b.toSeconds,
  }
}

function isAlike(a: Tax | Hold, b: Tax | Hold): boolean {
  if (isHold(a) || isHold(b)) return isHold(a) && isHold(b) && a.code === b.code && a.detail === b.detail
  return a.category === b.category && a.rateBp === b.rateBp
}
