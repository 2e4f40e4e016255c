import { constants, brotliCompressSync } from 'node:zlib'
import { hexToBytes, serializeTransaction } from 'viem'
import type { Hex } from 'viem'
import type { Channel } from '../../test/contracts/helpers/channels.ts'
import { fastLzLength } from '../cost/fastLz.ts'
import type { Figure } from './figure.ts'
import { inSecp256k1Scene } from './figure.ts'
import { openChannel, settleGroup } from './scene.ts'
import type { Scene } from './scene.ts'

const ROWS = 100
/** What Arbitrum prices by since ArbOS 20. */
const BROTLI_LEVEL = 1

/** Bytes, not gas: what a rollup writes to the chain below it. They stand among the figures since they cost as these do. */
export const calldata: readonly Figure[] = [
  {
    name: 'settle100Bytes',
    note: `bytes of the calldata; ${ROWS} rows`,
    measure: inSecp256k1Scene(async (scene) => BigInt(hexToBytes(await settleCalldata(scene)).length)),
  },
  {
    name: 'bytesPerSettleRow',
    note: 'bytes of the calldata that one row more adds',
    measure: inSecp256k1Scene(async (scene) => {
      const [two, one] = [await settleCalldata(scene, 2), await settleCalldata(scene, 1)]
      return BigInt((two.length - one.length) / 2)
    }),
  },
  {
    name: 'settle100L1Bytes',
    note: `bytes of the transaction after brotli ${BROTLI_LEVEL} (Arbitrum)`,
    measure: inSecp256k1Scene(async (scene) => {
      const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_LEVEL }
      return BigInt(brotliCompressSync(await settleTransaction(scene), { params }).length)
    }),
  },
  {
    name: 'settle100FastLzBytes',
    note: 'bytes of the transaction after FastLZ (OP chains)',
    measure: inSecp256k1Scene(async (scene) => BigInt(fastLzLength(await settleTransaction(scene)))),
  },
]

/** A fresh channel for each row. */
async function settleCalldata(scene: Scene, rows = ROWS): Promise<Hex> {
  const channels: Channel[] = []
  for (let i = 0; i < rows; ++i) channels.push(await openChannel(scene, `measured ${rows} ${i}`))
  return scene.escrow.interface.encodeFunctionData('settle', [[await settleGroup(scene, channels, 1n)]]) as Hex
}

/** As a sequencer writes it down: signed and encoded. The envelope's own numbers are made up, and of the usual sizes. */
async function settleTransaction(scene: Scene): Promise<Uint8Array> {
  const envelope = {
    chainId: 8453,
    nonce: 1_000,
    gas: 2_000_000n,
    maxFeePerGas: 6_000_000n,
    maxPriorityFeePerGas: 1_000_000n,
  }
  const signature = { r: `0x${'c3'.repeat(31)}51`, s: `0x${'5a'.repeat(31)}17`, yParity: 1 } as const
  const to = (await scene.escrow.getAddress()) as Hex
  return hexToBytes(
    serializeTransaction({ ...envelope, to, data: await settleCalldata(scene), type: 'eip1559' }, signature),
  )
}
