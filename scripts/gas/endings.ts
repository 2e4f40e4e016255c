import { channelIdOf, closeMessage, totals, voucherMessage } from '../../test/contracts/helpers/channels.ts'
import { HOUR, YEN, ZERO_HASH, networkHelpers } from '../../test/contracts/helpers/world.ts'
import type { Figure } from './figure.ts'
import { gasOf, inSecp256k1Scene } from './figure.ts'
import { openChannel, settleGroup } from './scene.ts'

const NO_SIGNATURE = { r: ZERO_HASH, vs: ZERO_HASH, signer: '0x' }

/** Every way out. */
export const endings: readonly Figure[] = [
  {
    name: 'close',
    note: 'settles and refunds; two secp256k1 signatures',
    target: 60_000,
    measure: inSecp256k1Scene(async (scene) => {
      const channel = await openChannel(scene, 'measured')
      const channelId = await channelIdOf(scene, channel)
      const value = totals(YEN + 1n)
      const payee = scene.charger.signParts(await closeMessage(scene, channelId, value))
      const payer = scene.ends.payer.signParts(await voucherMessage(scene, channelId, value))
      const { cumulativeAmount, version, receiptsRoot } = value
      const escrow = scene.escrow.connect(scene.relayer)
      return await gasOf(escrow.close(channel, cumulativeAmount, version, receiptsRoot, payee, cumulativeAmount, payer))
    }),
  },
  {
    name: 'closeSettled',
    note: 'nothing left to settle; refunds',
    target: 49_000,
    measure: inSecp256k1Scene(async (scene) => {
      const channel = await openChannel(scene, 'measured')
      await scene.escrow.settle([await settleGroup(scene, [channel], 1n)])
      const { cumulativeAmount, version, receiptsRoot } = totals(YEN + 1n)
      const message = await closeMessage(scene, await channelIdOf(scene, channel), totals(YEN + 1n))
      const payee = scene.charger.signParts(message)
      const escrow = scene.escrow.connect(scene.relayer)
      return await gasOf(escrow.close(channel, cumulativeAmount, version, receiptsRoot, payee, 0n, NO_SIGNATURE))
    }),
  },
  {
    name: 'requestClose',
    note: "the funder's own call",
    measure: inSecp256k1Scene(async (scene) => {
      const channel = await openChannel(scene, 'measured')
      return await gasOf(scene.escrow.connect(scene.funder).requestClose(channel))
    }),
  },
  {
    name: 'finalizeClose',
    note: 'refunds',
    measure: inSecp256k1Scene(async (scene) => {
      const channel = await openChannel(scene, 'measured')
      await scene.escrow.connect(scene.funder).requestClose(channel)
      await networkHelpers.time.increase(2 * HOUR)
      return await gasOf(scene.escrow.connect(scene.relayer).finalizeClose(channel))
    }),
  },
  {
    name: 'withdraw',
    note: 'payout slot to zero, refund included',
    target: 40_000,
    measure: inSecp256k1Scene(async ({ escrow, relayer, beneficiary, token }) => {
      return await gasOf(escrow.connect(relayer).withdraw(beneficiary.address, token.target))
    }),
  },
]
