import type { JournalEntry } from '../../../ports/TransactionJournal.ts'
import type { Account } from './Account.ts'
import { idleRequest, signAttempt } from './Attempts.ts'
import { deliver } from './Delivery.ts'
import { currentFees } from './Fees.ts'
import { transactionCount } from './Sightings.ts'

/** The lowest nonce that neither the node nor the journal has a transaction for. */
export async function nextNonce(account: Account): Promise<number> {
  const taken = noncesOf(await account.journal.open())
  let nonce = await nextAtNode(account)
  while (taken.has(nonce)) nonce++
  return nonce
}

/**
 * Uses up nonces below the journal's newest one that nobody has a transaction for: behind such a gap nothing is mined.
 * Gaps come from transactions that others sent by this account, and that a pool or a reorganisation dropped.
 */
export async function fillGaps(account: Account): Promise<void> {
  for (;;) {
    const open = await account.journal.open()
    const highest = open.at(-1)?.nonce ?? -1
    const nonce = await nextAtNode(account)
    if (nonce >= highest || noncesOf(open).has(nonce)) return
    await useUp(account, nonce)
  }
}

/** The first nonce that the node has no transaction for. Some nodes do not count what waits, and one may lag behind. */
async function nextAtNode(account: Account): Promise<number> {
  const counts = [await transactionCount(account, 'latest'), await transactionCount(account, 'pending')]
  return Math.max(...counts)
}

async function useUp(account: Account, nonce: number): Promise<void> {
  const fees = await currentFees(account.reader, account.feeCaps)
  const attempt = await signAttempt(account.clients.writer, idleRequest(account.account, { nonce, fees }))
  const purpose = 'fill a gap'
  const { ref } = await account.journal.add({ nonce, purpose, key: undefined, attempt })
  const refusal = await deliver(account.clients, { attempt, purpose })
  if (refusal === undefined) return
  await account.journal.end(ref, { kind: 'refused' })
  throw refusal
}

function noncesOf(open: readonly JournalEntry[]): ReadonlySet<number> {
  return new Set(open.map(({ nonce }) => nonce))
}
