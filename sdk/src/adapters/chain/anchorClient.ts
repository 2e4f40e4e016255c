import { size } from 'viem'
import { ledgerAnchorAbi } from '../../generated/abis.ts'
import type { SignedAnchor } from '../../protocol/Anchor.ts'
import type { Deployment } from '../../protocol/Deployment.ts'
import { ADDRESS_BYTES } from '../../protocol/SignerId.ts'
import { anchorReader } from './anchorReader.ts'
import type { ChainClients, ChainReader } from './chainClients.ts'
import { contractCalls } from './contractCalls.ts'
import { asking } from './failures.ts'

export type AnchorClient = ReturnType<typeof anchorClient>

/** The ledger anchor's function, sent by the account of `clients`, and all that {@link anchorReader} reads. */
export function anchorClient({ clients, deployment }: { clients: ChainClients; deployment: Deployment }) {
  const { reader } = clients
  const send = contractCalls({ clients, address: deployment.ledgerAnchor, abi: ledgerAnchorAbi })
  return {
    ...anchorReader({ reader, deployment }),
    /** Publishes what the publisher has signed. Anybody may send it. */
    anchor: async ({ signer, signature, ...message }: SignedAnchor) =>
      send('anchor', [message, (await isKey(reader, { signer, signature })) ? '0x' : signer, signature]),
  }
}

const COMPACT_BYTES = 64

/**
 * Whether 64 bytes can only be those of the address's own key, which the contract recovers: nobody has to pay for sending
 * the address. An account with code may have an answer of its own to them.
 */
async function isKey(reader: ChainReader, { signer, signature }: Pick<SignedAnchor, 'signer' | 'signature'>) {
  if (size(signer) !== ADDRESS_BYTES || size(signature) !== COMPACT_BYTES) return false
  const code = await asking(reader, 'eth_getCode', () => reader.getCode({ address: signer }))
  return code === undefined
}
