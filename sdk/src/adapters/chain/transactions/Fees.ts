import { FeeCapError } from '../../../ports/TransactionErrors.ts'
import type { ChainReader } from '../chainClients.ts'
import { asking } from '../failures.ts'

/** What a transaction offers for its gas (EIP-1559), in wei per gas. */
export type Fees = { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint }

/** Most that may be offered, in wei per gas. */
export type FeeCaps = Fees

/** 500 and 50 gwei: far above quiet days, and far below what an account can be emptied with. */
export const FEE_CAPS: FeeCaps = { maxFeePerGas: 500_000_000_000n, maxPriorityFeePerGas: 50_000_000_000n }

/**
 * What the node asks for now: twice the base fee, which lasts through six full blocks in a row, and its own advice for the
 * tip. Caps cut the room that is left for a rising base fee; what the next block itself asks for is never cut.
 */
export async function currentFees(reader: ChainReader, caps: FeeCaps): Promise<Fees> {
  const { baseFee, tip } = await asking(reader, 'fees', async () => {
    const [block, tip] = await Promise.all([
      reader.getBlock({ blockTag: 'latest' }),
      reader.estimateMaxPriorityFeePerGas(),
    ])
    // A chain without EIP-1559 has no base fee; its whole price is then the tip.
    return { baseFee: block.baseFeePerGas ?? 0n, tip }
  })
  const maxPriorityFeePerGas = smaller(tip, caps.maxPriorityFeePerGas)
  const needed = baseFee + maxPriorityFeePerGas
  const allowed = caps.maxFeePerGas
  if (needed > allowed) throw new FeeCapError({ what: 'fee', given: needed, allowed })
  return { maxFeePerGas: smaller(baseFee + needed, allowed), maxPriorityFeePerGas }
}

/**
 * Fees that nodes take for a replacement: an eighth more than before, or what the chain asks for now if that is more.
 * Pools refuse less than a tenth more, in either fee, so a cap between a tenth and an eighth still lets one through.
 */
export function raisedFees(before: Fees, now: Fees, caps: FeeCaps): Fees {
  const raise = (name: keyof Fees, what: string): bigint => {
    const least = raised(before[name], TENTH)
    if (least > caps[name]) throw new FeeCapError({ what, given: least, allowed: caps[name] })
    const eighth = raised(before[name], EIGHTH)
    return smaller(eighth > now[name] ? eighth : now[name], caps[name])
  }
  const maxFeePerGas = raise('maxFeePerGas', 'fee of a replacement')
  // Of a fee that is all tip the cap may have cut more: a tip above the whole fee is no transaction.
  return {
    maxFeePerGas,
    maxPriorityFeePerGas: smaller(raise('maxPriorityFeePerGas', 'tip of a replacement'), maxFeePerGas),
  }
}

const TENTH = 10n
const EIGHTH = 8n

/** Rounded up, and at least one wei more: nodes want strictly more, also of nothing. */
function raised(fee: bigint, part: bigint): bigint {
  return fee + (fee === 0n ? 1n : (fee + part - 1n) / part)
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
