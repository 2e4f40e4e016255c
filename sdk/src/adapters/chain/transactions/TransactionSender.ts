import type { Hex, TransactionReceipt } from 'viem'
import { CancelledError, UnknownTransactionError } from '../../../ports/TransactionErrors.ts'
import type { JournalEntry, TransactionJournal } from '../../../ports/TransactionJournal.ts'
import { requireSameOwner } from '../../store/owner.ts'
import type { CallSender, ChainCall, Mined } from '../chainCall.ts'
import type { ChainClients } from '../chainClients.ts'
import { asking } from '../failures.ts'
import { effectOf } from '../transact.ts'
import { tryCall } from '../trial.ts'
import type { Account } from './Account.ts'
import { requestOf, signAttempt } from './Attempts.ts'
import type { Confirmed, confirm } from './Confirmation.ts'
import { confirmAny } from './Confirmation.ts'
import { deliver, isNonceTaken } from './Delivery.ts'
import type { FeeCaps } from './Fees.ts'
import { FEE_CAPS, currentFees } from './Fees.ts'
import { nextNonce } from './Nonces.ts'
import { pursue, takenError } from './Pursuit.ts'
import { sendCancel } from './Replacement.ts'
import type { Landed } from './Sightings.ts'
import { tend } from './Upkeep.ts'

const RECEIPT_TIMEOUT_MS = 120_000
const STUCK_AFTER_MS = 45_000

/**
 * Sends the transactions of one account: each is signed and on disk before it leaves, is sent again when it is dropped, and
 * raised when it is stuck. After a crash the next process finds what the last one signed.
 *
 * @example
 * const journal = await openSqliteJournal({ path: 'relayer.journal', owner: { chainId, account: account.address } })
 * const sender = TransactionSender.open({ clients, journal })
 * const escrow = escrowClient({ clients: { ...clients, sender }, deployment })
 */
export class TransactionSender implements CallSender {
  readonly #account: Account
  #last: Promise<unknown> = Promise.resolve()

  private constructor(account: Omit<Account, 'inTurn'>) {
    this.#account = { ...account, inTurn: (run) => this.#inTurn(run) }
  }

  /** Refuses a journal of another chain or account. Asks the node nothing: a device starts where there is no network, too. */
  static open({ clients, journal, feeCaps, stuckAfterMs }: TransactionSender.Options): TransactionSender {
    const { reader, writer } = clients
    const account = writer.account.address
    requireSameOwner(journal.owner, { chainId: writer.chain.id, account })
    return new TransactionSender({
      clients,
      reader,
      account,
      journal,
      feeCaps: { ...FEE_CAPS, ...feeCaps },
      stuckAfterMs: stuckAfterMs ?? STUCK_AFTER_MS,
      leftAtMs: new Map(),
      startedAtMs: performance.now(),
      seenIn: new Map(),
    })
  }

