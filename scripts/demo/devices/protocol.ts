import type { ChannelRecord, Deployment, PayeeTerms, PayerLimits } from '@musubi/sdk'
import type { Hex } from 'viem'

/** A device's key, handed over when its process starts; it is never written to a file. */
export type DeviceKey = { readonly kind: 'secp256k1' | 'p256'; readonly secret: Hex }

/** What every device process is told first. */
export type DeviceSetup = {
  readonly deployment: Deployment.Deployment
  readonly key: DeviceKey
  readonly storePath: string
}

/** A session as a device replays it, in the session's own time. */
export type Replay = {
  readonly channelId: Hex
  readonly reference: Hex
  readonly energyWh: number
  readonly whPerPayment: number
  readonly startsAt: number
  readonly endsAt: number
}

/** What the demo asks a car. */
export type CarCommand =
  | { readonly type: 'setup'; readonly setup: DeviceSetup }
  | {
      readonly type: 'charge'
      readonly replay: Replay
      readonly record: ChannelRecord
      readonly limits: PayerLimits
      readonly url: string
    }
  | { readonly type: 'totals' }
  | { readonly type: 'stop' }

export type CarReport =
  | { readonly type: 'ready' }
  | { readonly type: 'paid'; readonly reference: Hex; readonly paidWh: number }
  | { readonly type: 'charged'; readonly reference: Hex; readonly reconnections: number }
  | { readonly type: 'totals'; readonly totals: readonly Total[] }
  | { readonly type: 'stopped' }
  | { readonly type: 'failed'; readonly error: string }

/** What the demo asks a charging station. */
export type StationCommand =
  | {
      readonly type: 'setup'
      readonly setup: DeviceSetup
      readonly rpcUrl: string
      readonly port: number
      readonly records: readonly ChannelRecord[]
      readonly terms: PayeeTerms
      readonly replay?: Replay
    }
  | { readonly type: 'session'; readonly replay: Replay }
  | { readonly type: 'refresh'; readonly channelId: Hex }
  | { readonly type: 'vouchers' }
  | { readonly type: 'close'; readonly channelId: Hex }
  | { readonly type: 'export'; readonly path: string }
  | { readonly type: 'stop' }

export type StationReport =
  | { readonly type: 'ready'; readonly url: string; readonly port: number }
  | { readonly type: 'serving' }
  | { readonly type: 'refreshed'; readonly reachable: boolean }
  | { readonly type: 'vouchers'; readonly vouchers: readonly StationVoucher[] }
  | { readonly type: 'closing'; readonly close: SignedTotal }
  | { readonly type: 'exported'; readonly path: string }
  | { readonly type: 'stopped' }
  | { readonly type: 'failed'; readonly error: string }

/** A channel's total and the number of its payments, by a device's own store. */
export type Total = {
  readonly channelId: Hex
  readonly cumulativeAmount: bigint
  readonly payments: number
  readonly energyWh: number
  readonly receiptsRoot: Hex
}

export type SignedTotal = {
  readonly channelId: Hex
  readonly cumulativeAmount: bigint
  readonly version: bigint
  readonly receiptsRoot: Hex
  readonly signature: Hex
}
export type StationVoucher = { readonly record: ChannelRecord; readonly voucher: SignedTotal }
