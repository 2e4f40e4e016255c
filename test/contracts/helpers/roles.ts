import type { World } from './world.ts'

/** Any number that the access manager does not reserve. */
const ROLE = 7n

/** Lets `account` call one of the registry's restricted functions, after `delaySeconds`. */
export async function giveRole(world: World, account: string, functionName: string, delaySeconds = 0): Promise<void> {
  const { manager, registry } = world
  const { selector } = registry.interface.getFunction(functionName)!
  await manager.setTargetFunctionRole(registry.target, [selector], ROLE)
  await manager.grantRole(ROLE, account, delaySeconds)
}
