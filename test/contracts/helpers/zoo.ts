/** A token of many habits beside an honest one in the same escrow, and what the escrow owes in each. */
import { ChannelStatus } from '../../../sdk/src/generated/constants.ts'
import { bind } from './bindings.ts'
import { channelIdOf, makeChannel, settleRow, totals } from './channels.ts'
import type { Channel } from './channels.ts'
import { secp256k1Device } from './devices.ts'
import type { Deployed } from './deployed.ts'
import { addToken } from './tokens.ts'
import { deploy, deployWorld, ethers } from './world.ts'
import type { World } from './world.ts'

/** As `ZooHabit` in `contracts/mocks/ZooHabit.sol`, in its order. */
const HABITS = [
  'HONEST',
  'TAXES_COMING_IN',
  'TAXES_GOING_OUT',
  'TAXES_ON_TOP',
  'TAXES_EVERYBODY',
  'GIVES_ON_TOP',
  'MOVES_NOTHING',
  'SHOWS_WHAT_IT_DID_NOT_MOVE',
  'FLASH_MINTS',
  'REVERTS_ON_ZERO',
  'BLOCKS_ESCROW',
  'BLOCKS_FUNDER',
  'BLOCKS_BENEFICIARY',
  'PAUSES',
  'ANSWERS_NOTHING',
  'ANSWERS_FALSE',
  'ANSWERS_TWO',
  'ANSWERS_A_BYTE',
  'ANSWERS_AT_LENGTH',
  'REVERTS_AT_LENGTH',
  'EATS_ALL_GAS',
  'HAS_MANY_DECIMALS',
  'HAS_NO_DECIMALS',
  'SHOWS_NO_BALANCE',
  'SHOWS_BALANCE_BY_GAS',
  'LIES_ABOUT_PERMITS',
  'REVERTS_ON_PERMIT',
  'LIES_ABOUT_AUTHORIZATIONS',
  'REFUSES_CHANGED_APPROVAL',
  'CALLS_IN_PERMIT',
  'CALLS_BEFORE',
  'CALLS_AFTER',
  'CALLS_INSTEAD',
] as const
export type Habit = (typeof HABITS)[number]

const DEPOSIT = 1_000n
const BALANCE = 10_000n
const SETTLED = 50n

/** All of one token in the escrow: its channels, and the world in which it is the token. */
export type Side = Awaited<ReturnType<typeof prepareSide>>
export type Zoo = {
  readonly world: World
  readonly honest: Side
  readonly odd: Side
  /** The ledger of the odd token: the token itself, unless it is a second door to another one. */
  readonly ledger: Deployed<'ZooToken'>
  /** The world in which permits and authorizations are signed: its token is sure to tell its domain and nonces. */
  readonly signing: World
  /** What the escrow holds of the odd token, whatever the token shows. */
  readonly held: () => Promise<bigint>
}

/** Both tokens are honest so far: each has a balance, a payout, and open channels in the escrow. */
export async function deployZoo(): Promise<Zoo> {
  const world = await deployWorld()
  const ledger = await addToken(world, 'ZooToken')
  const honest = await prepareSide(world, 'honest car')
  const odd = await prepareSide(withToken(world, ledger), 'odd car')
  await honest.escrow.withdraw(world.beneficiary.address, world.token.target)
  const held = async () => (await ledger.held(world.escrow.target)) as bigint
  return { world, honest, odd, ledger, signing: withToken(world, ledger), held }
}

/** The honest token is a ledger that has a second door, and the odd one is the door. */
export async function deployDoors(): Promise<Zoo> {
  const plain = await deployWorld()
  const ledger = await addToken(plain, 'ZooToken')
  const world = withToken(plain, ledger)
  const honest = await prepareSide(world, 'honest car')
  const door = await deploy('ZooDoor', [ledger.target])
  const odd = await prepareSide(withToken(world, door), 'odd car')
  await honest.escrow.withdraw(world.beneficiary.address, ledger.target)
  const held = async () => ((await ledger.held(world.escrow.target)) as bigint) - (await owed(honest))
  return { world, honest, odd, ledger, signing: withToken(world, ledger), held }
}

export function withToken(world: World, token: object): World {
  // All that the helpers ask of the world's token, the ledger answers too; a door is never asked for a signature.
  return { ...world, token: token as World['token'] }
}

/** A balance, a channel to pay and top up, one to close, one to leave, and others that are not open yet. */
async function prepareSide(world: World, car: string) {
  const payer = secp256k1Device(car)
  const payee = secp256k1Device(`charger of the ${car}`)
  const { binding, bindingId: payerBindingId } = await bind(world, payer, world.party)
  const { bindingId: payeeBindingId } = await bind(world, payee, world.operator)
  const escrow = world.escrow.connect(world.funder)
  const channels: Channel[] = []
  const channelOf = (salt: string): Channel => {
    const ends = { payer, payee, payerBindingId, payeeBindingId }
    const channel = makeChannel(world, ends, { salt: ethers.id(salt) })
    channels.push(channel)
    return channel
  }
  const opened = { paid: channelOf('paid'), closed: channelOf('closed'), left: channelOf('left') }
  await escrow.depositBalance(world.token.target, BALANCE)
  for (const channel of Object.values(opened)) await escrow.openFromBalance(channel, binding, DEPOSIT)
  const side = { world, escrow, payer, payee, binding, channels, channelOf, ...opened }
  await settleTo(side, SETTLED)
  return side
}

export async function settleTo(
  { world, escrow, payer, paid }: Pick<Side, 'world' | 'escrow' | 'payer' | 'paid'>,
  total: bigint,
) {
  const row = await settleRow(world, paid, payer, totals(total))
  return escrow.settle([{ beneficiary: paid.beneficiary, token: paid.token, rows: [row] }])
}

/** What the escrow owes the funder and the beneficiary in this token: in channels, balance and payout. */
export async function owed({ world, channels, paid }: Side): Promise<bigint> {
  const { escrow, funder, beneficiary } = world
  const unsettled = channels.map(async (channel) => {
    const { deposit, settled, status } = await escrow.channelOf(await channelIdOf(world, channel))
    return status === BigInt(ChannelStatus.OPEN) ? (deposit as bigint) - (settled as bigint) : 0n
  })
  const accounts = [escrow.balanceOf(funder.address, paid.token), escrow.payoutOf(beneficiary.address, paid.token)]
  const parts = (await Promise.all([...unsettled, ...accounts])) as bigint[]
  return parts.reduce((sum, part) => sum + part, 0n)
}

/** What the token got into the escrow in its own name. */
export async function owedToToken({ world, odd, ledger }: Zoo): Promise<bigint> {
  return (await world.escrow.balanceOf(ledger.target, odd.paid.token)) as bigint
}

export async function takeUp({ world, ledger }: Zoo, habit: Habit): Promise<void> {
  const { escrow, funder, beneficiary } = world
  await ledger.takeUp(HABITS.indexOf(habit), escrow.target, funder.address, beneficiary.address)
}
