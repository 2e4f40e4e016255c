import { totals } from '../../test/contracts/helpers/channels.ts'
import type { Channel } from '../../test/contracts/helpers/channels.ts'
import { hashlockArguments, streamArguments } from '../../test/contracts/helpers/reveals.ts'
import { YEN, ethers } from '../../test/contracts/helpers/world.ts'
import type { Figure } from './figure.ts'
import { gasOf, inP256Scene, inSecp256k1Scene } from './figure.ts'
import { openChannel, settleGroup } from './scene.ts'
import type { Scene } from './scene.ts'

/** Every way to settle. */
export const settlements: readonly Figure[] = [
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
  {
    name: 'settle100Beneficiaries',
    note: '100 channels of 100 beneficiaries with payouts waiting, by 100',
    target: 23_200,
    measure: inSecp256k1Scene(async (scene) => {
      const before: object[] = []
      const measured: object[] = []
      for (let i = 0; i < 100; ++i) {
        const beneficiary = ethers.getAddress(ethers.dataSlice(ethers.id(`beneficiary ${i}`), 12))
        before.push(await settleGroup(scene, [await openChannel(scene, `before ${i}`, beneficiary)], 1n))
        measured.push(await settleGroup(scene, [await openChannel(scene, `measured ${i}`, beneficiary)], 1n))
      }
      await scene.escrow.settle(before)
      return (await gasOf(scene.escrow.settle(measured))) / 100n
    }),
  },
  {
    name: 'settleStream100',
    note: 'channel settled before; 100 ticks',
    target: 67_500,
    measure: inSecp256k1Scene(async (scene) => {
      const channel = await settledChannel(scene)
      const stream = { tickAmount: YEN / 100n, tickCount: 1_000, ticks: 100 }
      const args = await streamArguments(scene, channel, scene.ends.payer, totals(YEN + 1n, 2n), stream)
      return await gasOf(scene.escrow.settleStream(...args))
    }),
  },
  {
    name: 'settleHashlock',
    note: 'channel settled before',
    measure: inSecp256k1Scene(async (scene) => {
      const channel = await settledChannel(scene)
      const lock = { lockedAmount: YEN }
      const args = await hashlockArguments(scene, channel, scene.ends.payer, totals(YEN + 1n, 2n), lock)
      return await gasOf(scene.escrow.settleHashlock(...args))
    }),
  },
]

async function settleRepeat(scene: Scene): Promise<bigint> {
  const channel = await settledChannel(scene)
  return await gasOf(scene.escrow.settle([await settleGroup(scene, [channel], 2n)]))
}

async function settledChannel(scene: Scene): Promise<Channel> {
  const channel = await openChannel(scene, 'measured')
  await scene.escrow.settle([await settleGroup(scene, [channel], 1n)])
  return channel
}
