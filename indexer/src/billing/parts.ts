import type { Insertable } from 'kysely'
import { foreignAsset } from '../books/asset.ts'
import { FUNDING } from '../books/rules.ts'
import type { Tables } from '../database/types.ts'
import { hashJson } from '../hash.ts'
import type { Candidate } from './candidates.ts'
import type { ChannelFacts } from './channelFacts.ts'
import { type CarryKey, carryKeyId, lineId } from './LineKey.ts'
import { isHold, type Run } from './split.ts'

/** A part to write, and what writing it means for exceptions and books. */
export type PartPlan = {
  readonly row: Insertable<Tables['part']>
  readonly funding: number
  readonly key: CarryKey | undefined
  readonly exception: Insertable<Tables['exception']> | undefined
  readonly ends: Candidate['held']
}

type Options = {
  readonly candidate: Candidate
  readonly facts: ChannelFacts
  readonly runs: readonly Run[]
  readonly key: ((run: Run) => CarryKey) | undefined
  readonly cycle: string
  readonly firstNo: number
}

/** The parts of a candidate's value. None, when it stays held for the reason it is held for already. */
export function buildParts(options: Options): readonly PartPlan[] {
  const { candidate, runs } = options
  const only = runs.length === 1 ? runs[0]?.outcome : undefined
  if (candidate.held !== undefined && only !== undefined && isHold(only) && only.code === candidate.held.code) return []
  return runs.map((run, index) => buildPart(options, run, options.firstNo + index))
}

function buildPart(options: Options, run: Run, partNo: number): PartPlan {
  const { candidate, facts, cycle } = options
  const { settlement } = candidate
  const held = isHold(run.outcome) ? run.outcome : undefined
  const key = held === undefined ? options.key?.(run) : undefined
  const asset = facts.asset?.asset ?? foreignAsset(settlement.chain_id, facts.channel.token)
  const subject = `${settlement.channel_id}:${String(run.fromAmount)}-${String(run.toAmount)}`
  const exception = held && {
    exception_id: hashJson(['hold', cycle, held.code, subject]),
    code: held.code,
    effect: 'HOLD' as const,
    cycle,
    subject,
    asset,
    amount: run.toAmount - run.fromAmount,
    detail: held.detail,
  }
  return {
    row: {
      party_id: settlement.party_id,
      month: settlement.month,
      chain_id: settlement.chain_id,
      block_hash: settlement.block_hash,
      log_index: settlement.log_index,
      part_no: partNo,
      channel_id: settlement.channel_id,
      block_number: settlement.block_number,
      from_amount: run.fromAmount,
      to_amount: run.toAmount,
      cycle,
      disposition: held !== undefined ? 'HOLD' : facts.channel.funding === FUNDING.OWN ? 'OWN' : 'BILL',
      hold_code: held?.code ?? null,
      exception_id: exception?.exception_id ?? null,
      carry_key: key === undefined ? null : carryKeyId(key),
      line_id: key === undefined ? null : lineId(key, cycle, 0),
      merchant_ref: key?.payeeMerchantRef ?? null,
      payment_count: run.paymentCount,
      service_from_seconds: run.service?.fromSeconds ?? null,
      service_to_seconds: run.service?.toSeconds ?? null,
      asset,
    },
    funding: facts.channel.funding,
    key,
    exception,
    ends: candidate.held,
  }
}
