import type { Hex } from 'viem'
import { hashTypedData } from 'viem'
import { requestCloseTypes } from '../generated/typedData.ts'
import type { Domain } from './Domain.ts'

/** Asks for the close of a channel without the payee's word. Signed by its payer, its funder or the payer's liable party. */
export type RequestClose = {
  readonly channelId: Hex
  /** Last second in which it can be relayed. */
  readonly deadline: number
}
/** With the signature of whoever asks. */
export type SignedRequestClose = RequestClose & { readonly signature: Hex }

/** What payer, funder or liable party sign, in the escrow's domain. */
export function digest({ channelId, deadline }: RequestClose, domain: Domain): Hex {
  const message = { channelId, deadline }
  return hashTypedData({ domain, types: requestCloseTypes, primaryType: 'RequestClose', message })
}
