import type { Hex } from 'viem'
import { concat, hashStruct, hashTypedData, maxUint64, maxUint96 } from 'viem'
import {
  acknowledgementTypes,
  channelTypes,
  cooperativeCloseTypes,
  fundingOrderTypes,
  hashlockVoucherTypes,
  requestCloseTypes,
  streamVoucherTypes,
  voucherTypes,
} from '../../sdk/src/generated/typedData.ts'
import { DAY, START, beneficiary, contracts, domains, funder, named, required, sha256 } from './cast.ts'
import type { Member } from './cast.ts'
import { agreementHash, agreements, bindingIdOf, bindings } from './identity.ts'
import { itemVector, largestReceipt, receiptVector, tariffs } from './layouts.ts'

const domain = domains.escrow
/** What the three payments of each channel are for, in the unit of its tariff. */
const QUANTITIES = [100n, 100n, 37n]

const between = agreements.map(({ payer, payee, tariff, agreement }) => {
  const bindingOf = (device: Member) => {
    const found = required(
      bindings.find((each) => each.device === device),
      `binding of ${device.name}`,
    )
    return bindingIdOf(found.binding)
  }
  const channel = {
    payer: payer.id,
    beneficiary: beneficiary.signer,
    token: contracts.settlementToken,
    terms: {
      payerBinding: bindingOf(payer),
      funder: funder.signer,
      payee: payee.id,
      payeeBinding: bindingOf(payee),
      closeDelaySeconds: 2 * DAY,
      salt: named(`channel of ${payer.name} and ${payee.name}`),
    },
  }
  return { name: `${payer.name} pays ${payee.name}`, payer, payee, tariff, agreement, channel }
})

type Channel = (typeof between)[number]['channel']

function channelVector({ name, payer, payee, channel }: (typeof between)[number]) {
  return {
    name,
    channel,
    termsHash: hashStruct({ data: channel.terms, types: channelTypes, primaryType: 'Terms' }),
    structHash: hashStruct({ data: channel, types: channelTypes, primaryType: 'Channel' }),
    channelId: channelIdOf(channel),
    signers: { payer: payer.signer, payee: payee.signer },
  }
}

export function channelIdOf(message: Channel): Hex {
  return hashTypedData({ domain, types: channelTypes, primaryType: 'Channel', message })
}

export function channelVectors() {
  return between.map(channelVector)
}

/** The three payments of a channel: items, receipts, the chain of roots, and the vouchers that sign it. */
export const histories = await Promise.all(between.map(historyOf))

async function historyOf({ name, payer, payee, tariff, agreement, channel }: (typeof between)[number]) {
  const channelId = channelIdOf(channel)
  const price = tariffs[tariff].tariff.pricePerUnit
  const payments = []
  let receiptsRoot: Hex = channelId
  let cumulativeAmount = 0n
  for (const [index, quantity] of QUANTITIES.entries()) {
    const { item, hash: itemHash } = itemVector({ reference: named('charging session 1'), quantity })
    const amount = price * quantity
    cumulativeAmount += amount
    const version = BigInt(index + 1)
    const step = { channelId, version, amount, cumulativeAmount, agreementHash: agreementHash(agreement) }
    const receipt = receiptVector({ ...step, itemHash, timestamp: START + 600 + index })
    receiptsRoot = sha256(concat([receiptsRoot, receipt.hash]))
    const voucher = { channelId, cumulativeAmount, version, receiptsRoot }
    const digest = hashTypedData({ domain, types: voucherTypes, primaryType: 'Voucher', message: voucher })
    payments.push({ ...receipt, item, voucher, digest, signature: await payer.sign(digest) })
  }
  return { name, channelId, payer, payee, payments, newest: required(payments.at(-1), 'payment') }
}

export function receiptVectors() {
  const chains = histories.map(({ name, channelId, payments }) => ({
    name,
    firstRoot: channelId,
    receipts: payments.map(({ receipt, item, bytes, hash, voucher }) => ({
      receipt,
      item,
      bytes,
      hash,
      root: voucher.receiptsRoot,
    })),
  }))
  return { chains, largest: largestReceipt() }
}

/** Every message about a channel, each with its signer. */
export async function messageVectors() {
  const vectors = []
  for (const { payer, payee, payments, newest } of histories) {
    for (const { voucher, digest, signature } of payments) {
      vectors.push({ type: 'Voucher', message: voucher, digest, signer: payer.signer, signature })
    }
    const message = newest.voucher
    const received = { domain, types: acknowledgementTypes, primaryType: 'Acknowledgement', message } as const
    vectors.push(await signed(received, payee))
    vectors.push(
      await signed({ domain, types: cooperativeCloseTypes, primaryType: 'CooperativeClose', message }, payee),
    )
    const request = { channelId: message.channelId, deadline: START + 2 * DAY }
    vectors.push(
      await signed({ domain, types: requestCloseTypes, primaryType: 'RequestClose', message: request }, payer),
    )
    vectors.push(...(await conditionalVectors(message, payer)))
  }
  const [{ channelId, payer, payee }] = histories as [(typeof histories)[number]]
  const ends = [
    { channelId, cumulativeAmount: maxUint96, version: maxUint64, receiptsRoot: `0x${'ff'.repeat(32)}` as const },
    { channelId, cumulativeAmount: 0n, version: 0n, receiptsRoot: channelId },
  ]
  for (const message of ends) {
    vectors.push(await signed({ domain, types: voucherTypes, primaryType: 'Voucher', message }, payer))
    const received = { domain, types: acknowledgementTypes, primaryType: 'Acknowledgement', message } as const
    vectors.push(await signed(received, payee))
    vectors.push(
      await signed({ domain, types: cooperativeCloseTypes, primaryType: 'CooperativeClose', message }, payee),
    )
  }
  return vectors
}

/** What follows a channel's newest voucher: a stream, a lock, and the funder's order to top it up. */
async function conditionalVectors(newest: ChannelMessage, payer: Member) {
  const { channelId } = newest
  const next = { ...newest, version: newest.version + 1n }
  const stream = { ...next, tickAmount: 7n, tickCount: 1_000, tickRoot: sha256(named('ticks')) }
  const lock = { ...next, lockedAmount: 11n, hashlock: sha256(named('secret')), expiresAt: START + DAY }
  const order = { channelId, amount: 5n, depositBefore: maxUint96 - 5n, deadline: START + 2 * DAY }
  return [
    await signed({ domain, types: streamVoucherTypes, primaryType: 'StreamVoucher', message: stream }, payer),
    await signed({ domain, types: hashlockVoucherTypes, primaryType: 'HashlockVoucher', message: lock }, payer),
    await signed({ domain, types: fundingOrderTypes, primaryType: 'FundingOrder', message: order }, funder),
  ]
}

type ChannelMessage = { channelId: Hex; cumulativeAmount: bigint; version: bigint; receiptsRoot: Hex }
type Typed = Parameters<typeof hashTypedData>[0]

async function signed(typed: Typed & { readonly message: object }, member: Member) {
  const digest = hashTypedData(typed)
  const { primaryType, message } = typed
  return { type: primaryType, message, digest, signer: member.signer, signature: await member.sign(digest) }
}
