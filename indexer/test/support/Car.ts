import {
  Agreement,
  Channel,
  Domain,
  Funding,
  History,
  Item,
  loadBackend,
  Receipt,
  secp256k1Signer,
  SignerId,
  Tariff,
  Voucher,
} from '@musubi/sdk'
import { type Address, type Hex, keccak256, stringToHex, zeroHash } from 'viem'
import { ATTESTER, CHAIN_ID, ESCROW, type FakeChain, GENESIS_SECONDS, REGISTRY, STATION, TOKEN } from './FakeChain.ts'

const backend = await loadBackend('javascript')
if (backend === undefined) throw new Error('the JavaScript backend is always there')
const registryDomain = Domain.registry({ chainId: CHAIN_ID, address: REGISTRY })
const escrowDomain = Domain.escrow({ chainId: CHAIN_ID, address: ESCROW })
const name = (text: string): Hex => keccak256(stringToHex(text))
const station = secp256k1Signer(name('station key'), backend)

export const PAYEE_BINDING = name('station binding')
export const SERVICE_SECONDS = GENESIS_SECONDS + 3_600

export type CarOptions = {
  readonly name: string
  readonly party: string
  readonly funding?: keyof typeof Funding
  readonly funder: Address
  readonly token?: Address
  readonly billingRef?: Hex
  readonly validUntil?: number
  readonly taxRateBp?: number
  readonly merchantRef?: string
}

/** A car with one channel to the station: what it does on chain, and the history that the station exports. */
export class Car {
  readonly partyId: Hex
  readonly bindingId: Hex
  readonly billingRef: Hex
  readonly channelId: Hex
  readonly channel: Channel.Channel
  readonly receipts: Receipt.Receipt[] = []
  readonly #options: CarOptions
  readonly #signer: ReturnType<typeof secp256k1Signer>
  readonly #payments: { receipt: Receipt.Receipt; item: Item.Item }[] = []
  #agreement: { agreement: Agreement.Agreement; tariff: Tariff.Tariff }

