/**
 * Lives of an escrow, made of steps that are drawn at random: every way in, every way to settle, every way out. A step may be
 * refused; then nothing has happened.
 */
import type { ContractTransactionResponse } from 'ethers'
import { bind, bindingIdOf, soon } from './bindings.ts'
import type { Binding } from './bindings.ts'
import {
  channelIdOf,
  closeMessage,
  makeChannel,
  requestCloseMessage,
  settleRow,
  totals,
  voucherMessage,
} from './channels.ts'
import type { Channel } from './channels.ts'
import { secp256k1Device } from './devices.ts'
import type { Device } from './devices.ts'
import { hashlockArguments, streamArguments } from './reveals.ts'
import { signAuthorization, signOrder, signPermit } from './signedDeposits.ts'
import { revoke } from './standing.ts'
import { FAR_OFF, HOUR, YEN, deploy, deployWorld, ethers, networkHelpers } from './world.ts'
import type { World } from './world.ts'

type Account = World['funder']
/** A channel of the life, open or not, and its ends. */
type Line = {
  /** The world as this channel sees it: with its own token and funder. */
  readonly world: World
  readonly channel: Channel
  readonly channelId: string
  readonly binding: Binding
  readonly payer: Device
  readonly payee: Device
}
export type Life = Awaited<ReturnType<typeof startLife>>
/** What is drawn for one step; `amount` counts token base units. */
export type Draw = { readonly step: StepName; readonly line: number; readonly amount: bigint; readonly version: bigint }
type Step = (life: Life, line: Line, draw: Draw) => Promise<ContractTransactionResponse>

const CHANNELS_PER_PAYER = 3

/** Four payers, one for each of two funders and two tokens, with three channels each to either of two beneficiaries. */
export async function startLife() {
  const world = await networkHelpers.loadFixture(deployWorld)
  const second = await deploy('LocalJpyToken', [world.admin.address])
  const { bindingId: payeeBindingId } = await bind(world, world.charger, world.operator)
  const lines: Line[] = []
  const funders: readonly Account[] = [world.funder, world.relayer]
  const payers = [world.car, world.p256Car, secp256k1Device('third car'), secp256k1Device('fourth car')]
  for (const [number, payer] of payers.entries()) {
    const [funder, token] = [funders[number % 2]!, number < 2 ? world.token : second]
    const view = { ...world, funder, token }
    await endow(view)
    const { binding, bindingId } = await bind(view, payer, world.party)
    const ends = { payer, payee: world.charger, payerBindingId: bindingId, payeeBindingId }
    for (let n = 0; n < CHANNELS_PER_PAYER; ++n) {
      // A funder that is paid too has a balance and a payout, which must not be mixed up.
      const beneficiary = n === 0 ? funder : world.beneficiary
      const channel = makeChannel({ ...view, beneficiary }, ends, { salt: ethers.id(`channel ${n}`) })
      const channelId = await channelIdOf(world, channel)
      lines.push({ world: view, channel, channelId, binding, payer, payee: world.charger })
    }
  }
  const accounts = [...funders, world.beneficiary].map(({ address }) => address)
  const tokens = [world.token, second]
  return { world, lines, accounts, tokens }
}

async function endow({ admin, token, funder, escrow }: World): Promise<void> {
  await token.connect(admin).mint(funder.address, 1_000n * YEN)
  await token.connect(funder).approve(escrow.target, 1_000n * YEN)
  await escrow.connect(funder).depositBalance(token.target, 5_000n)
}

/** The step, and whether it was taken. */
export async function takeStep(life: Life, draw: Draw): Promise<boolean> {
  try {
    await STEPS[draw.step](life, life.lines[draw.line % life.lines.length]!, draw)
    return true
  } catch (error) {
    if (isRevert(error)) return false
    throw error
  }
}

function isRevert(error: unknown): boolean {
  return error instanceof Error && /revert/i.test(error.message)
}

/** Opens a channel that is not open yet, and tops up one that is. */
function deposit(suffix: '' | 'FromBalance' | 'WithOrder' | 'WithPermit' | 'WithAuthorization', sign?: Sign): Step {
  return async (_, line, { amount }) => {
    const { world, channel, channelId, binding } = line
    const { deposit: depositBefore, status } = await world.escrow.channelOf(channelId)
    const signed = sign === undefined ? [] : await sign(line, amount, depositBefore as bigint)
    const escrow = world.escrow.connect(
      suffix === 'WithOrder' || suffix === 'WithAuthorization' ? world.stranger : world.funder,
    )
    const name = status === 0n ? (`open${suffix}` as const) : (`topUp${suffix}` as const)
    return escrow[name](channel, binding, ...signed, amount)
  }
}
type Sign = (line: Line, amount: bigint, depositBefore: bigint) => Promise<unknown[]>

