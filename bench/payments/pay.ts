import type { PayerSession } from '@musubi/sdk'
import { REFERENCE } from './fixture.ts'

/** What can pay: a session with its peer somewhere else. */
export type Paying = Pick<PayerSession, 'pay'>

const QUANTITY = 100n

/** Pays on all channels at the same time, on each one payment after another: `payments` of them or a few more. */
export async function payAll(
  sessions: readonly Paying[],
  payments: number,
): Promise<{ made: number; perSecond: number }> {
  const each = Math.ceil(payments / sessions.length)
  const startedAt = performance.now()
  await Promise.all(sessions.map((session) => payInTurn(session, each)))
  const made = each * sessions.length
  return { made, perSecond: made / ((performance.now() - startedAt) / 1000) }
}

/** Milliseconds of each payment on one channel, from the wish to pay to the payee's word that it is on disk. */
export async function latencies(session: Paying, payments: number): Promise<number[]> {
  const taken: number[] = []
  for (let index = 0; index < payments; index++) {
    const startedAt = performance.now()
    await session.pay({ reference: REFERENCE, quantity: QUANTITY })
    taken.push(performance.now() - startedAt)
  }
  return taken
}

async function payInTurn(session: Paying, count: number): Promise<void> {
  for (let index = 0; index < count; index++) await session.pay({ reference: REFERENCE, quantity: QUANTITY })
}
