import type { Hex } from 'viem'
import * as Channel from '../protocol/Channel.ts'
import type { Domain } from '../protocol/Domain.ts'
import { WrongRecordError } from '../protocol/PaymentErrors.ts'
import * as SignerId from '../protocol/SignerId.ts'
import type { ChannelRecord } from '../ports/Store.ts'

/**
 * Checks that a record is of one channel, and that the device takes part in it. A role that took another key for its
 * peer's would sign, or serve, for what no settlement accepts.
 */
export function requireRecord(record: ChannelRecord, { domain, own, ownId }: requireRecord.Options): void {
  const { channelId, channel, payerSigner, payeeSigner } = record
  requireSame('channelId', channelId, Channel.id(channel, domain))
  requireSame('payer', channel.payer, SignerId.of(payerSigner))
  requireSame('payee', channel.terms.payee, SignerId.of(payeeSigner))
  requireSame("this device's id", ownId, SignerId.of(own))
}
export declare namespace requireRecord {
  type Options = {
    /** The escrow's. */
    readonly domain: Domain
    /** The device's ERC-7913 signer. */
    readonly own: Hex
    /** What the channel names for it. */
    readonly ownId: Hex
  }
}

function requireSame(field: string, given: Hex, expected: Hex): void {
  if (given.toLowerCase() !== expected) throw new WrongRecordError({ field, given, expected })
}
