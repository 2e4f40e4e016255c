import type { ContractTransactionResponse } from 'ethers'
import { closeMessage, openChannel, settleRow, totals, voucherMessage } from './channels.ts'
import type { Totals } from './channels.ts'
import type { Device, DeviceSignature } from './devices.ts'
import { ZERO_HASH, deployWorld, networkHelpers } from './world.ts'

export const DEPOSIT = 1_000n
export const VERSION = 7n
export const { receiptsRoot: ROOT } = totals(0n, VERSION)
export const NO_SIGNATURE: DeviceSignature = { r: ZERO_HASH, vs: ZERO_HASH, signer: '0x' }

/** A channel opened for real, all that its ends may sign to close it, and a stranger that sends it. */
export async function openToClose(ends: { payer?: Device; payee?: Device } = {}) {
  const world = await networkHelpers.loadFixture(deployWorld)
  const opened = await openChannel(world, DEPOSIT, ends)
  const { channel, channelId, payer, payee } = opened
  const { beneficiary, token } = channel
  const escrow = world.escrow.connect(world.stranger)
  const consent = async (amount: bigint) =>
    payee.signParts(await closeMessage(world, channelId, totals(amount, VERSION)))
  const voucher = async (value: Totals) => payer.signParts(await voucherMessage(world, channelId, value))
  const settle = async (total: bigint): Promise<ContractTransactionResponse> => {
    const row = await settleRow(world, channel, payer, totals(total, VERSION))
    return escrow.settle([{ beneficiary, token, rows: [row] }])
  }
  /** At the payee's amount, with a voucher of the payer's total. */
  const close = async (amount: bigint, authorised: bigint): Promise<ContractTransactionResponse> => {
    const promise = await voucher(totals(authorised, VERSION))
    return escrow.close(channel, amount, VERSION, ROOT, await consent(amount), authorised, promise)
  }
  /** The beneficiary's payout, and the funder's balance. */
  const money = async (): Promise<bigint[]> => [
    await escrow.payoutOf(beneficiary, token),
    await escrow.balanceOf(world.funder.address, token),
  ]
  return { ...opened, world, escrow, beneficiary, token, consent, voucher, settle, close, money }
}

export type OpenedToClose = Awaited<ReturnType<typeof openToClose>>
