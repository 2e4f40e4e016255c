import type { IdentityVerifier, Secp256k1Backend } from '@musubi/sdk'
import { median } from '../payments/statistics.ts'
import type { Holder } from './verifiers.ts'
import { newVerifier, show } from './verifiers.ts'

/** How long a verifier takes that meets each device for the first time, and then again. Medians over the devices. */
export async function measureContacts(holders: readonly Holder[], backend: Secp256k1Backend): Promise<Contacts> {
  const identities = await newVerifier({ backend, showingsMax: 1 })
  const firstMs = median(await meetInTurn(holders, identities))
  return { firstMs, repeatMs: median(await meetInTurn(holders, identities)) }
}
export type Contacts = { readonly firstMs: number; readonly repeatMs: number }

/** Verdicts a second on devices that the verifier knows, each one awaited before the next. */
export async function measureVerdicts(holders: readonly Holder[], backend: Secp256k1Backend): Promise<number> {
  const identities = await newVerifier({ backend, showingsMax: holders.length })
  await meetInTurn(holders, identities)
  const shown: Uint8Array[] = []
  for (const holder of holders) shown.push(await show(holder, identities))
  const startedAt = performance.now()
  for (const bytes of shown) await identities.verify(bytes)
  return holders.length / ((performance.now() - startedAt) / 1000)
}

/** Milliseconds from the bytes to the verdict, of each device. */
async function meetInTurn(holders: readonly Holder[], identities: IdentityVerifier): Promise<number[]> {
  const taken: number[] = []
  for (const holder of holders) {
    const bytes = await show(holder, identities)
    const startedAt = performance.now()
    await identities.verify(bytes)
    taken.push(performance.now() - startedAt)
  }
  return taken
}
