import { ChannelStatus, channelEscrowAbi } from '@musubi/sdk'
import type { Hex } from 'viem'
import type { Wallets } from './accounts.ts'
import type { ChainProcess } from './ChainProcess.ts'
import type { CarChannel } from './channels.ts'
import { DemoError } from './DemoError.ts'
import type { Devices } from './Devices.ts'
import type { StationVoucher } from './devices/protocol.ts'
import type { Ledger } from './Ledger.ts'
import { must } from './must.ts'
import { counted, plural } from './numbers.ts'

const DAY_SECONDS = 24 * 3600

/**
 * Carries the payments to the chain: one channel closes cooperatively, one is left alone by its payee and settled by a
 * stranger during the close delay, all others are settled in one batch. Then the operator's payouts are withdrawn.
 */
export async function settleAll(options: settleAll.Options): Promise<void> {
  const { ledger, devices, wallets, onStep } = options
  const { operator, stranger } = wallets
  onStep('collecting the newest voucher of each channel')
  const vouchers = await collectVouchers(devices)
  // With fewer than three channels, the batch is what everybody wants to see.
  const special = vouchers.length >= 3 ? 2 : 0
  const [cooperative, leftAlone] = special === 2 ? vouchers : []
  const settled = await ledger.escrow(operator).settleVouchers(vouchers.slice(special))
  onStep(`settled ${counted(vouchers.length - special)} channels in ${plural(settled.length, 'batch', 'batches')}`)
  if (cooperative !== undefined) {
    await closeCooperatively(cooperative, options)
    onStep('closed one by the word of both sides')
  }
  if (leftAlone !== undefined) {
    await closeWithoutPayee(leftAlone, options)
    onStep('closed one whose payee kept silent; a stranger settled its voucher')
  }
  await ledger.escrow(stranger).withdraw({ account: operator.address, token: ledger.token })
}
export declare namespace settleAll {
  type Options = {
    readonly ledger: Ledger
    readonly chain: ChainProcess
    readonly devices: Devices
    readonly channels: ReadonlyMap<string, CarChannel>
    readonly wallets: Wallets
    /** Seconds; after the last session. */
    readonly now: number
    readonly onStep: (step: string) => void
  }
}

/** What the chain has settled on a channel, in its newest finalized block. */
export async function settledOf(ledger: Ledger, channelId: Hex): Promise<bigint> {
  const state = await ledger.reader.readContract({
    address: ledger.deployment.channelEscrow,
    abi: channelEscrowAbi,
    functionName: 'channelOf',
    args: [channelId],
    blockTag: 'finalized',
  })
  if (state.status === ChannelStatus.NONE) {
    throw new DemoError(`The channel ${channelId} is not in a finalized block.`, { next: 'Let the chain go on.' })
  }
  return state.settled
}

async function collectVouchers(devices: Devices): Promise<StationVoucher[]> {
  const vouchers: StationVoucher[] = []
  for (const name of devices.stationNames) {
    const { process } = await devices.station(name)
    vouchers.push(...(await process.ask({ type: 'vouchers' }, 'vouchers')).vouchers)
  }
  return vouchers
}

/** The station signs its last word, and the operator carries it to the chain. */
async function closeCooperatively(
  { record, voucher }: StationVoucher,
  { ledger, devices, channels, wallets }: settleAll.Options,
): Promise<void> {
  const of = [...channels.values()].find((channel) => channel.record.channelId === record.channelId)
  const { process } = await devices.station(must(of, `channel ${record.channelId}`).station)
  const { close } = await process.ask({ type: 'close', channelId: record.channelId }, 'closing')
  await ledger.escrow(wallets.operator).close({ record, close, voucher })
}

/** The funder leaves, and the payee does nothing about it. */
async function closeWithoutPayee(
  settleable: StationVoucher,
  { ledger, chain, wallets, now }: settleAll.Options,
): Promise<void> {
  const { issuer, stranger, parties } = wallets
  const { channel } = settleable.record
  const funder = [issuer, ...parties].find(({ address }) => address === channel.terms.funder)
  await ledger.escrow(funder ?? issuer).requestClose({ channel })
  await chain.passTimeUntil(now + DAY_SECONDS)
  // Anybody who holds its newest voucher may speak for it, in its favour alone.
  await ledger.escrow(stranger).settleVouchers([settleable])
  await chain.passTimeUntil(now + DAY_SECONDS + channel.terms.closeDelaySeconds)
  await ledger.escrow(stranger).finalizeClose({ channel })
}
