import type { EntryEnd, JournalEntry } from '../../../ports/TransactionJournal.ts'
import type { Account } from './Account.ts'
import { deliver } from './Delivery.ts'
import { fillGaps } from './Nonces.ts'
import type { Landed } from './Sightings.ts'
import { blockNumberAt, sight, transactionCount } from './Sightings.ts'

/**
 * Brings the journal in step with the chain: what is final is ended, what was dropped is sent again as it is, and gaps are
 * filled. To be called in turn. What the node refuses now stays open, and is tried again the next time.
 */
export async function tend(account: Account): Promise<void> {
  const open = await account.journal.open()
  if (open.length === 0) return
  const next = await transactionCount(account, 'latest')
  const finalized = await blockNumberAt(account.reader, 'finalized')
  for (const entry of open) {
    const isWaitingForFinality = entry.nonce < next && (account.seenIn.get(entry.ref) ?? 0n) > finalized
    if (!isWaitingForFinality) await tendEntry(account, entry, finalized)
  }
  await fillGaps(account)
}

async function tendEntry(account: Account, entry: JournalEntry, finalized: bigint): Promise<void> {
  const { journal, clients } = account
  const seen = await sight(account, entry)
  if (seen.kind === 'landed') {
    account.seenIn.set(entry.ref, seen.receipt.blockNumber)
    if (seen.receipt.blockNumber <= finalized) await end(account, entry, endOf(seen))
  } else if (seen.kind === 'taken') {
    // Only then: a reorganisation could take the other transaction out again, and let ours in.
    const isFinal = (await transactionCount(account, 'finalized')) > entry.nonce
    if (isFinal) await end(account, entry, { kind: 'lost' })
  } else if (seen.kind === 'dropped') {
    const attempt = entry.attempts.at(-1)
    if (attempt !== undefined) await deliver(clients, { attempt, purpose: entry.purpose })
  }

  async function end({ seenIn, leftAtMs }: Account, { ref }: JournalEntry, how: EntryEnd): Promise<void> {
    await journal.end(ref, how)
    seenIn.delete(ref)
    leftAtMs.delete(ref)
  }
}

function endOf({ attempt, receipt }: Landed): EntryEnd {
  const { hash } = attempt
  if (attempt.kind === 'cancel') return { kind: 'cancelled', hash }
  return { kind: receipt.status === 'success' ? 'mined' : 'reverted', hash }
}
