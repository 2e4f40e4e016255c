import type { Deployment } from '@musubi/sdk'
import type { Hex } from 'viem'
import type { DeviceKey } from './protocol.ts'

/** All that a charger has. There is no chain in it. */
export type ChargerSetup = {
  readonly deployment: Deployment.Deployment
  readonly key: DeviceKey
  /** The file that whoever runs the chargers brought to it. */
  readonly trustList: Uint8Array
  readonly trustListSigner: Hex
  readonly freshnessAgeMaxSeconds: number
}

/** What the demo tells a charger: what somebody does at it, and what its clock shows then. */
export type ChargerCommand =
  | { readonly type: 'setup'; readonly now: number; readonly setup: ChargerSetup }
  | { readonly type: 'challenge'; readonly now: number; readonly purpose: Hex }
  | { readonly type: 'verify'; readonly now: number; readonly presentation: Uint8Array }
  | { readonly type: 'learn'; readonly now: number; readonly trustList: Uint8Array }
  | { readonly type: 'stop' }

export type ChargerReport =
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly answer: Answer }
  | { readonly type: 'stopped' }
  | { readonly type: 'failed'; readonly error: string }

export type Refusal = { readonly kind: 'refused'; readonly error: string; readonly message: string }
export type Answer =
  | {
      readonly kind: 'accepted'
      /** Who answers for the device. */
      readonly partyId: Hex
      readonly freshnessAgeSeconds: number | undefined
    }
  | Refusal
  | { readonly kind: 'challenge'; readonly challenge: Hex }
  | { readonly kind: 'learnt'; readonly version: number }
