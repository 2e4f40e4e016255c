import { expect } from 'chai'
import type { World } from './world.ts'

/** That the registry refuses with its own error and these values. */
export async function expectReverts(
  { registry }: Pick<World, 'registry'>,
  sent: Promise<unknown>,
  problem: string,
  args: readonly unknown[],
): Promise<void> {
  await expect(sent)
    .to.be.revertedWithCustomError(registry, `IdentityRegistry_${problem}`)
    .withArgs(...args)
}
