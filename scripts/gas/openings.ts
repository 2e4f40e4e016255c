import type { Channel } from '../../test/contracts/helpers/channels.ts'
import { channelIdOf } from '../../test/contracts/helpers/channels.ts'
import { signAuthorization, signOrder, signPermit } from '../../test/contracts/helpers/signedDeposits.ts'
import { FAR_OFF } from '../../test/contracts/helpers/world.ts'
import type { Figure } from './figure.ts'
import { gasOf, inSecp256k1Scene } from './figure.ts'
import { DEPOSIT, makeSceneChannel, openChannel } from './scene.ts'
import type { Scene } from './scene.ts'

/** Every way in. */
export const openings: readonly Figure[] = [
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
  {
    name: 'openPermit',
    note: 'permit used here; allowance from zero, the funder has used permits before',
    target: 111_000,
    measure: inSecp256k1Scene(async (scene) => {
      await spendPermit(scene)
      const permit = await signPermit(scene, DEPOSIT)
      const escrow = scene.escrow.connect(scene.funder)
      const channel = makeSceneChannel(scene, 'measured')
      return await gasOf(escrow.openWithPermit(channel, scene.payerBinding, permit, DEPOSIT))
    }),
  },
  {
    name: 'open3009',
    note: 'relayed; authorization slot from zero',
    target: 125_000,
    measure: inSecp256k1Scene(async (scene) => {
      const channel = makeSceneChannel(scene, 'measured')
      const authorization = await signAuthorization(scene, await depositOf(scene, channel))
      const escrow = scene.escrow.connect(scene.relayer)
      return await gasOf(escrow.openWithAuthorization(channel, scene.payerBinding, authorization, DEPOSIT))
    }),
  },
  {
    name: 'openOrder',
    note: "relayed, out of the funder's balance",
    measure: inSecp256k1Scene(async (scene) => {
      const channel = makeSceneChannel(scene, 'measured')
      const signature = await signOrder(scene, { ...(await depositOf(scene, channel)), deadline: FAR_OFF })
      const escrow = scene.escrow.connect(scene.relayer)
      return await gasOf(escrow.openWithOrder(channel, scene.payerBinding, signature, FAR_OFF, DEPOSIT))
    }),
  },
  {
    name: 'openMany100PerChannel',
    note: '100 channels of one payer, by 100',
    target: 60_000,
    measure: inSecp256k1Scene(async (scene) => {
      const rows = Array.from({ length: 100 }, (_, index) => ({
        channel: makeSceneChannel(scene, `measured ${index}`),
        payerBinding: scene.payerBinding,
        amount: DEPOSIT,
      }))
      return (await gasOf(scene.escrow.connect(scene.funder).openMany(rows))) / 100n
    }),
  },
]

async function depositOf(scene: Scene, channel: Channel) {
  return { channelId: await channelIdOf(scene, channel), amount: DEPOSIT, depositBefore: 0n }
}

/** Leaves the funder with a used permit and no allowance, as one that lives by permits is. */
async function spendPermit(scene: Scene): Promise<void> {
  const { token, funder, escrow } = scene
  const { deadline, v, r, s } = await signPermit(scene, 0n)
  await token.permit(funder.address, escrow.target, 0n, deadline, v, r, s)
}
