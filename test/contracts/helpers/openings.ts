/** Fleets to open in one transaction. */
import { bind } from './bindings.ts'
import type { Binding } from './bindings.ts'
import { channelIdOf, makeChannel } from './channels.ts'
import type { Channel, Terms } from './channels.ts'
import { bindBothEnds } from './depositScenes.ts'
import type { Device } from './devices.ts'
import { YEN, deployWorld, networkHelpers } from './world.ts'

export const BALANCE = 50_000n * YEN
export const CEILING = 10_000n * YEN

export type Opening = { channel: Channel; payerBinding: Binding; amount: bigint }
export type OpeningFleet = Awaited<ReturnType<typeof prepareFleet>>

/** A funder with a balance, and one row that would open. */
export async function prepareFleet() {
  const ends = await bindBothEnds(await networkHelpers.loadFixture(deployWorld))
  const { world, channel, payer, payee } = ends
  const escrow = world.escrow.connect(world.funder)
  await escrow.depositBalance(channel.token, BALANCE)
  const row: Opening = { channel, payerBinding: payer.binding, amount: 10n }
  /** Another car of the fleet, to the same charger. */
  const carRow = async (car: Device, amount: bigint, changes: Partial<Binding> = {}): Promise<Opening> => {
    const { binding, bindingId } = await bind(world, car, world.party, changes)
    const bindings = { payerBindingId: bindingId, payeeBindingId: payee.bindingId }
    const itsChannel = makeChannel(world, { payer: car, payee: world.charger, ...bindings })
    return { channel: { ...itsChannel, token: binding.token }, payerBinding: binding, amount }
  }
  const balance = async () => (await escrow.balanceOf(world.funder.address, channel.token)) as bigint
  return { ...ends, escrow, row, carRow, balance }
}

export async function stateOfRow({ world }: Pick<OpeningFleet, 'world'>, { channel }: Opening): Promise<unknown[]> {
  return [...(await world.escrow.channelOf(await channelIdOf(world, channel)))]
}

/** Who is bound, and how much each has spent. */
export async function exposuresOf({ world }: Pick<OpeningFleet, 'world'>, rows: readonly Opening[]): Promise<bigint[]> {
  return Promise.all(rows.map(async ({ payerBinding }) => (await world.registry.exposureOf(payerBinding)) as bigint))
}

export function withTerms(row: Opening, terms: Partial<Terms>): Opening {
  return { ...row, channel: { ...row.channel, terms: { ...row.channel.terms, ...terms } } }
}