async function sendRequest({ world, channel, channelId }: Line, name: 'Payer' | 'Funder' | 'Party', signed: Signed) {
  const deadline = await soon()
  const message = await requestCloseMessage(world, channelId, deadline)
  return world.escrow.connect(world.stranger)[`requestCloseBy${name}`](channel, ...(await signed(message, deadline)))
}
type Signed = (
  message: Awaited<ReturnType<typeof requestCloseMessage>>,
  deadline: number,
) => Promise<unknown[]> | unknown[]

const STEPS = {
  depositBalance: (_, { world, channel }, { amount }) =>
    world.escrow.connect(world.funder).depositBalance(channel.token, amount),
  withdrawBalance: (_, { world, channel }, { amount }) =>
    world.escrow.connect(world.funder).withdrawBalance(channel.token, amount),
  withdraw: (_, { world, channel }) => world.escrow.withdraw(channel.beneficiary, channel.token),

  depositFromAllowance: deposit(''),
  depositFromBalance: deposit('FromBalance'),
  depositWithOrder: deposit('WithOrder', async ({ world, channelId }, amount, depositBefore) => [
    await signOrder(world, { channelId, amount, depositBefore, deadline: FAR_OFF }),
    FAR_OFF,
  ]),
  depositWithPermit: deposit('WithPermit', async ({ world }, amount) => [await signPermit(world, amount)]),
  depositWithAuthorization: deposit('WithAuthorization', async ({ world, channelId }, amount, depositBefore) => [
    await signAuthorization(world, { channelId, amount, depositBefore }),
  ]),
  openMany: async ({ lines }, { world }, { amount, line }) => {
    const openings = [0, 1, 2].map((n) => lines[(line + n * 5) % lines.length]!)
    return world.escrow
      .connect(world.funder)
      .openMany(openings.map(({ channel, binding }) => ({ channel, payerBinding: binding, amount })))
  },

  settle: async ({ lines }, { world }, { amount, version, line }) => {
    const groups = [0, 1, 2, 3].map(async (n) => {
      const { world: its, channel, payer } = lines[(line + n * 4) % lines.length]!
      const { beneficiary, token } = channel
      const rows = [amount, amount + 1n].map((total) => settleRow(its, channel, payer, totals(total, version)))
      return { beneficiary, token, rows: await Promise.all(rows) }
    })
    return world.escrow.settle(await Promise.all(groups))
  },
  settleStream: async (_, { world, channel, payer }, { amount, version }) => {
    const size = { tickAmount: 50n, tickCount: 10, ticks: Number(version % 11n) }
    return world.escrow.settleStream(...(await streamArguments(world, channel, payer, totals(amount, version), size)))
  },
  settleHashlock: async (_, { world, channel, payer }, { amount, version }) =>
    world.escrow.settleHashlock(
      ...(await hashlockArguments(world, channel, payer, totals(amount, version), { lockedAmount: 70n })),
    ),

  close: async (_, { world, channel, channelId, payer, payee }, { amount, version }) => {
    const value = totals(amount, version)
    const consent = payee.signParts(await closeMessage(world, channelId, value))
    const promise = payer.signParts(await voucherMessage(world, channelId, { ...value, cumulativeAmount: amount + 9n }))
    return world.escrow.close(channel, amount, version, value.receiptsRoot, consent, amount + 9n, promise)
  },
  requestClose: (_, { world, channel }) => world.escrow.connect(world.funder).requestClose(channel),
  requestCloseByPayer: (_, line) =>
    sendRequest(line, 'Payer', (message, deadline) => [deadline, line.payer.signParts(message)]),
  requestCloseByFunder: (_, line) =>
    sendRequest(line, 'Funder', async ({ domain, types, value }, deadline) => {
      const fields = Object.fromEntries(Object.entries(types).map(([type, its]) => [type, [...its]]))
      return [deadline, await line.world.funder.signTypedData(domain, fields, value)]
    }),
  requestCloseByParty: (_, line) =>
    sendRequest(line, 'Party', (message, deadline) => {
      const { party } = line.world
      return [line.binding, deadline, party.signer, party.sign(message)]
    }),
  /** Ends one binding in eight: what is opened under it can then only be settled and closed. */
  requestCloseOfEndedBinding: async (_, { world, channel, binding }, { version }) => {
    if (version % 8n === 0n) await revoke(world, { binding, bindingId: bindingIdOf(binding) }, { sequence: 0 })
    return world.escrow.requestCloseOfEndedBinding(channel)
  },
  finalizeClose: async (_, { world, channel }, { version }) => {
    if (version % 2n === 0n) await networkHelpers.time.increase(2 * HOUR)
    return world.escrow.finalizeClose(channel)
  },
} satisfies Record<string, Step>

export type StepName = keyof typeof STEPS
export const STEP_NAMES = Object.keys(STEPS) as StepName[]
