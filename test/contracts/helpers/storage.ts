import { AbiCoder, id, keccak256, toBeHex } from 'ethers'
import { channelIdOf, makeChannel } from './channels.ts'
import type { Device } from './devices.ts'
import { connection, ethers, networkHelpers } from './world.ts'
import type { Chain, World } from './world.ts'
import { ChannelStatus } from '../../../sdk/src/generated/constants.ts'

/** Where the escrow keeps its channels: the first slot after the two of OpenZeppelin's EIP712. */
const CHANNELS_SLOT = 2n

export type State = { settled: bigint; deposit: bigint; closeAt: bigint; status: number }

/** settled 96 | deposit 96 | closeAt 40 | status 24, from the lowest bit up. */
export function packState({ settled, deposit, closeAt, status }: State): bigint {
  return settled | (deposit << 96n) | (closeAt << 192n) | (BigInt(status) << 232n)
}

export function channelSlotOf(channelId: string): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(['bytes32', 'uint256'], [channelId, CHANNELS_SLOT]))
}

export async function channelWordOf(world: World, channelId: string): Promise<bigint> {
  return BigInt(await networkHelpers.getStorageAt(String(world.escrow.target), channelSlotOf(channelId)))
}

type Put = { payer?: Device; payee?: Device; funder?: string; payerBindingId?: string } & Partial<State>

/** An open channel written straight into storage: also of devices, funders and bindings that the registry would refuse. */
export async function putChannel(world: World, put: Put = {}, chain: Chain = connection) {
  const {
    payer = world.car,
    payee = world.charger,
    funder = world.funder.address,
    payerBindingId = id('binding'),
  } = put
  const ends = { payer, payee, payerBindingId, payeeBindingId: id("payee's binding") }
  const channel = makeChannel(world, ends, { funder })
  const channelId = await channelIdOf(world, channel)
  const { settled = 0n, deposit = 1_000n, closeAt = 0n, status = ChannelStatus.OPEN } = put
  const word = toBeHex(packState({ settled, deposit, closeAt, status }), 32)
  await chain.networkHelpers.setStorageAt(String(world.escrow.target), channelSlotOf(channelId), word)
  return { channel, channelId, payer, payee, deposit }
}

type Step = { op: string; depth: number; stack: string[] }

/** The slots that a transaction wrote in the contract it was sent to, in the order of writing, each once. */
export async function slotsWritten(transactionHash: string): Promise<string[]> {
  const trace = await ethers.provider.send('debug_traceTransaction', [transactionHash])
  const writes = (trace.structLogs as Step[]).filter(({ op, depth }) => op === 'SSTORE' && depth === 1)
  return [...new Set(writes.map(({ stack }) => toBeHex(BigInt(`0x${stack.at(-1)!.replace(/^0x/, '')}`), 32)))]
}