  constructor(options: CarOptions) {
    this.#options = options
    this.#signer = secp256k1Signer(name(`${options.name} key`), backend as NonNullable<typeof backend>)
    this.partyId = name(`party ${options.party}`)
    this.bindingId = name(`binding ${options.name}`)
    this.billingRef = options.billingRef ?? name(`billing ${options.party}`)
    this.channel = {
      payer: SignerId.of(this.#signer.signer),
      beneficiary: STATION,
      token: options.token ?? TOKEN,
      terms: {
        payerBinding: this.bindingId,
        funder: options.funder,
        payee: SignerId.of(station.signer),
        payeeBinding: PAYEE_BINDING,
        closeDelaySeconds: 3_600,
        salt: name(`salt ${options.name}`),
      },
    }
    this.channelId = Channel.id(this.channel, escrowDomain)
    this.#agreement = this.agreed(options.taxRateBp ?? 1_000)
  }

  /** Binds the car and opens its channel. */
  start(chain: FakeChain, deposit: bigint): void {
    const { funding = 'CREDIT', funder, token = TOKEN, validUntil = GENESIS_SECONDS + 100_000_000 } = this.#options
    const binding = {
      deviceId: this.channel.payer,
      partyId: this.partyId,
      attester: ATTESTER,
      validFrom: GENESIS_SECONDS,
      validUntil,
      funder,
      funding: Funding[funding],
      token,
      maxPerPayment: 10n ** 24n,
      maxPerPeriod: 10n ** 24n,
      periodSeconds: 86_400,
      approvers: zeroHash,
      billingRef: this.billingRef,
      freshnessTip: zeroHash,
      previous: zeroHash,
    }
    chain.emit('registry', 'BindingStarted', {
      bindingId: this.bindingId,
      deviceId: binding.deviceId,
      partyId: binding.partyId,
      binding,
      startedAt: GENESIS_SECONDS,
      deviceSigner: this.#signer.signer,
    })
    chain.open(this.channelId, this.channel, deposit)
  }

  /** One payment; later ones may be under another agreement. */
  pay(amount: bigint, options: { readonly at?: number; readonly taxRateBp?: number } = {}): void {
    if (options.taxRateBp !== undefined) this.#agreement = this.agreed(options.taxRateBp)
    const last = this.receipts.at(-1)
    const item = { reference: name('session'), quantity: 100n }
    const receipt = {
      channelId: this.channelId,
      version: (last?.version ?? 0n) + 1n,
      amount,
      cumulativeAmount: (last?.cumulativeAmount ?? 0n) + amount,
      agreementHash: Agreement.hash(this.#agreement.agreement),
      itemHash: Item.hash(item),
      timestamp: options.at ?? SERVICE_SECONDS + this.receipts.length,
    }
    this.receipts.push(receipt)
    this.#payments.push({ receipt, item })
    this.agreements.set(receipt.agreementHash, this.#agreement)
  }

  readonly agreements = new Map<Hex, { agreement: Agreement.Agreement; tariff: Tariff.Tariff }>()

  /** Puts the newest voucher, or the one of an earlier version, on chain. */
  settle(chain: FakeChain, version = this.receipts.at(-1)?.version ?? 0n): void {
    const { cumulativeAmount } = this.at(version)
    chain.settle(this.channelId, { settled: cumulativeAmount, version }, this.root(version))
  }

  root(version: bigint): Hex {
    return this.receipts
      .filter((receipt) => receipt.version <= version)
      .reduce((root, receipt) => Receipt.nextRoot(root, receipt), Receipt.firstRoot(this.channelId))
  }

  at(version: bigint): Receipt.Receipt {
    const found = this.receipts.find((receipt) => receipt.version === version)
    if (found === undefined) throw new Error(`no receipt of version ${String(version)}`)
    return found
  }

  /** The lines that the station exports. */
  async history(): Promise<string[]> {
    const newest = this.receipts.at(-1)
    if (newest === undefined) return []
    const lines: History.Line[] = [
      {
        kind: 'channel',
        version: 1,
        chainId: CHAIN_ID,
        escrow: ESCROW,
        channelId: this.channelId,
        channel: this.channel,
        payerSigner: this.#signer.signer,
        payeeSigner: station.signer,
      },
    ]
    for (const { agreement, tariff } of this.agreements.values()) {
      const digest = Buffer.from(Agreement.digest(agreement, registryDomain).slice(2), 'hex')
      const payerSignature = toHexText(await this.#signer.sign(digest))
      const payeeSignature = toHexText(await station.sign(digest))
      lines.push({ kind: 'agreement', channelId: this.channelId, agreement, tariff, payerSignature, payeeSignature })
    }
    for (const { receipt, item } of this.#payments) lines.push({ kind: 'receipt', receipt, item })
    const voucher = {
      channelId: this.channelId,
      cumulativeAmount: newest.cumulativeAmount,
      version: newest.version,
      receiptsRoot: this.root(newest.version),
    }
    const digest = Voucher.hasher({ channelId: this.channelId, domain: escrowDomain })(voucher)
    lines.push({ kind: 'voucher', ...voucher, signature: toHexText(await this.#signer.sign(digest)) })
    return lines.map((line) => History.stringify(line))
  }

  private agreed(taxRateBp: number): { agreement: Agreement.Agreement; tariff: Tariff.Tariff } {
    const tariff = {
      token: this.#options.token ?? TOKEN,
      currency: 'JPY',
      unit: 'Wh',
      pricePerUnit: 31_530_000_000_000_000n,
      taxCategory: taxRateBp === 1_000 ? ('STANDARD' as const) : ('REDUCED' as const),
      taxRateBp,
      merchantRef: this.#options.merchantRef ?? 'operator-1',
    }
    const agreement = {
      payer: this.channel.payer,
      payee: this.channel.terms.payee,
      tariffHash: Tariff.hash(tariff),
      validFrom: GENESIS_SECONDS - 1,
      validUntil: GENESIS_SECONDS + 100_000_000,
      salt: name(`agreement ${this.#options.name} ${String(taxRateBp)}`),
    }
    return { agreement, tariff }
  }
}

function toHexText(bytes: Uint8Array): Hex {
  return `0x${Buffer.from(bytes).toString('hex')}`
}
