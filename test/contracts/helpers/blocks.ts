import type { TransactionResponse } from 'ethers'
import { ethers, networkHelpers } from './world.ts'

/** Mines what `send` sends in one block, which comes in the second `at`. A transaction that reverts needs its own gas limit. */
export async function inOneBlock(
  at: bigint | number,
  send: () => Promise<TransactionResponse[]>,
): Promise<TransactionResponse[]> {
  await ethers.provider.send('evm_setAutomine', [false])
  try {
    const sent = await send()
    await networkHelpers.time.setNextBlockTimestamp(at)
    await ethers.provider.send('evm_mine', [])
    return sent
  } finally {
    await ethers.provider.send('evm_setAutomine', [true])
  }
}
