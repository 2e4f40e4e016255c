import { Bytes, chainReader, chainWriter } from '@musubi/sdk'
import type { ChainClients, Signer } from '@musubi/sdk'
import type { Address } from 'viem'
import { parseSignature, serializeCompactSignature, signatureToCompactSignature } from 'viem'
import type { HDAccount } from 'viem/accounts'
import { mnemonicToAccount } from 'viem/accounts'
import { foundry } from 'viem/chains'

/** The phrase that every local chain funds its accounts from. It is public: on a real network it holds nothing. */
const LOCAL_CHAIN_PHRASE = 'test test test test test test test test test test test junk'

/** Who takes part, by the number of the local chain's account. The deployer is the local admin and mints the yen. */
const ROLES = { deployer: 0, issuer: 1, attester: 2, operator: 3, stranger: 4 } as const
const FIRST_PARTY = 5
const POLLING_INTERVAL_MS = 50

/** An account of the local chain: it signs, and it sends transactions. */
export type Wallet = ChainClients & {
  readonly address: Address
  readonly signer: Signer
}
export type Wallets = Readonly<Record<keyof typeof ROLES, Wallet>> & { readonly parties: readonly Wallet[] }

export function createWallets(rpcUrl: string, parties: number): Wallets {
  const node = { rpcUrl, chainId: foundry.id, pollingIntervalMs: POLLING_INTERVAL_MS }
  const reader = chainReader(node)
  const wallet = (addressIndex: number): Wallet => {
    const account = mnemonicToAccount(LOCAL_CHAIN_PHRASE, { addressIndex })
    const writer = chainWriter({ ...node, account })
    return { reader, writer, address: account.address, signer: signerOf(account) }
  }
  return {
    deployer: wallet(ROLES.deployer),
    issuer: wallet(ROLES.issuer),
    attester: wallet(ROLES.attester),
    operator: wallet(ROLES.operator),
    stranger: wallet(ROLES.stranger),
    parties: Array.from({ length: parties }, (_, index) => wallet(FIRST_PARTY + index)),
  }
}

/** In 64 bytes (ERC-2098): the only form that a credential carries, and one that the chain takes, too. */
function signerOf(account: HDAccount): Signer {
  return {
    signer: account.address,
    sign: async (digest) => {
      const signature = parseSignature(await account.sign({ hash: Bytes.toHex(digest) }))
      return Bytes.fromHex(serializeCompactSignature(signatureToCompactSignature(signature)), 64)
    },
  }
}
