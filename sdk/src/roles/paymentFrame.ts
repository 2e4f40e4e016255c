import * as Wire from '../protocol/Message.ts'
import type { Payment } from '../protocol/Payment.ts'

/** A payment as it travels: its receipts root is not sent. */
export function paymentFrame({ item, ...payment }: Payment): Uint8Array {
  const { channelId, version, cumulativeAmount, amount, timestamp, signature } = payment
  return Wire.encode({
    type: 'payment',
    channelId,
    version,
    cumulativeAmount,
    amount,
    timestamp,
    ...item,
    signature,
  })
}
