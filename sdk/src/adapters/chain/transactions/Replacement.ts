import type { BaseError } from '../../../protocol/Errors.ts'
import type { JournalEntry } from '../../../ports/TransactionJournal.ts'
import { ATTEMPTS_MAX } from '../../../ports/TransactionJournal.ts'
import type { Account } from './Account.ts'
import type { Request } from './Attempts.ts'
import { idleRequest, requestOf, signAttempt } from './Attempts.ts'
import { deliver } from './Delivery.ts'
import { currentFees, raisedFees } from './Fees.ts'
import { transactionCount } from './Sightings.ts'
import { tend } from './Upkeep.ts'

/**
 * Raises the fees of what is stuck, when it has been stuck for long enough: of the entry itself, or of the one before it
 * that keeps it from being mined. Gives the node's refusal of the replacement, if any: an older attempt may have been mined.
 */
export async function raiseIfStuck(account: Account, ref: number): Promise<BaseError | undefined> {
  if (!isStuck(account, ref)) return undefined
  return await account.inTurn(async () => {
    // Whoever came before in turn may have raised it.
    if (!isStuck(account, ref)) return undefined
    await tend(account)
    const next = await transactionCount(account, 'latest')
    const open = await account.journal.open()
    const entry = open.find(({ nonce }) => nonce === next) ?? open.find((each) => each.ref === ref)
    if (entry === undefined || !isStuck(account, entry.ref)) return undefined
    // Set first: when the cap refuses, it is tried again only after another such time.
    account.leftAtMs.set(entry.ref, performance.now())
    account.leftAtMs.set(ref, performance.now())
    return await replace(account, entry, requestOf(newestOf(entry)))
  })
}

/** Puts a transaction that does nothing in the place of an entry's call. Which of them is mined shows itself later. */
export async function sendCancel(account: Account, entry: JournalEntry): Promise<BaseError | undefined> {
  const { nonce, fees } = requestOf(newestOf(entry))
  return await replace(account, entry, idleRequest(account.account, { nonce, fees }))
}

function isStuck({ leftAtMs, startedAtMs, stuckAfterMs }: Account, ref: number): boolean {
  return performance.now() - (leftAtMs.get(ref) ?? startedAtMs) >= stuckAfterMs
}

/** Signs a request anew with fees that pools take for a replacement; on disk first, then sent. */
async function replace(account: Account, entry: JournalEntry, request: Request): Promise<BaseError | undefined> {
  if (entry.attempts.length >= ATTEMPTS_MAX) return undefined
  const { clients, reader, feeCaps, journal } = account
  const fees = raisedFees(request.fees, await currentFees(reader, feeCaps), feeCaps)
  const attempt = await signAttempt(clients.writer, { ...request, fees })
  await journal.addAttempt(entry.ref, attempt)
  account.leftAtMs.set(entry.ref, performance.now())
  return await deliver(clients, { attempt, purpose: entry.purpose })
}

export function newestOf({ attempts }: JournalEntry): JournalEntry['attempts'][number] {
  const newest = attempts.at(-1)
  if (newest === undefined) throw new Error('An entry of the journal has at least one attempt.')
  return newest
}
