/** Channels that are ready for new money, and the calls that bring it. */
import type { ContractTransactionResponse } from 'ethers'
import { bind } from './bindings.ts'
import type { Binding } from './bindings.ts'
import { makeChannel } from './channels.ts'
import type { Channel } from './channels.ts'
import type { Bound } from './standing.ts'
import { DAY, YEN } from './world.ts'
import type { World } from './world.ts'

export const FIRST_DEPOSIT = 1_000n * YEN
export const FIRST_TOP_UP = 100n

type OpeningName = `open${'' | 'FromBalance' | 'WithOrder' | 'WithPermit' | 'WithAuthorization' | 'RowOf'}`
type ToppingUpName = `topUp${'' | 'FromBalance' | 'WithOrder' | 'WithPermit' | 'WithAuthorization'}`
type Account = World['funder']

export type Deposit = { readonly channel: Channel; readonly binding: Binding; readonly amount: bigint }

/** What a way in is called with: whatever the deposit, with signatures that are right for it. */
export type ArgumentsOf = (deposit: Deposit) => readonly unknown[] | Promise<readonly unknown[]>

/** A channel ready for new money: `send()` as it is would succeed. */
export type Scene = {
  readonly world: World
  readonly name: OpeningName | ToppingUpName
  readonly channel: Channel
  readonly payer: Bound
  readonly payee: Bound
  readonly send: (change?: Partial<Deposit> & { caller?: Account }) => Promise<ContractTransactionResponse>
  readonly argumentsOf: ArgumentsOf
  /** Who sends it unless told. */
  readonly sender: Account
  /** What the call emits. */
  readonly event: string
  /** Exposure of the running period that the scene itself caused. */
  readonly exposure: bigint
}

/** A car and a charger, both bound; the payer's binding lasts longer, so that time can end the payee's alone. */
export async function bindBothEnds(world: World, funder = world.funder.address) {
  const payer = await bind(world, world.car, world.party, { funder })
  const validUntil = Number(payer.binding.validUntil) - 100 * DAY
  const payee = await bind(world, world.charger, world.operator, { validUntil })
  const ends = { payer: world.car, payee: world.charger }
  const bindings = { payerBindingId: payer.bindingId, payeeBindingId: payee.bindingId }
  return { world, channel: makeChannel(world, { ...ends, ...bindings }, { funder }), payer, payee }
}

type BothEnds = Awaited<ReturnType<typeof bindBothEnds>>

export const plainly: ArgumentsOf = ({ channel, binding, amount }) => [channel, binding, amount]

/** A channel that is not open yet. */
export function openingScene(
  ends: BothEnds,
  name: OpeningName,
  argumentsOf: ArgumentsOf,
  sender: Account = ends.world.funder,
) {
  const send = senderOf(ends, name, argumentsOf, { sender, amount: FIRST_DEPOSIT })
  const escrow = ends.world.escrow.connect(ends.world.funder)
  return { ...ends, escrow, name, argumentsOf, send, sender, event: 'ChannelOpened', exposure: 0n }
}

/** A channel that was opened out of the funder's allowance. */
export async function toppingUpScene(
  ends: BothEnds,
  name: ToppingUpName,
  argumentsOf: ArgumentsOf,
  sender: Account = ends.world.funder,
) {
  const escrow = ends.world.escrow.connect(ends.world.funder)
  await escrow.open(ends.channel, ends.payer.binding, FIRST_DEPOSIT)
  const send = senderOf(ends, name, argumentsOf, { sender, amount: FIRST_TOP_UP })
  return { ...ends, escrow, name, argumentsOf, send, sender, event: 'ChannelToppedUp', exposure: FIRST_DEPOSIT }
}

function senderOf(
  ends: BothEnds,
  name: Scene['name'],
  argumentsOf: ArgumentsOf,
  usual: { sender: Account; amount: bigint },
): Scene['send'] {
  return async (change = {}) => {
    const {
      caller = usual.sender,
      channel = ends.channel,
      binding = ends.payer.binding,
      amount = usual.amount,
    } = change
    const method = ends.world.escrow.connect(caller)[name]
    return method(...(await argumentsOf({ channel, binding, amount })))
  }
}
