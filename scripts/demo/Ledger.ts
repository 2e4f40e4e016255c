import { escrowClient, localJpyTokenAbi, registryClient, tokenClient } from '@musubi/sdk'
import type { ChainReader, Deployment } from '@musubi/sdk'
import type { Address } from 'viem'
import type { Wallet } from './accounts.ts'
import { DemoError } from './DemoError.ts'

/** The deployed contracts, as each account uses them. */
export class Ledger {
  readonly deployment: Deployment.Deployment
  readonly token: Address
  readonly reader: ChainReader

  constructor(reader: ChainReader, deployment: Deployment.Deployment) {
    if (deployment.settlementToken === undefined) {
      throw new DemoError('The deployment has no settlement token.', { next: 'Deploy to a local chain.' })
    }
    this.deployment = deployment
    this.token = deployment.settlementToken
    this.reader = reader
  }

  registry(clients: Wallet) {
    return registryClient({ clients, deployment: this.deployment })
  }

  escrow(clients: Wallet) {
    return escrowClient({ clients, deployment: this.deployment })
  }

  /** Gives an account local yen, and lets the escrow collect them. */
  async provide(wallet: Wallet, { minter, amount }: { minter: Wallet; amount: bigint }): Promise<void> {
    const mint = {
      address: this.token,
      abi: localJpyTokenAbi,
      functionName: 'mint',
      args: [wallet.address, amount],
    } as const
    const hash = await minter.writer.writeContract(mint)
    await this.reader.waitForTransactionReceipt({ hash })
    await tokenClient({ clients: wallet, token: this.token }).approve({
      spender: this.deployment.channelEscrow,
      amount,
    })
  }

  /** Time of the newest block, in seconds. */
  async now(): Promise<number> {
    return Number((await this.reader.getBlock()).timestamp)
  }
}
