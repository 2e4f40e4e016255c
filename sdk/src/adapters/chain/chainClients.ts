import type { Chain, Client, LocalAccount, PublicClient, Transport, WalletClient } from 'viem'
import { createPublicClient, createWalletClient, defineChain, http } from 'viem'
import type { CallSender } from './chainCall.ts'

/** Reads the chain. */
export type ChainReader = PublicClient<Transport, Chain>
/** Sends transactions of one account, which signs here and not at the node. */
export type ChainWriter = WalletClient<Transport, Chain, LocalAccount>

/** What it takes to change something on the chain: an account to send, and a reader to try first and to see the result. */
export type ChainClients = {
  readonly reader: ChainReader
  readonly writer: ChainWriter
  /** How long to wait for a receipt, in milliseconds. */
  readonly receiptTimeoutMs?: number
  /** Most that one transaction may take. Left out, what every chain and every node's pool accepts. */
  readonly limits?: TransactionLimits
  /** Sends instead of the writer: a `TransactionSender` keeps each transaction on disk before it leaves. */
  readonly sender?: CallSender
}

/** What no transaction may exceed. */
export type TransactionLimits = {
  readonly gasMax?: bigint
  /** Of the signed transaction. */
  readonly bytesMax?: number
}

/** Gas of one transaction at most (EIP-7825). */
export const TRANSACTION_GAS_MAX = 16_777_216n
/** Bytes of one transaction that nodes take into their pools. */
export const TRANSACTION_BYTES_MAX = 131_072

/** Largest answer that is read from a node, in bytes: the largest real one is the receipt of a full batch. */
const ANSWER_BYTES_MAX = 4 * 1024 * 1024

/** A reader with what a device needs: a timeout for each call, no silent repetition, a bound on answers. */
export function chainReader(options: NodeOptions): ChainReader {
  return createPublicClient(clientOptions(options))
}

/** The same for a sender of transactions. The account comes from viem: a local key, or a signer of the user's own. */
export function chainWriter({ account, ...options }: NodeOptions & { readonly account: LocalAccount }): ChainWriter {
  return createWalletClient({ ...clientOptions(options), account })
}

/** Where the node is, and how long to wait for it. */
export type NodeOptions = {
  readonly rpcUrl: string
  readonly chainId: number
  /** For each call to the node, in milliseconds. */
  readonly timeoutMs?: number
  /** How often a pending receipt is asked for, in milliseconds. */
  readonly pollingIntervalMs?: number
}

/** Where a client's node is, without path or credentials: both can hold a secret, and this ends up in logs. */
export function nodeOf(client: Pick<Client, 'transport'>): string {
  const { url, name } = client.transport as { url?: unknown; name?: unknown }
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).origin : String(name)
}

function clientOptions({ rpcUrl, chainId, timeoutMs = 10_000, pollingIntervalMs = 1_000 }: NodeOptions) {
  const chain = defineChain({
    id: chainId,
    name: `chain ${chainId}`,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  })
  const transport = http(rpcUrl, { timeout: timeoutMs, retryCount: 0, maxResponseBodySize: ANSWER_BYTES_MAX })
  return { chain, transport, pollingInterval: pollingIntervalMs }
}
