import { dataSlice, getAddress, id } from 'ethers'
import { secp256k1Device } from './devices.ts'
import { networkHelpers } from './world.ts'
import type { World } from './world.ts'

/** The index of the world's own attester. */
export const FIRST = 1

/** The same world, in which another attester, newly accredited, vouches for what is bound. */
export async function withAnotherAttester<Given extends World>(
  world: Given,
  seed = 'another attester',
): Promise<Given> {
  const attesterDevice = secp256k1Device(seed)
  await world.registry.accredit(attesterDevice.wallet.address)
  return { ...world, attesterDevice, attester: attesterDevice.wallet }
}

/** Accredits attesters that never sign, until the next one has the given index. */
export async function accreditUntil({ registry }: World, next: number): Promise<void> {
  const first = Number(await registry.accredit.staticCall(nobody(0)))
  for (let index = first; index < next; index++) await registry.accredit(nobody(index))
}

/** Marks an attester's key as in wrong hands from `since` on: now unless told. Returns the second of the mark. */
export async function mark({ registry }: World, index: number, since?: number | bigint): Promise<number> {
  await registry.markCompromised(index, since ?? (await networkHelpers.time.latest()))
  return networkHelpers.time.latest()
}

function nobody(number: number): string {
  return getAddress(dataSlice(id(`nobody ${number}`), 0, 20))
}
