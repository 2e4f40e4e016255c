import type { Address } from 'viem'
import * as History from '../protocol/History.ts'
import type { ChannelRecord, Store } from '../ports/Store.ts'

/** The lines of every channel of a store on which something was paid, in the order of {@link History.Line}. */
export async function* exportHistory(store: Store, place: exportHistory.Place): AsyncGenerator<string> {
  for (const record of await store.channels()) {
    const newest = await store.newest(record.channelId)
    if (newest === undefined) continue
    yield History.stringify(channelLine(record, place))
    for (const signed of await store.agreements(record.channelId)) {
      yield History.stringify({ kind: 'agreement', channelId: record.channelId, ...signed })
    }
    for await (const payment of store.payments(record.channelId, 0n)) {
      // Accepted since the voucher was read: its root proves what came before.
      if (payment.version > newest.version) break
      yield History.stringify(History.receiptLine(payment))
    }
    const { channelId, cumulativeAmount, version, receiptsRoot, signature } = newest
    yield History.stringify({ kind: 'voucher', channelId, cumulativeAmount, version, receiptsRoot, signature })
  }
}
export declare namespace exportHistory {
  type Place = { readonly chainId: number; readonly escrow: Address }
}

function channelLine(record: ChannelRecord, { chainId, escrow }: exportHistory.Place): History.Line {
  const { channelId, channel, payerSigner, payeeSigner } = record
  return { kind: 'channel', version: 1, chainId, escrow, channelId, channel, payerSigner, payeeSigner }
}
