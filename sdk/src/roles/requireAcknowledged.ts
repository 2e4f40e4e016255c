import * as Acknowledgement from '../protocol/Acknowledgement.ts'
import { fromHex } from '../protocol/Bytes.ts'
import type { Domain } from '../protocol/Domain.ts'
import type { Progress } from '../protocol/Payment.ts'
import { HistoryMismatchError, WrongSignerError } from '../protocol/PaymentErrors.ts'
import type { SignatureVerifier } from '../ports/SignatureVerifier.ts'
import type { ChannelRecord } from '../ports/Store.ts'

/** Checks that the payee has signed, and that it signed all that was sent to it. Gives the acknowledgement alone. */
export function requireAcknowledged(
  acknowledgement: Acknowledgement.SignedAcknowledgement,
  { record, expected, verifier, escrowDomain }: requireAcknowledged.Options,
): Acknowledgement.SignedAcknowledgement {
  const { payeeSigner, channelId } = record
  const digest = Acknowledgement.hasher({ channelId, domain: escrowDomain })(acknowledgement)
  if (!verifier.verify(payeeSigner, digest, fromHex(acknowledgement.signature))) {
    throw new WrongSignerError({ what: 'acknowledgement', expected: payeeSigner })
  }
  for (const field of ['version', 'cumulativeAmount', 'receiptsRoot'] as const) {
    if (acknowledgement[field] === expected[field]) continue
    throw new HistoryMismatchError({ given: acknowledgement[field], expected: expected[field] })
  }
  const { version, cumulativeAmount, receiptsRoot, signature } = acknowledgement
  return { channelId, version, cumulativeAmount, receiptsRoot, signature }
}
export declare namespace requireAcknowledged {
  type Options = {
    readonly record: ChannelRecord
    readonly expected: Progress
    readonly verifier: SignatureVerifier
    readonly escrowDomain: Domain
  }
}
