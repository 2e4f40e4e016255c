import { openSide } from './fixture.ts'

/** Opens a side's store again, and fails unless it holds every payment: what is not on disk was not measured. */
export async function requireStored(role: 'payer' | 'payee', { path, payments }: requireStored.Options): Promise<void> {
  const { store } = await openSide(role, path)
  let stored = 0
  for (const { channelId } of await store.channels()) {
    for await (const { version } of store.payments(channelId, 0n)) if (version > 0n) stored += 1
  }
  await store.dispose()
  if (stored !== payments) throw new Error(`The ${role}'s store holds ${stored} payments; expected ${payments}.`)
}
export declare namespace requireStored {
  type Options = { readonly path: string; readonly payments: number }
}
