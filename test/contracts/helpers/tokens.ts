import type { ContractName, Deployed } from './deployed.ts'
import { YEN, deploy, deployWorld, networkHelpers } from './world.ts'
import type { World } from './world.ts'

export const RICH = 1_000_000n * YEN

type MockToken = Extract<
  ContractName,
  | 'FreeToken'
  | 'FeeToken'
  | 'BlockingToken'
  | 'FalseToken'
  | 'LyingToken'
  | 'SilentToken'
  | 'ReenteringToken'
  | 'ZooToken'
>

/** The world with another token, of which the funder has as much, and has approved it. */
export async function worldWithToken<Name extends MockToken>(name: Name) {
  const world = await networkHelpers.loadFixture(deployWorld)
  const token = await addToken(world, name)
  // All that the helpers ask of the world's token, a mock answers too.
  return { world: { ...world, token: token as unknown as World['token'] }, token }
}

export async function addToken<Name extends MockToken>(world: World, name: Name): Promise<Deployed<Name>> {
  const token = await deploy(name)
  const free = token as unknown as Deployed<'FreeToken'>
  await free.mint(world.funder.address, RICH)
  await free.connect(world.funder).approve(world.escrow.target, RICH)
  return token
}
