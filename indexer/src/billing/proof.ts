import { sha256Hex } from '../hash.ts'

/** What proves one settlement of a line: where it is on chain, what it said, and the voucher's signature behind it. */
export type ProofLeaf = {
  readonly chainId: string
  readonly txHash: string
  readonly logIndex: number
  readonly finalStateHash: string
  readonly signatureHash: string
}

const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])
const UINT64_BYTES = 8
const UINT32_BYTES = 4

/** SHA-256 of channel id, packed totals and receipts root as the event has them, 32 bytes each. */
export function finalStateHash(channelId: string, totalsWord: string, receiptsRoot: string): string {
  return sha256Hex(Buffer.concat([channelId, totalsWord, receiptsRoot].map(bytesOf)))
}

/** SHA-256 of the newest imported voucher's signature; 32 zero bytes when none was imported. */
export function signatureHash(signature: string | undefined): string {
  return signature === undefined ? '0'.repeat(64) : sha256Hex(bytesOf(signature))
}

/** `sha256(0x00 || chainId as 8 bytes || tx hash || log index as 4 bytes || final state hash || signature hash)`. */
export function leafHash(leaf: ProofLeaf): Buffer {
  const place = Buffer.alloc(UINT64_BYTES)
  place.writeBigUInt64BE(BigInt(leaf.chainId))
  const index = Buffer.alloc(UINT32_BYTES)
  index.writeUInt32BE(leaf.logIndex)
  const parts = [LEAF, place, bytesOf(leaf.txHash), index, bytesOf(leaf.finalStateHash), bytesOf(leaf.signatureHash)]
  return Buffer.from(sha256Hex(Buffer.concat(parts)), 'hex')
}

/** Merkle root over the leaves in their order: `sha256(0x01 || left || right)`; a last one without a pair moves up as it is. */
export function proofRoot(leaves: readonly ProofLeaf[]): string {
  let level = leaves.map(leafHash)
  while (level.length > 1) {
    const next: Buffer[] = []
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = level.slice(index, index + 2)
      if (left === undefined) continue
      next.push(right === undefined ? left : Buffer.from(sha256Hex(Buffer.concat([NODE, left, right])), 'hex'))
    }
    level = next
  }
  return level[0]?.toString('hex') ?? '0'.repeat(64)
}

function bytesOf(hex: string): Buffer {
  return Buffer.from(hex.replace(/^0x/, ''), 'hex')
}
