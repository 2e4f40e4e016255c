import type { OnProgress } from '@musubi/cli'
import { z } from 'zod'
import { type Entry, transfer, writeEntries } from '../books/Posting.ts'
import { FUNDING, pending, suspense, unbilled } from '../books/rules.ts'
import { insertRows } from '../database/bulk.ts'
import type { Database } from '../database/open.ts'
import { present } from '../errors.ts'
import type { Json } from '../hash.ts'
import { loadRegisters, type Registers } from '../registers/lookup.ts'
import { attribute } from './attribute.ts'
import { type Candidate, findCandidates, type FrozenBlock } from './candidates.ts'
import { type ChannelFacts, loadChannelFacts, splitReceipts } from './channelFacts.ts'
import { type Cycle, isoDate, requireCycle, wrongCycle } from './Cycle.ts'
import { findClosureExceptions } from './closures.ts'
import { type CarryKey, carryKeyId } from './LineKey.ts'
import { buildParts, type PartPlan } from './parts.ts'
import { isHold, type Run, split } from './split.ts'

export const frozenCycle = z.strictObject({
  cycle: z.string(),
  blocks: z
    .array(z.strictObject({ chainId: z.string(), number: z.string(), hash: z.string(), seconds: z.string() }))
    .min(1),
})

/** What freezing a cycle now would record: the last finalized block of each chain that was read. */
export async function planFreeze(
  db: Database,
  name: string,
  nowSeconds: bigint,
): Promise<z.output<typeof frozenCycle>> {
  const cycle = await requireCycle(db, name, 'open')
  const chains = await db.selectFrom('chain').selectAll().orderBy('chain_id').execute()
  if (chains.length === 0) throw wrongCycle('No chain was read yet.', name, '`musubi-indexer sync` before the freeze')
  // A chain's own time counts too: on a local chain it may run ahead of the clock.
  const latest = chains.reduce((time, chain) => (chain.cursor_seconds > time ? chain.cursor_seconds : time), nowSeconds)
  const due = cycle.cutOffSeconds + cycle.graceSeconds
  if (latest < due) {
    const missing = `${String(due - latest)} seconds before cut-off and grace are over`
    throw wrongCycle('It is too early to freeze the cycle.', missing, 'a time after both')
  }
  return {
    cycle: name,
    blocks: chains.map((chain) => ({
      chainId: String(chain.chain_id),
      number: String(chain.cursor_number),
      hash: chain.cursor_hash,
      seconds: String(chain.cursor_seconds),
    })),
  }
}

/** Freezes a cycle: decides for every settled value before its cut-off whose bill it goes to, or why it is held. */
export async function freezeCycle(
  db: Database,
  content: Json,
  seq: bigint,
  onProgress: OnProgress,
): Promise<{ changed: boolean; result: Json }> {
  const given = frozenCycle.parse(content)
  const cycle = await requireCycle(db, given.cycle, 'open')
  const frozen = given.blocks.map((block) => ({
    chainId: BigInt(block.chainId),
    number: BigInt(block.number),
    hash: block.hash,
  }))
  for (const block of frozen) await requireBlock(db, block)
  await insertRows(
    db,
    'cycle_freeze',
    frozen.map((block) => ({
      cycle: cycle.cycle,
      chain_id: block.chainId,
      block_number: block.number,
      block_hash: block.hash,
      journal_seq: seq,
    })),
  )
  const plans = await plan(db, { cycle, frozen, onProgress })
  await writeParts(db, cycle, plans)
  const notices = await findClosureExceptions(db, cycle.cycle, frozen)
  await insertRows(db, 'exception', notices)
  const billed = plans.filter((part) => part.row.disposition === 'BILL').length
  const held = plans.filter((part) => part.row.disposition === 'HOLD').length
  return { changed: true, result: { cycle: cycle.cycle, parts: plans.length, billed, held, notices: notices.length } }
}

/** The chain was read beyond the block, and is the one that had it. Blocks without logs are not kept, so some have no hash here. */
async function requireBlock(db: Database, block: FrozenBlock): Promise<void> {
  const chain = await db
    .selectFrom('chain')
    .select('cursor_number')
    .where('chain_id', '=', block.chainId)
    .executeTakeFirst()
  const known = await db
    .selectFrom('block')
    .select('hash')
    .where('chain_id', '=', block.chainId)
    .where('number', '=', block.number)
    .executeTakeFirst()
  const isRead = chain !== undefined && chain.cursor_number >= block.number
  if (isRead && (known === undefined || known.hash === block.hash)) return
  throw wrongCycle(
    'The chain was not read as far as the frozen block.',
    isRead ? `block ${known?.hash ?? ''}` : `block ${String(chain?.cursor_number ?? 'none')}`,
    `block ${String(block.number)} ${block.hash} of chain ${String(block.chainId)}; run \`musubi-indexer sync\` first`,
  )
}

