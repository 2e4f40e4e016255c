/** What the model and the contract are told alike: bindings, fleets, and who signed. */
import type { Hex } from 'viem'

export type { Hex }
export const NO_ID: Hex = `0x${'00'.repeat(32)}`
export const NO_ACCOUNT: Hex = `0x${'00'.repeat(20)}`

export type Binding = {
  readonly deviceId: Hex
  readonly partyId: Hex
  readonly attester: Hex
  readonly validFrom: number
  readonly validUntil: number
  readonly funder: Hex
  readonly funding: number
  readonly token: Hex
  readonly maxPerPayment: bigint
  readonly maxPerPeriod: bigint
  readonly periodSeconds: number
  readonly approvers: Hex
  readonly billingRef: Hex
  readonly freshnessTip: Hex
  readonly previous: Hex
}
export type Named = { readonly id: Hex; readonly binding: Binding }

export type Fleet = {
  readonly id: Hex
  readonly root: Hex
  readonly count: number
  readonly partyId: Hex
  readonly attester: Hex
  readonly validFrom: number
  readonly validUntil: number
  /** What its tree holds; one that names something else than the fleet does is a leaf of nobody. */
  readonly leaves: readonly Named[]
}

/** Somebody with a key: a device, a party, an attester. */
export type Key = { readonly id: Hex; readonly account: Hex }
/** Whose signature is sent along, and whether it is over the message that is sent. */
export type Signed = { readonly by: Key; readonly overThis: boolean }
/** What a message about a record says besides the record's id. */
export type Told = { readonly sequence: number; readonly deadline: number }

/** A call that the registry refuses, by the name of its error. */
export class Refused extends Error {}

export function refuseIf(condition: boolean, problem: string): void {
  if (condition) throw new Refused(problem)
}

/** Whether the signature is one of this signer or account, over the message. */
export function isOf({ by, overThis }: Signed, expected: Hex): boolean {
  return overThis && (by.id === expected || by.account === expected)
}
