import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Address, Hex } from 'viem'
import type { AbsenceProof } from '../../src/protocol/AbsenceProof.ts'
import type { Agreement } from '../../src/protocol/Agreement.ts'
import type { Anchor } from '../../src/protocol/Anchor.ts'
import type { Binding } from '../../src/protocol/Binding.ts'
import type { Channel } from '../../src/protocol/Channel.ts'
import type { ChannelMessage } from '../../src/protocol/ChannelMessage.ts'
import type { Domain } from '../../src/protocol/Domain.ts'
import type { Enrolment } from '../../src/protocol/Enrolment.ts'
import type { FreshnessToken } from '../../src/protocol/FreshnessChain.ts'
import type { Line } from '../../src/protocol/History.ts'
import type { Item } from '../../src/protocol/Item.ts'
import type { Message } from '../../src/protocol/Message.ts'
import type { Jwk } from '../../src/protocol/PublicKey.ts'
import type { Presentation } from '../../src/protocol/Presentation.ts'
import type { Receipt } from '../../src/protocol/Receipt.ts'
import type { SignedStatusSnapshot } from '../../src/protocol/StatusSnapshot.ts'
import type { Tariff } from '../../src/protocol/Tariff.ts'
import type { SignedTrustList } from '../../src/protocol/TrustList.ts'

type Layout = { readonly bytes: Hex; readonly hash: Hex }
type WebPlace = { readonly host: string; readonly path: readonly string[] }
type Named = { readonly name: string }
type WycheproofCurve = {
  readonly groups: readonly {
    /** The point in SEC 1's long form, without 0x, as are message and signature. */
    readonly key: string
    readonly tests: readonly {
      readonly tcId: number
      readonly comment: string
      readonly msg: string
      readonly sig: string
      readonly result: 'valid' | 'invalid' | 'acceptable'
      readonly flags: readonly string[]
    }[]
  }[]
}

