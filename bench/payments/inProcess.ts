import { join } from 'node:path'
import { machineTimers, memoryPair, servePayer } from '@musubi/sdk'
import { channelRecords, openSide } from './fixture.ts'
import { payAll } from './pay.ts'
import { requireStored } from './requireStored.ts'
import { openPayee, startPayer } from './sessions.ts'

/** Payments per second of both sides in one process: no network, two stores on disk. */
export async function measureInProcess({ folder, payments, channels }: measureInProcess.Options): Promise<number> {
  const paths = { payer: join(folder, 'in-process-payer.sqlite'), payee: join(folder, 'in-process-payee.sqlite') }
  const payerSide = await openSide('payer', paths.payer)
  const payeeSide = await openSide('payee', paths.payee)
  const sessions = []
  for (const record of await channelRecords(channels)) {
    const { left: near, right: far } = memoryPair()
    const payee = await openPayee(record, payeeSide)
    void servePayer({ connection: far, payeeOf: () => Promise.resolve(payee), timers: machineTimers })
    sessions.push(await startPayer(record, { side: payerSide, connection: near }))
  }
  const { made, perSecond } = await payAll(sessions, payments)
  await Promise.all(sessions.map((session) => session.close()))
  await Promise.all([payerSide.store.dispose(), payeeSide.store.dispose()])
  for (const role of ['payer', 'payee'] as const) await requireStored(role, { path: paths[role], payments: made })
  return perSecond
}
export declare namespace measureInProcess {
  type Options = { readonly folder: string; readonly payments: number; readonly channels: number }
}
