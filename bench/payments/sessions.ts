import { Payee, Payer, PayerSession, machineTimers } from '@musubi/sdk'
import type { ChannelRecord, Connection } from '@musubi/sdk'
import { CLOCK, DOMAINS, LIMITS, OPEN_CHAIN, TERMS } from './fixture.ts'
import type { Side } from './fixture.ts'

/** Opens the payer's side of a channel over a connection. */
export async function startPayer(
  record: ChannelRecord,
  { side, connection }: { side: Side; connection: Connection },
): Promise<PayerSession> {
  const payer = await Payer.open({ record, domains: DOMAINS, clock: CLOCK, limits: LIMITS, ...side })
  const { verifier } = side
  return PayerSession.start({ payer, connection, verifier, escrowDomain: DOMAINS.escrow, timers: machineTimers })
}

/** Opens the payee's side of a channel. */
export async function openPayee(record: ChannelRecord, side: Side): Promise<Payee> {
  const payee = await Payee.open({ record, domains: DOMAINS, clock: CLOCK, terms: TERMS, chain: OPEN_CHAIN, ...side })
  await payee.refresh()
  return payee
}
