import type { Address, Hex } from 'viem'
import { getAddress, numberToHex } from 'viem'
import type { SignedAgreement } from '../protocol/Agreement.ts'
import type { ChannelView } from '../protocol/ChannelView.ts'
import type { CooperativeClose } from '../protocol/CooperativeClose.ts'
import type { Payment } from '../protocol/Payment.ts'
import * as Tariff from '../protocol/Tariff.ts'
import type { SignedVoucher } from '../protocol/Voucher.ts'
import type { ChannelRecord, StoreOwner } from '../ports/Store.ts'

/**
 * What a store is tried with. It checks no signature and no chain of hashes, so these are numbers in the right shape: each
 * is different, so that a store that mixes up two fields is found out.
 */
export const owner: StoreOwner = { chainId: 31_337, escrow: address(1), deviceId: word(2) }

export function word(value: bigint | number): Hex {
  return numberToHex(value, { size: 32 })
}

export function address(value: bigint | number): Address {
  // The upper half is filled, so that the checksum's capitals are put to the test.
  return getAddress(numberToHex((0xabcdefabcdefabcdefn << 80n) | BigInt(value), { size: 20 }))
}

export function signature(value: bigint | number): Hex {
  return numberToHex((0xfedcban << 480n) | BigInt(value), { size: 64 })
}

export function channelId(number: number): Hex {
  return word((0xc0n << 248n) | BigInt(number))
}

export function channelRecord(number: number): ChannelRecord {
  const terms = {
    payerBinding: word(11),
    funder: address(12),
    payee: word(13),
    payeeBinding: word(14),
    closeDelaySeconds: 86_400,
    salt: word(number),
  }
  return {
    channelId: channelId(number),
    channel: { payer: word(2), beneficiary: address(15), token: address(16), terms },
    payerSigner: address(17).toLowerCase() as Hex,
    payeeSigner: numberToHex((0xaan << 664n) | 18n, { size: 84 }),
  }
}

export function voucher(number: number, version: bigint): SignedVoucher {
  return {
    channelId: channelId(number),
    cumulativeAmount: 1_000n + (version >> 1n),
    version,
    receiptsRoot: word((0xeen << 248n) | version),
    signature: signature(version),
  }
}

export function payment(number: number, version: bigint): Payment {
  return {
    ...voucher(number, version),
    amount: 25n + (version >> 2n),
    agreementHash: word(21),
    item: { reference: word(22), quantity: 1n + (version >> 3n) },
    timestamp: 1_790_000_000 + Number(version & 0xffffn),
  }
}

export function view(finalizedAtSeconds: number): ChannelView {
  return {
    finalizedAtSeconds,
    deposit: 5_000n,
    settled: 4_000n,
    closeAtSeconds: undefined,
    status: 'open',
    payerBindingEndsAtSeconds: 1_800_000_000,
  }
}

export function agreement(number: number): SignedAgreement {
  const tariff = {
    token: address(16),
    currency: 'JPY',
    unit: 'Wh',
    pricePerUnit: 28_000_000_000_000_000n,
    taxCategory: 'STANDARD',
    taxRateBp: 1_000,
    merchantRef: `station-${number}`,
  } as const
  const tariffHash = Tariff.hash(tariff)
  const validity = { validFrom: 1_790_000_000, validUntil: 1_790_086_400 }
  return {
    agreement: { payer: word(2), payee: word(13), tariffHash, ...validity, salt: word(number) },
    tariff,
    payeeSignature: signature(31),
    payerSignature: signature(32),
  }
}

export function close(number: number, version: bigint): CooperativeClose {
  return { channelId: channelId(number), cumulativeAmount: 900n, version, receiptsRoot: word(41) }
}

/** The voucher that a payment carries. */
export function voucherOf({ channelId, cumulativeAmount, version, receiptsRoot, signature }: Payment): SignedVoucher {
  return { channelId, cumulativeAmount, version, receiptsRoot, signature }
}

export async function collect<item>(items: AsyncIterable<item>): Promise<item[]> {
  const list: item[] = []
  for await (const item of items) list.push(item)
  return list
}
