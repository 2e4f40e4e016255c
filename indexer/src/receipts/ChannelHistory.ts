import {
  Agreement,
  Channel,
  Domain,
  History,
  Receipt,
  type SignatureVerifier,
  SignerId,
  Tariff,
  Voucher,
} from '@musubi/sdk'
import type { Address, Hex } from 'viem'
import { holdsCardNumber } from '../text/cardNumber.ts'
import { badHistory } from './errors.ts'

type LineOf<K extends History.Line['kind']> = Extract<History.Line, { kind: K }>
export type ProvenReceipt = Receipt.Receipt & { readonly root: Hex }
export type ChannelHistory = {
  readonly channelId: Hex
  readonly agreements: readonly LineOf<'agreement'>[]
  readonly receipts: readonly ProvenReceipt[]
  readonly voucher: LineOf<'voucher'>
}

/** What the books know of the deployment that a history belongs to. */
export type Place = {
  readonly chainId: number
  readonly registry: Address
  readonly escrow: Address
  readonly verifier: SignatureVerifier
}

/**
 * Proves one channel's history line by line: both devices signed each agreement, the payer signed the newest voucher, and
 * that voucher signs the chain of all receipts.
 */
export class HistoryReader {
  readonly #place: Place
  readonly #channel: LineOf<'channel'>
  readonly #agreements = new Map<Hex, LineOf<'agreement'>>()
  readonly #receipts: ProvenReceipt[] = []
  #root: Hex

  constructor(line: LineOf<'channel'>, number: number, place: Place) {
    const domain = Domain.escrow({ chainId: place.chainId, address: place.escrow })
    if (line.chainId !== place.chainId)
      throw badHistory(number, `chain ${String(line.chainId)}`, `chain ${String(place.chainId)}`)
    if (line.escrow !== place.escrow) throw badHistory(number, `escrow ${line.escrow}`, `escrow ${place.escrow}`)
    const id = Channel.id(line.channel, domain)
    if (id !== line.channelId) throw badHistory(number, `channel ${line.channelId}`, `the id of these terms, ${id}`)
    const [payer, payee] = [SignerId.of(line.payerSigner), SignerId.of(line.payeeSigner)]
    if (payer !== line.channel.payer)
      throw badHistory(number, `the signer of ${payer}`, `the payer ${line.channel.payer}`)
    if (payee !== line.channel.terms.payee) {
      throw badHistory(number, `the signer of ${payee}`, `the payee ${line.channel.terms.payee}`)
    }
    this.#place = place
    this.#channel = line
    this.#root = Receipt.firstRoot(id)
  }

  agreement(line: LineOf<'agreement'>, number: number): void {
    this.#requireChannel(line.channelId, number)
    const { agreement, tariff } = line
    const { channel, payerSigner, payeeSigner } = this.#channel
    if (agreement.payer !== channel.payer || agreement.payee !== channel.terms.payee) {
      throw badHistory(number, 'an agreement of other devices', 'one between the payer and the payee of the channel')
    }
    // A tariff's text comes from the machines: the one way into the books that passes no register.
    if (holdsCardNumber(tariff.merchantRef)) {
      throw badHistory(number, 'a merchant that is a card number, not shown', 'a merchant reference')
    }
    const tariffHash = Tariff.hash(tariff)
    if (tariffHash !== agreement.tariffHash)
      throw badHistory(number, `tariff ${tariffHash}`, `tariff ${agreement.tariffHash}`)
    const domain = Domain.registry({ chainId: this.#place.chainId, address: this.#place.registry })
    const digest = Buffer.from(Agreement.digest(agreement, domain).slice(2), 'hex')
    this.#requireSignature(number, 'the payer', { signer: payerSigner, digest, signature: line.payerSignature })
    this.#requireSignature(number, 'the payee', { signer: payeeSigner, digest, signature: line.payeeSignature })
    this.#agreements.set(Agreement.hash(agreement), line)
  }

  receipt({ receipt }: LineOf<'receipt'>, number: number): void {
    this.#requireChannel(receipt.channelId, number)
    const last = this.#receipts.at(-1)
    const total = (last?.cumulativeAmount ?? 0n) + receipt.amount
    if (receipt.amount <= 0n || receipt.cumulativeAmount !== total) {
      throw badHistory(
        number,
        `a total of ${String(receipt.cumulativeAmount)}`,
        `${String(total)} after an amount above zero`,
      )
    }
    if (receipt.version <= (last?.version ?? 0n)) {
      throw badHistory(number, `version ${String(receipt.version)}`, `a version above ${String(last?.version ?? 0n)}`)
    }
    const agreement = this.#agreements.get(receipt.agreementHash)?.agreement
    if (agreement === undefined) {
      throw badHistory(
        number,
        `agreement ${receipt.agreementHash}`,
        'an agreement of this channel, before its receipts',
      )
    }
    if (receipt.timestamp < agreement.validFrom || receipt.timestamp >= agreement.validUntil) {
      const span = `${String(agreement.validFrom)} to ${String(agreement.validUntil)}, when the agreement is valid`
      throw badHistory(number, `time ${String(receipt.timestamp)}`, span)
    }
    this.#root = Receipt.nextRoot(this.#root, receipt)
    this.#receipts.push({ ...receipt, root: this.#root })
  }

  /** The last line of a channel: what it signs must be what was read. */
  finish(line: LineOf<'voucher'>, number: number): ChannelHistory {
    this.#requireChannel(line.channelId, number)
    const last = this.#receipts.at(-1)
    if (last === undefined) throw badHistory(number, 'no receipt', 'the receipts that the voucher signs')
    if (line.receiptsRoot !== this.#root)
      throw badHistory(number, `root ${line.receiptsRoot}`, `${this.#root}, of the receipts`)
    if (line.cumulativeAmount !== last.cumulativeAmount || line.version !== last.version) {
      throw badHistory(
        number,
        `a total of ${String(line.cumulativeAmount)} at version ${String(line.version)}`,
        `${String(last.cumulativeAmount)} at version ${String(last.version)}, as the last receipt`,
      )
    }
    const domain = Domain.escrow({ chainId: this.#place.chainId, address: this.#place.escrow })
    const digest = Voucher.hasher({ channelId: line.channelId, domain })(line)
    this.#requireSignature(number, 'the payer', {
      signer: this.#channel.payerSigner,
      digest,
      signature: line.signature,
    })
    const agreements = [...this.#agreements.values()]
    return { channelId: line.channelId, agreements, receipts: this.#receipts, voucher: line }
  }

  #requireChannel(channelId: Hex, number: number): void {
    if (channelId !== this.#channel.channelId) {
      throw badHistory(
        number,
        `channel ${channelId}`,
        `channel ${this.#channel.channelId}, or a voucher line that ends it`,
      )
    }
  }

  #requireSignature(number: number, who: string, { signer, digest, signature }: Signed): void {
    if (this.#place.verifier.verify(signer, digest, Buffer.from(signature.slice(2), 'hex'))) return
    throw badHistory(number, `signature ${signature}`, `a signature of ${who}, ${signer} (BAD_SIGNATURE)`)
  }
}

type Signed = { readonly signer: Hex; readonly digest: Uint8Array; readonly signature: Hex }
