import type { Store } from '@musubi/sdk'
import type { Hex } from 'viem'
import type { Replay } from './protocol.ts'

/**
 * The energy that was paid for, by session, as the device's store has it: right also after the process was killed. Each
 * payment is read once, or a channel with many sessions would be read again from its start by each of them.
 */
export class PaidEnergy {
  readonly #store: Store
  readonly #channels = new Map<Hex, { version: bigint; readonly wh: Map<Hex, number> }>()

  constructor(store: Store) {
    this.#store = store
  }

  async inWh({ channelId, reference }: Replay): Promise<number> {
    const read = this.#channels.get(channelId) ?? { version: 0n, wh: new Map<Hex, number>() }
    this.#channels.set(channelId, read)
    for await (const { item, version } of this.#store.payments(channelId, read.version)) {
      read.version = version
      read.wh.set(item.reference, (read.wh.get(item.reference) ?? 0) + Number(item.quantity))
    }
    return read.wh.get(reference) ?? 0
  }
}