/** What the files of golden vectors hold. `npm run vectors` writes them, but for those of specifications and suites. */
type Vectors = {
  'ids.json': readonly (Named & {
    readonly kind: 'secp256k1' | 'p256'
    readonly privateKey: Hex
    readonly signer: Hex
    readonly id: Hex
  })[]
  'domains.json': {
    readonly chainId: number
    readonly contracts: {
      readonly accessManager: Address
      readonly p256Sha256Verifier: Address
      readonly identityRegistry: Address
      readonly channelEscrow: Address
      readonly ledgerAnchor: Address
      readonly settlementToken: Address
    }
    readonly domains: { readonly registry: Domain; readonly escrow: Domain; readonly anchor: Domain }
    readonly separators: { readonly registry: Hex; readonly escrow: Hex; readonly anchor: Hex }
  }
  'bindings.json': readonly (Named & {
    readonly binding: Binding
    readonly bindingId: Hex
    readonly digest: Hex
    readonly signers: { readonly device: Hex; readonly party: Hex }
  })[]
  'dids.json': {
    readonly p256: readonly { readonly did: string; readonly jwk: Jwk }[]
    readonly secp256k1: readonly { readonly did: string; readonly seed: string; readonly publicKeyBase58: string }[]
    readonly unsupported: readonly string[]
    readonly pkh: readonly { readonly did: string; readonly chainId: number; readonly address: Address }[]
    readonly web: readonly (WebPlace & { readonly did: string; readonly url: string })[]
  }
  'wycheproof.json': { readonly p256: WycheproofCurve; readonly secp256k1: WycheproofCurve }
  'standing.json': readonly {
    readonly type: string
    readonly message: object
    readonly digest: Hex
    readonly signatures: Readonly<Record<string, Hex>>
  }[]
  'leaves.json': readonly {
    readonly bindingIds: readonly Hex[]
    readonly leaves: readonly { readonly hash: Hex; readonly siblings: readonly Hex[] }[]
    readonly enrolment: Enrolment
    readonly enrolmentId: Hex
    readonly digest: Hex
  }[]
  'freshness.json': readonly (Named & {
    readonly secret: Hex
    readonly binding: Binding
    readonly days: number
    readonly seed: Hex
    readonly tip: Hex
    readonly tokens: readonly FreshnessToken[]
  })[]
  'statusSnapshots.json': readonly (Named & {
    readonly snapshot: SignedStatusSnapshot
    readonly bindingIds: readonly Hex[]
    readonly digest: Hex
    readonly bytes: Hex
    readonly gaps: readonly { readonly bindingId: Hex; readonly proof: AbsenceProof }[]
  })[]
  'trustLists.json': {
    readonly sound: readonly (Named & {
      readonly list: SignedTrustList
      readonly signer: Hex
      readonly digest: Hex
      readonly bytes: Hex
    })[]
    readonly refused: readonly (Named & { readonly bytes: Hex })[]
  }
  'presentations.json': {
    /** Seconds: when the sound ones are shown. */
    readonly at: number
    readonly sound: readonly (Named & {
      readonly bindingId: Hex
      readonly presentation: Presentation
      readonly digest: Hex
      readonly credentialBytes: Hex
      readonly bytes: Hex
      readonly size: number
    })[]
    readonly refused: readonly (Named & { readonly bytes: Hex; readonly error?: string })[]
  }
  'agreements.json': readonly (Named & {
    readonly tariff: string
    readonly agreement: Agreement
    readonly hash: Hex
    readonly digest: Hex
    readonly signers: { readonly payer: Hex; readonly payee: Hex }
    readonly signatures: { readonly payer: Hex; readonly payee: Hex }
  })[]
  'tariffs.json': {
    readonly sound: Readonly<Record<string, Layout & { readonly tariff: Tariff }>>
    readonly refused: readonly (Named & { readonly bytes: Hex })[]
  }
  'items.json': readonly (Layout & { readonly item: Item })[]
  'channels.json': readonly (Named & {
    readonly channel: Channel
    readonly channelId: Hex
    readonly termsHash: Hex
    readonly signers: { readonly payer: Hex; readonly payee: Hex }
  })[]
  'channelMessages.json': readonly {
    readonly type: string
    readonly message: ChannelMessage
    readonly digest: Hex
    readonly signer: Hex
    readonly signature: Hex
  }[]
  'receipts.json': {
    readonly chains: readonly (Named & {
      readonly firstRoot: Hex
      readonly receipts: readonly (Layout & { readonly receipt: Receipt; readonly item: Item; readonly root: Hex })[]
    })[]
    readonly largest: Layout & { readonly receipt: Receipt }
  }
  'frames.json': {
    readonly sound: readonly { readonly message: Message; readonly frame: Hex }[]
    readonly refused: readonly (Named & { readonly frame: Hex; readonly error?: string })[]
  }
  'anchors.json': {
    readonly publishers: readonly (Named & {
      readonly signer: Hex
      readonly epochs: readonly {
        readonly anchor: Anchor
        readonly digest: Hex
        readonly signature: Hex
        readonly leaves: readonly {
          readonly leaf: ChannelMessage
          readonly hash: Hex
          readonly siblings: readonly Hex[]
        }[]
      }[]
    })[]
    readonly largest: { readonly anchor: Anchor; readonly digest: Hex }
  }
  'history.json': readonly { readonly line: Line; readonly text: string }[]
}

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'test', 'vectors')

/** Fields that the files hold as decimal strings. */
const INTEGERS = new Set([
  'version',
  'epoch',
  'total',
  'amount',
  'cumulativeAmount',
  'quantity',
  'pricePerUnit',
  'maxPerPayment',
  'maxPerPeriod',
])

/** Reads a file of golden vectors. */
export function readVectors<Name extends keyof Vectors>(name: Name): Vectors[Name] {
  const parsed: unknown = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'), toInteger)
  return parsed as Vectors[Name]
}

/** An EIP-712 domain has a version, too: a text. */
function toInteger(this: object, key: string, value: unknown): unknown {
  return typeof value === 'string' && INTEGERS.has(key) && !('verifyingContract' in this) ? BigInt(value) : value
}
