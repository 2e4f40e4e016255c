import type { Hex } from 'viem'
import type { SignedAgreement } from '../../protocol/Agreement.ts'
import { toHex } from '../../protocol/Bytes.ts'
import type { CooperativeClose } from '../../protocol/CooperativeClose.ts'
import * as Tariff from '../../protocol/Tariff.ts'
import type { ChannelRecord } from '../../ports/Store.ts'
import { StoreConflictError, StoreLimitError } from '../../ports/StoreErrors.ts'

/** Channels and agreements are handed out as lists, so there is a most of each. */
export const CHANNELS_MAX = 65_536
/** Of one channel. */
export const AGREEMENTS_MAX = 4_096

/** A payment or an adopted voucher must come after everything that the channel has. */
export function requireNext({ channelId, version, newest, closed }: requireNext.Options): void {
  if (closed) {
    throw new StoreConflictError({
      what: `Channel ${channelId}`,
      given: `version ${version}`,
      expected: 'none: closed',
    })
  }
  if (version <= newest) {
    const expected = `above ${newest}`
    throw new StoreConflictError({ what: `Version of channel ${channelId}`, given: version, expected })
  }
}
export declare namespace requireNext {
  type Options = {
    readonly channelId: Hex
    readonly version: bigint
    /** 0 when there is none. */
    readonly newest: bigint
    readonly closed: boolean
  }
}

/** What an adopted voucher drops: the versions above the one that it goes on from, up to its own. */
export type Dropped = { readonly after: bigint; readonly version: bigint }

/** What is dropped with one more. What was dropped behind its base is dropped in it, and no more of its own. */
export function withDropped(dropped: readonly Dropped[], next: Dropped): readonly Dropped[] {
  return [...dropped.filter(({ version }) => version <= next.after), next]
}

export function isDropped(given: bigint, dropped: readonly Dropped[]): boolean {
  return dropped.some(({ after, version }) => given > after && given < version)
}

export function unknownChannel(channelId: Hex): StoreConflictError {
  return new StoreConflictError({ what: 'Channel', given: channelId, expected: 'one that was added' })
}

/** A second close must be the first one. */
export function requireSameClose(given: CooperativeClose, kept: CooperativeClose): void {
  requireSame(`Close of channel ${given.channelId}`, closeText(given), closeText(kept))
}

/** A record that is added again must be the first one. */
export function requireSameRecord(given: ChannelRecord, kept: ChannelRecord): void {
  requireSame(`Record of channel ${given.channelId}`, recordText(given), recordText(kept))
}

/**
 * An agreement that is saved again must say the same. Its signatures may differ, because signing twice may give two of
 * them; those that were saved first are kept.
 */
export function requireSameAgreement(agreementHash: Hex, given: SignedAgreement, kept: SignedAgreement): void {
  requireSame(`Agreement ${agreementHash}`, agreementText(given), agreementText(kept))
}

function requireSame(what: string, given: string, kept: string): void {
  if (given !== kept) throw new StoreConflictError({ what, given, expected: kept })
}

/** Refuses one more of what there is a most of. */
export function requireBelow(what: string, count: number, max: number): void {
  if (count >= max) throw new StoreLimitError({ what, given: count + 1, expected: max })
}

function closeText({ cumulativeAmount, version, receiptsRoot }: CooperativeClose): string {
  return `${cumulativeAmount} at version ${version} with root ${receiptsRoot.toLowerCase()}`
}

function agreementText({ agreement, tariff }: SignedAgreement): string {
  const { payer, payee, tariffHash, validFrom, validUntil, salt } = agreement
  return [payer, payee, tariffHash, validFrom, validUntil, salt, toHex(Tariff.encode(tariff))].join(' ').toLowerCase()
}

function recordText({ channel, payerSigner, payeeSigner }: ChannelRecord): string {
  const { payer, beneficiary, token, terms } = channel
  const { payerBinding, funder, payee, payeeBinding, closeDelaySeconds, salt } = terms
  const fields = [payer, beneficiary, token, payerBinding, funder, payee, payeeBinding, closeDelaySeconds, salt]
  return [...fields, payerSigner, payeeSigner].join(' ').toLowerCase()
}
