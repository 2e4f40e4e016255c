import { channelIdOf, closeMessage, totals, voucherMessage } from '../../test/contracts/helpers/channels.ts'
import type { Channel } from '../../test/contracts/helpers/channels.ts'
import { HOUR, YEN, networkHelpers } from '../../test/contracts/helpers/world.ts'
import { calldata } from './calldata.ts'
import type { Figure } from './figure.ts'
import { gasOf, inP256Scene, inSecp256k1Scene } from './figure.ts'
import { identities } from './identities.ts'
import { DEPOSIT, makeSceneChannel, openChannel, settleGroup } from './scene.ts'
import type { Scene } from './scene.ts'

const openings: readonly Figure[] = [
  {
    name: 'openFromBalance',
    note: 'channel slot from zero',
    target: 82_000,
    measure: inSecp256k1Scene(async (scene) => {
      const escrow = scene.escrow.connect(scene.funder)
      return await gasOf(escrow.openFromBalance(makeSceneChannel(scene, 'measured'), scene.payerBinding, DEPOSIT))
    }),
  },
  {
    name: 'open',
    note: 'channel slot from zero; finite allowance',
    target: 98_000,
    measure: inSecp256k1Scene(async (scene) => {
      const escrow = scene.escrow.connect(scene.funder)
      return await gasOf(escrow.open(makeSceneChannel(scene, 'measured'), scene.payerBinding, DEPOSIT))
    }),
  },
  {
    name: 'topUp',
    note: 'finite allowance',
    measure: inSecp256k1Scene(async (scene) => {
      const channel = await openChannel(scene, 'measured')
      return await gasOf(scene.escrow.connect(scene.funder).topUp(channel, scene.payerBinding, DEPOSIT))
    }),
  },
]

const settlements: readonly Figure[] = [
  {
    name: 'settleFirst',
    note: 'payout slot from zero',
    target: 62_500,
    measure: inSecp256k1Scene(async (scene) => {
      const channel = await openChannel(scene, 'measured', scene.stranger.address)
      return await gasOf(scene.escrow.settle([await settleGroup(scene, [channel], 1n)]))
    }),
  },
  {
    name: 'settleRepeat',
    note: 'channel settled before',
    target: 45_000,
    measure: inSecp256k1Scene(settleRepeat),
  },
  {
    name: 'settle100PerChannel',
    note: '100 channels of one beneficiary, by 100',
    target: 15_000,
    measure: inSecp256k1Scene(async (scene) => {
      const channels: Channel[] = []
      for (let i = 0; i < 100; ++i) channels.push(await openChannel(scene, `measured ${i}`))
      return (await gasOf(scene.escrow.settle([await settleGroup(scene, channels, 1n)]))) / 100n
    }),
  },
  {
    name: 'settleP256',
    note: 'as settleRepeat; signature without zero bytes',
    target: 51_500,
    measure: inP256Scene(settleRepeat),
  },
]

const endings: readonly Figure[] = [
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

/** In the order of a channel's life, then of a binding's. */
export const figures: readonly Figure[] = [...openings, ...settlements, ...endings, ...identities, ...calldata]

async function settleRepeat(scene: Scene): Promise<bigint> {
  const channel = await openChannel(scene, 'measured')
  await scene.escrow.settle([await settleGroup(scene, [channel], 1n)])
  return await gasOf(scene.escrow.settle([await settleGroup(scene, [channel], 2n)]))
}
