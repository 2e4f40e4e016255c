import { secp256k1Device } from './devices.ts'
import type { World } from './world.ts'

/** The same world, in which another attester, newly accredited, vouches for what is bound. */
export async function withAnotherAttester<Given extends World>(world: Given): Promise<Given> {
  const attesterDevice = secp256k1Device('another attester')
  await world.registry.accredit(attesterDevice.wallet.address)
  return { ...world, attesterDevice, attester: attesterDevice.wallet }
}