async function plan(db: Database, { cycle, frozen, onProgress }: Planning): Promise<readonly PartPlan[]> {
  const registers = await loadRegisters(db)
  const channels = new Map<string, ChannelFacts>()
  const lastNumbers = new Map<string, number>()
  const plans: PartPlan[] = []
  const candidates = await findCandidates(db, cycle.cutOffSeconds, frozen)
  for (const [index, candidate] of candidates.entries()) {
    const id = candidate.settlement.channel_id
    const facts = channels.get(id) ?? (await loadChannelFacts(db, id, frozen))
    channels.set(id, facts)
    const { runs, key } = decide(candidate, facts, { registers, cycle })
    const place = `${candidate.settlement.block_hash}:${String(candidate.settlement.log_index)}`
    const firstNo = (lastNumbers.get(place) ?? candidate.lastPartNo) + 1
    const parts = buildParts({ candidate, facts, runs, key, cycle: cycle.cycle, firstNo })
    lastNumbers.set(place, firstNo + parts.length - 1)
    plans.push(...parts)
    onProgress(index + 1, candidates.length)
  }
  return plans
}

type Planning = { readonly cycle: Cycle; readonly frozen: readonly FrozenBlock[]; readonly onProgress: OnProgress }
type Context = { readonly registers: Registers; readonly cycle: Cycle }
type Decision = { readonly runs: readonly Run[]; readonly key: ((run: Run) => CarryKey) | undefined }

/** Splits a candidate's value, and says under which key each taxed run is billed. */
function decide(candidate: Candidate, facts: ChannelFacts, { registers, cycle }: Context): Decision {
  const { settlement, fromAmount, toAmount } = candidate
  const whole = (outcome: Run['outcome']): Decision => ({
    runs: [{ fromAmount, toAmount, outcome, paymentCount: 0n, service: undefined }],
    key: undefined,
  })
  if (facts.channel.funding === FUNDING.OWN) return whole({ category: 'OUT_OF_SCOPE', rateBp: 0 })
  const owner = attribute(
    {
      funding: facts.channel.funding,
      funder: facts.channel.funder,
      partyId: facts.channel.party_id,
      billingRef: facts.binding.billing_ref,
      payeeBinding: facts.channel.payee_binding,
      asset: {
        asset: facts.asset?.asset ?? '',
        currency: facts.asset?.currency ?? '',
        billable: facts.channel.token === facts.billableToken && facts.asset !== undefined,
      },
      day: isoDate(settlement.at_seconds, cycle.timeZone),
      chargeDate: cycle.chargeDate,
    },
    registers,
  )
  if ('code' in owner) return whole(owner)
  const runs = split(
    { fromAmount, toAmount, blockSeconds: settlement.at_seconds, bindingEndsAt: facts.bindingEndsAt },
    splitReceipts(facts, settlement, owner.payeeMerchantRef),
  )
  return {
    runs,
    key: ({ outcome }) => ({
      ...owner,
      taxCategory: isHold(outcome) ? '' : outcome.category,
      taxRateBp: isHold(outcome) ? 0 : outcome.rateBp,
    }),
  }
}

async function writeParts(db: Database, cycle: Cycle, plans: readonly PartPlan[]): Promise<void> {
  const keys = new Map<string, CarryKey>()
  for (const { key } of plans) if (key !== undefined) keys.set(carryKeyId(key), key)
  const known = await db.selectFrom('carry_key').select('carry_key').execute()
  for (const row of known) keys.delete(row.carry_key)
  await insertRows(
    db,
    'carry_key',
    [...keys].map(([id, key]) => ({
      carry_key: id,
      book_entity: key.bookEntity,
      funding: key.funding,
      liable_party_ref: key.liablePartyRef,
      billing_account: key.billingAccount,
      payee_merchant_ref: key.payeeMerchantRef,
      tax_category: key.taxCategory,
      tax_rate_bp: key.taxRateBp,
      asset: key.asset,
      currency: key.currency,
    })),
  )
  await insertRows(
    db,
    'exception',
    plans.flatMap((part) => (part.exception === undefined ? [] : [part.exception])),
  )
  await insertRows(
    db,
    'part',
    plans.map((part) => part.row),
  )
  const ended = new Set(plans.flatMap((part) => (part.ends === undefined ? [] : [part.ends.exceptionId])))
  await insertRows(
    db,
    'exception_end',
    [...ended].map((id) => ({ exception_id: id, cycle: cycle.cycle, reason: 'decided anew when the cycle froze' })),
  )
  await writeEntries(db, freezeEntries(cycle, plans))
}

/** Credit spending moves from where it waits (or was held) to its carry key, or to Suspense. The rest is memo already. */
function freezeEntries(cycle: Cycle, plans: readonly PartPlan[]): readonly Entry[] {
  return plans.flatMap((part, index) => {
    if (part.funding !== FUNDING.CREDIT) return []
    const credit = part.ends === undefined ? pending(part.row.party_id) : suspense(part.ends.code)
    const debit =
      part.row.carry_key === null
        ? suspense(present(part.row.hold_code, 'hold code'))
        : unbilled(present(part.row.carry_key, 'carry key'))
    return [
      {
        id: `freeze:${cycle.cycle}:${String(index + 1)}`,
        rule: part.row.carry_key === null ? 'hold' : 'attribute',
        atSeconds: cycle.cutOffSeconds,
        cause: `${part.row.channel_id}:${String(part.row.from_amount)}`,
        postings: transfer(part.row.asset, part.row.to_amount - part.row.from_amount, { debit, credit }),
      },
    ]
  })
}
