import type { Address, Hex } from 'viem'
import type { Settleable } from '../../src/adapters/chain/settleRows.ts'

export const word = (byte: number): Hex => `0x${byte.toString(16).padStart(2, '0').repeat(32)}`
export const address = (byte: number): Address => `0x${byte.toString(16).padStart(2, '0').repeat(20)}`
const SIGNATURE: Hex = `0x${'aa'.repeat(32)}${'bb'.repeat(32)}`
const SECP256K1 = address(0x51)
export const P256: Hex = `0x${'52'.repeat(84)}`

type Shape = { channel: number; beneficiary?: number; token?: number; total?: bigint; payerSigner?: Hex }

/** A channel that nobody opened, and a voucher that nobody signed: the same for the same numbers. */
export function settleable({
  channel,
  beneficiary = 1,
  token = 2,
  total = 1n,
  payerSigner = SECP256K1,
}: Shape): Settleable {
  const channelId = word(channel)
  const terms = {
    payerBinding: word(3),
    funder: address(4),
    payee: word(5),
    payeeBinding: word(6),
    closeDelaySeconds: 7200,
    salt: word(channel),
  }
  return {
    record: {
      channelId,
      channel: { payer: word(7), beneficiary: address(beneficiary), token: address(token), terms },
      payerSigner,
      payeeSigner: SECP256K1,
    },
    voucher: { channelId, cumulativeAmount: total, version: 9n, receiptsRoot: word(8), signature: SIGNATURE },
  }
}
