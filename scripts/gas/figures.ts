import {
  bindingIdOf,
  makeBinding,
  revokeMessage,
  signAsAccount,
  signBinding,
} from '../../test/contracts/helpers/bindings.ts'
import { channelIdOf, closeMessage, totals, voucherMessage } from '../../test/contracts/helpers/channels.ts'
import type { Channel } from '../../test/contracts/helpers/channels.ts'
import type { Device } from '../../test/contracts/helpers/devices.ts'
import { p256Device, secp256k1Device } from '../../test/contracts/helpers/devices.ts'
import { DAY, HOUR, YEN, deploy, networkHelpers } from '../../test/contracts/helpers/world.ts'
import { DEPOSIT, FAR_OFF, LONG_AGO, inScene, makeSceneChannel, openChannel, p256Scene, repeatable } from './scene.ts'
import { secp256k1Scene, settleGroup } from './scene.ts'
import type { Scene } from './scene.ts'

/** One measured figure: a whole transaction, unless its note says otherwise. */
export type Figure = {
  readonly name: string
  /** Which slot was zero before, and what is special. */
  readonly note: string
  /** Most gas that the design allows. */
  readonly target?: number
  readonly measure: () => Promise<bigint>
}

type Sent = { wait(): Promise<{ readonly gasUsed: bigint } | null> }

/** An ethers contract has whatever functions its ABI has, so what they return carries no type. */
async function gasOf(sent: Promise<unknown>): Promise<bigint> {
  const receipt = await ((await sent) as Sent).wait()
  if (receipt === null) throw new Error('the transaction has no receipt')
  return receipt.gasUsed
}

const inSecp256k1Scene = (measure: (scene: Scene) => Promise<bigint>) => () => inScene(secp256k1Scene, measure)
const inP256Scene = (measure: (scene: Scene) => Promise<bigint>) => () => inScene(p256Scene, measure)

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

const bindings: readonly Figure[] = [
  {
    name: 'bind',
    note: 'record and head from zero',
    target: 100_000,
    measure: inSecp256k1Scene((scene) => bind(scene, secp256k1Device('measured car'))),
  },
  {
    name: 'bindP256',
    note: 'as bind; signature without zero bytes',
    target: 106_000,
    measure: inSecp256k1Scene(async (scene) =>
      bind(scene, p256Device('measured car', await scene.verifier.getAddress())),
    ),
  },
  {
    name: 'check',
    note: 'the call alone, cold, from another contract',
    target: 9_000,
    measure: inSecp256k1Scene(async (scene) => {
      const meter = await deploy('GasMeter')
      const data = scene.registry.interface.encodeFunctionData('check', [scene.payerBinding])
      const [gas] = (await meter.measure.staticCall(scene.registry.target, data)) as [bigint, string]
      return gas
    }),
  },
  {
    name: 'revoke',
    note: 'relayed',
    target: 37_000,
    measure: inSecp256k1Scene(async (scene) => {
      const value = { bindingId: bindingIdOf(scene.payerBinding), sequence: 0, deadline: FAR_OFF }
      const signature = signAsAccount(scene.attester, await revokeMessage(scene, value))
      return await gasOf(scene.registry.connect(scene.relayer).revoke(value, signature))
    }),
  },
]

/** In the order of a channel's life, then of a binding's. */
export const figures: readonly Figure[] = [...openings, ...settlements, ...endings, ...bindings]

async function settleRepeat(scene: Scene): Promise<bigint> {
  const channel = await openChannel(scene, 'measured')
  await scene.escrow.settle([await settleGroup(scene, [channel], 1n)])
  return await gasOf(scene.escrow.settle([await settleGroup(scene, [channel], 2n)]))
}

async function bind(scene: Scene, device: Device): Promise<bigint> {
  const times = { validFrom: LONG_AGO, validUntil: FAR_OFF, periodSeconds: 366 * DAY }
  const binding = await makeBinding(scene, device, scene.party, times)
  const signatures = await signBinding(scene, binding, { device: repeatable(device), party: scene.party })
  const registry = scene.registry.connect(scene.relayer)
  return await gasOf(registry.bind(binding, device.signer, scene.party.signer, signatures))
}
