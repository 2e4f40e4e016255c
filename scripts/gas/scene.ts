import { bind } from '../../test/contracts/helpers/bindings.ts'
import type { Binding } from '../../test/contracts/helpers/bindings.ts'
import { makeChannel, settleRow, totals } from '../../test/contracts/helpers/channels.ts'
import type { Channel } from '../../test/contracts/helpers/channels.ts'
import type { Device, Message } from '../../test/contracts/helpers/devices.ts'
import { DAY, FAR_OFF, YEN, deployWorld, ethers, networkHelpers } from '../../test/contracts/helpers/world.ts'
import type { World } from '../../test/contracts/helpers/world.ts'

/** A fixed time: one of the day in a signed message would move calldata, and with it the gas. */
export const LONG_AGO = 1_700_000_000

/** Deposit of every channel. */
export const DEPOSIT = 100n * YEN

/** A world in its steady state: no slot is touched for the first time unless a figure is about that. */
export type Scene = World & { readonly payerBinding: Binding; readonly ends: Parameters<typeof makeChannel>[1] }

/**
 * Car and charger bound; the funder has tokens, allowance and a balance in the escrow; the escrow holds tokens; the
 * beneficiary holds tokens and has payouts waiting. `payer` is the car that spends.
 */
export async function setScene(payerOf: (world: World) => Device): Promise<Scene> {
  const world = { ...(await deployWorld()) }
  const payer = repeatable(payerOf(world))
  const times = { validFrom: LONG_AGO, validUntil: FAR_OFF, periodSeconds: 366 * DAY, maxPerPeriod: 1_000_000n * YEN }
  const car = await bind(world, payer, world.party, times)
  const charger = await bind(world, world.charger, world.operator, times)
  const ends = { payer, payee: world.charger, payerBindingId: car.bindingId, payeeBindingId: charger.bindingId }
  const scene = { ...world, payerBinding: car.binding, ends }

  await world.escrow.connect(world.funder).depositBalance(world.token.target, 100_000n * YEN)
  await world.token.mint(world.beneficiary.address, YEN)
  const channel = await openChannel(scene, 'steady state')
  await world.escrow.settle([await settleGroup(scene, [channel], 1n)])
  return scene
}

export async function secp256k1Scene(): Promise<Scene> {
  return await setScene(({ car }) => car)
}

export async function p256Scene(): Promise<Scene> {
  return await setScene(({ p256Car }) => p256Car)
}

/** Runs `measure` in a scene of its own, from a snapshot where there is one. */
export async function inScene(
  scene: () => Promise<Scene>,
  measure: (scene: Scene) => Promise<bigint>,
): Promise<bigint> {
  return await measure(await networkHelpers.loadFixture(scene))
}

export function makeSceneChannel(scene: Scene, name: string, beneficiary = scene.beneficiary.address): Channel {
  return { ...makeChannel(scene, scene.ends, { salt: ethers.id(name) }), beneficiary }
}

export async function openChannel(scene: Scene, name: string, beneficiary?: string): Promise<Channel> {
  const channel = makeSceneChannel(scene, name, beneficiary)
  await scene.escrow.connect(scene.funder).openFromBalance(channel, scene.payerBinding, DEPOSIT)
  return channel
}

/** One group of rows, a voucher of `version` yen for each channel. */
export async function settleGroup(scene: Scene, channels: readonly Channel[], version: bigint) {
  const [first] = channels
  if (first === undefined) throw new Error('a group has at least one channel')
  const rows: object[] = []
  for (const channel of channels) {
    rows.push(await settleRow(scene, channel, scene.ends.payer, totals(version * YEN + 1n, version)))
  }
  return { beneficiary: first.beneficiary, token: first.token, rows }
}

/** P-256 signatures are random, and a zero byte of calldata is cheaper: sign until there is none. */
export function repeatable(device: Device): Device {
  const hasZero = (hex: string) => /^0x(..)*00/.test(hex)
  const sign = (message: Message) => {
    let signature = device.sign(message)
    while (device.signer.length > 42 && hasZero(signature)) signature = device.sign(message)
    return signature
  }
  const signParts = (message: Message) => {
    const signature = sign(message)
    return { ...device.signParts(message), r: signature.slice(0, 66), vs: `0x${signature.slice(66)}` }
  }
  return { ...device, sign, signParts }
}
