/** Publishers and what they say about their history. */
import { AbiCoder, dataSlice, id, keccak256 } from 'ethers'
import { anchorTypes } from '../../../sdk/src/generated/typedData.ts'
import type { Deployed } from './deployed.ts'
import type { Device, Message } from './devices.ts'
import { ZERO_HASH, deploy, deployWorld, domainOf, networkHelpers } from './world.ts'

export type Anchor = {
  publisher: string
  epoch: bigint | number
  previousRoot: string
  root: string
  count: bigint | number
  total: bigint
}

/** Where the contract keeps the last anchors: the first slot after the two of OpenZeppelin's EIP712. */
const LAST_SLOT = 2n

/** The world, and a ledger anchor beside it. The charger publishes, unless a test says otherwise. */
export async function deployLedgerWorld() {
  const world = await deployWorld()
  const ledger = await deploy('LedgerAnchor', [world.verifier.target])
  return { ...world, ledger, publisher: world.charger }
}

export type LedgerWorld = Awaited<ReturnType<typeof deployLedgerWorld>>
type Ledger = Deployed<'LedgerAnchor'>

/** A first anchor that is in order. */
export function makeAnchor(publisher: Pick<Device, 'id'>, overrides: Partial<Anchor> = {}): Anchor {
  const first = { epoch: 1, previousRoot: ZERO_HASH, root: rootOf(1), count: 3, total: 1_000n }
  return { publisher: publisher.id, ...first, ...overrides }
}

/** The anchor of any epoch of a publisher whose every root is `rootOf(epoch)`. */
export function anchorOf(publisher: Pick<Device, 'id'>, epoch: number): Anchor {
  const previousRoot = epoch === 1 ? ZERO_HASH : rootOf(epoch - 1)
  return makeAnchor(publisher, { epoch, previousRoot, root: rootOf(epoch) })
}

export function rootOf(epoch: number | bigint): string {
  return id(`root of epoch ${epoch}`)
}

export async function anchorMessage(ledger: Ledger, value: Anchor): Promise<Message> {
  return { domain: await domainOf(ledger), types: anchorTypes, value }
}

/** Signed by the publisher and sent with its signer, unless told otherwise. */
export async function publish(
  { ledger, publisher }: { ledger: Ledger; publisher: Device },
  value: Anchor,
  { signer = publisher.signer, by = publisher }: { signer?: string; by?: Device } = {},
) {
  return ledger.anchor(value, signer, by.sign(await anchorMessage(ledger, value)))
}

export function lastSlotOf(publisher: string): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(['bytes32', 'uint256'], [publisher, LAST_SLOT]))
}

/** epoch 64 | first 24 bytes of keccak256(root), from the lowest bit up. */
export function lastWord(epoch: bigint, root: string): string {
  return `${hash24(root)}${epoch.toString(16).padStart(16, '0')}`
}

/** First 24 bytes of keccak256(root). */
export function hash24(root: string): string {
  return dataSlice(keccak256(root), 0, 24)
}

/** As if the publisher had come that far. */
export async function putLast({ ledger }: { ledger: Ledger }, publisher: string, epoch: bigint, root: string) {
  await networkHelpers.setStorageAt(String(ledger.target), lastSlotOf(publisher), lastWord(epoch, root))
}
