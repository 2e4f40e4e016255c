import type { ContractTransactionResponse } from 'ethers'
import type { World } from './world.ts'

/** What the escrow emitted in a transaction, in order, each as its name and its values. */
export async function escrowEventsOf(
  { escrow }: World,
  sending: Promise<ContractTransactionResponse>,
): Promise<unknown[][]> {
  const receipt = await (await sending).wait()
  const events = receipt!.logs.map((log) => escrow.interface.parseLog(log))
  return events.filter((event) => event !== null).map(({ name, args }) => [name, ...args])
}
