import type { ChannelRecord, Deployment, FreshnessChain, PayeeTerms, PayerLimits } from '@musubi/sdk'
import type { Hex } from 'viem'

/** A device's key, handed over when its process starts; it is never written to a file. */
export type DeviceKey = { readonly kind: 'secp256k1' | 'p256'; readonly secret: Hex }

/** What every device process is told first. */
export type DeviceSetup = {
  readonly deployment: Deployment.Deployment
  readonly key: DeviceKey
  readonly storePath: string
  readonly identity: IdentitySetup
}

/** What a device is given to show who answers for it, and to judge what others show. */
export type IdentitySetup = {
  /** Its own, without freshness: the file that a device keeps. */
  readonly credential: Uint8Array
  readonly trustList: Uint8Array
  /** Of whoever runs the stations. */
  readonly trustListSigner: Hex
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

/** A session that a device goes to, with the newest word on its own binding. */
export type Visit = { readonly replay: Replay; readonly token: FreshnessChain.FreshnessToken }

/** What the demo asks a car. */
export type CarCommand =
  | { readonly type: 'setup'; readonly setup: DeviceSetup }
  | {
      readonly type: 'charge'
      readonly visit: Visit
      readonly record: ChannelRecord
      readonly limits: PayerLimits
      readonly url: string
    }
  | { readonly type: 'totals' }
  | { readonly type: 'stop' }

export type CarReport =
  | { readonly type: 'ready' }
  | { readonly type: 'paid'; readonly reference: Hex; readonly paidWh: number }
  | {
      readonly type: 'charged'
      readonly reference: Hex
      readonly reconnections: number
      /** Who answers for the station, by what it showed. */
      readonly payeePartyId: Hex | undefined
    }
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
      readonly visit?: Visit
    }
  | { readonly type: 'session'; readonly visit: Visit }
  | { readonly type: 'met'; readonly deviceId: Hex }
  | { readonly type: 'refresh'; readonly channelId: Hex }
  | { readonly type: 'vouchers' }
  | { readonly type: 'close'; readonly channelId: Hex }
  | { readonly type: 'export'; readonly path: string }
  | { readonly type: 'stop' }

export type StationReport =
  | { readonly type: 'ready'; readonly url: string; readonly port: number }
  | { readonly type: 'serving' }
  /** Who answers for a car, by what it showed since the station was started. */
  | { readonly type: 'met'; readonly partyId: Hex | undefined }
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