  /**
   * Sends again what an earlier process left unmined, ends what has become final, and gives what is still open. Every
   * `send` does the same first; call it when there is nothing to send.
   */
  async resume(): Promise<readonly JournalEntry[]> {
    return await this.#inTurn(async () => {
      await tend(this.#account)
      return await this.#account.journal.open()
    })
  }

  /**
   * Tries a call, signs it, keeps it, sends it, and waits until one of its attempts is in a block. With a `key` it acts once:
   * a later call of that key, in this process or another, gets the outcome of the first one, until that is known for
   * good to have done nothing.
   */
  async send(call: ChainCall, { key }: { readonly key?: string } = {}): Promise<Mined> {
    const entry = await this.#inTurn(async () => {
      await tend(this.#account)
      return (await this.#standing(key)) ?? (await this.#start(call, key))
    })
    return await effectOf(this.#account.clients, call, requireCall(entry, await this.#landing(entry)))
  }

  /** Waits until a transaction of the journal lies deep enough, and sends it again when a reorganisation drops it. */
  async confirm(hash: Hex, options: confirm.Options): Promise<Confirmed> {
    const entry = await this.#require(hash)
    const { clients, reader } = this.#account
    return await confirmAny(reader, options, {
      landing: async (timeoutMs) => requireCall(entry, await this.#landing(entry, timeoutMs)),
      effect: (receipt) => effectOf(clients, callOf(entry), receipt),
    })
  }

  /**
   * Puts a transaction that does nothing in the place of one that waits, and tells which of them was mined: after
   * `cancelled` a `send` that waits throws `CancelledError`.
   */
  async cancel(hash: Hex): Promise<'cancelled' | 'mined'> {
    const entry = await this.#inTurn(async () => {
      const known = await this.#require(hash)
      if (known.end === undefined) await sendCancel(this.#account, known)
      return known
    })
    const { attempt } = await this.#landing(entry)
    return attempt.kind === 'cancel' ? 'cancelled' : 'mined'
  }

  /** What was asked for by this key before, and may have taken effect. */
  async #standing(key: string | undefined): Promise<JournalEntry | undefined> {
    const entry = key === undefined ? undefined : await this.#account.journal.byKey(key)
    return entry?.end === undefined || entry.end.kind === 'mined' ? entry : undefined
  }

  async #start(call: ChainCall, key: string | undefined): Promise<JournalEntry> {
    const { clients, reader, journal, feeCaps, leftAtMs } = this.#account
    const gas = await tryCall(clients, call)
    const fees = await currentFees(reader, feeCaps)
    const nonce = await nextNonce(this.#account)
    const { to, data, name: purpose } = call
    const attempt = await signAttempt(clients.writer, { kind: 'call', nonce, to, data, gas, fees })
    const entry = await journal.add({ nonce, purpose, key, attempt })
    leftAtMs.set(entry.ref, performance.now())

    const refusal = await deliver(clients, { attempt, purpose })
    if (refusal === undefined) return entry
    // No node took it: its nonce is the next one's.
    await journal.end(entry.ref, { kind: 'refused' })
    throw isNonceTaken(refusal) ? takenError(entry, refusal) : refusal
  }

  async #landing(entry: JournalEntry, timeoutMs?: number): Promise<Landed> {
    const { clients, reader } = this.#account
    if (entry.end === undefined || !('hash' in entry.end)) {
      return await pursue(this.#account, entry, timeoutMs ?? clients.receiptTimeoutMs ?? RECEIPT_TIMEOUT_MS)
    }
    const { hash } = entry.end
    const attempt = entry.attempts.find((each) => each.hash === hash)
    if (attempt === undefined) throw new UnknownTransactionError({ given: hash })
    const receipt = await asking(reader, 'a receipt', () => reader.getTransactionReceipt({ hash }))
    return { kind: 'landed', attempt, receipt }
  }

  async #require(hash: Hex): Promise<JournalEntry> {
    const entry = await this.#account.journal.byHash(hash)
    if (entry === undefined) throw new UnknownTransactionError({ given: hash })
    return entry
  }

  async #inTurn<result>(run: () => Promise<result>): Promise<result> {
    const mine = this.#last.then(run)
    // The next one starts whether or not this one worked; its failure is its caller's.
    this.#last = mine.catch(() => undefined)
    return await mine
  }
}
export declare namespace TransactionSender {
  type Options = {
    readonly clients: ChainClients
    readonly journal: TransactionJournal
    /** Most that is offered for gas. */
    readonly feeCaps?: Partial<FeeCaps>
    /** After how many milliseconds without a block a transaction is replaced by one that offers more. */
    readonly stuckAfterMs?: number
  }
}

/** The call that an entry is for; an attempt to cancel it is never its first one. */
function callOf({ purpose: name, attempts: [first] }: JournalEntry): ChainCall {
  if (first === undefined) throw new Error('An entry of the journal has at least one attempt.')
  const { to, data } = requestOf(first)
  return { to, data, name }
}

function requireCall({ purpose }: JournalEntry, { attempt, receipt }: Landed): TransactionReceipt {
  if (attempt.kind === 'cancel') throw new CancelledError({ given: attempt.hash, call: purpose })
  return receipt
}
