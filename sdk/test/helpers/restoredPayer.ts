import { MemoryStore } from '../../src/adapters/store/memoryStore.ts'
import type { RoleWorld } from './roleWorld.ts'
import { agreedRoles, itemOf, roleWorld } from './roleWorld.ts'

/** A payer that has paid three times, and one that was restored from a backup made after the first payment. */
export async function restoredPayer(world: RoleWorld = roleWorld()) {
  const { payer, payee } = await agreedRoles(world)
  const payments = []
  for (const units of [1n, 2n, 3n]) payments.push(await payer.pay(itemOf(units)))
  for (const payment of payments) await payee.accept(payment)

  const backup = new MemoryStore()
  await backup.addChannel(world.record)
  await backup.append(payments[0]!)
  const old = await world.openPayer({ store: backup })
  return { world, payer, payee, payments, backup, old }
}
