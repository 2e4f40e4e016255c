/**
 * settle: bad P-256 rows in a batch
 * |-- given a chain with the precompile
 * |   `-- when each kind of bad row stands before a good one ... it skips the bad rows and pays the good one
 * `-- given a chain without the precompile
 *     `-- when each kind of bad row stands before a good one ... it skips the bad rows and pays the good one
 */
import { expect } from 'chai'
import { network } from 'hardhat'
import { ZeroHash, concat, dataSlice, keccak256, toBeHex } from 'ethers'
import { SkipReason } from '../../../sdk/src/generated/constants.ts'
import { channelIdOf, settleRow, totals } from '../helpers/channels.ts'
import type { Device, Message } from '../helpers/devices.ts'
import { withHighS } from '../helpers/devices.ts'
import { P256_ORDER, P256_PRIME } from '../helpers/p256.ts'
import { putChannel } from '../helpers/storage.ts'
import { connection, deployWorld } from '../helpers/world.ts'
import type { Chain, World } from '../helpers/world.ts'

const ONES = `0x${'ff'.repeat(32)}`
const ORDER = toBeHex(P256_ORDER, 32)
const PRIME = toBeHex(P256_PRIME, 32)

/** x || y, in place of a good key: no point of the curve, or no point at all. */
const BAD_KEYS: readonly ((x: string, y: string) => string)[] = [
  () => concat([ZeroHash, ZeroHash]),
  () => concat([ONES, ONES]),
  (_, y) => concat([PRIME, y]),
  (x) => concat([x, PRIME]),
  (x) => concat([x, toBeHex(1, 32)]),
  (x) => x,
  (x, y) => concat([x, y, '0x00']),
]

/** r || s, in place of a good signature. */
const BAD_SIGNATURES: readonly ((r: string, s: string) => string)[] = [
  () => concat([ZeroHash, ZeroHash]),
  (_, s) => concat([ZeroHash, s]),
  (r) => concat([r, ZeroHash]),
  (_, s) => concat([ORDER, s]),
  (r) => concat([r, ORDER]),
  () => concat([ONES, ONES]),
  (r, s) => concat([s, r]),
  (r, s) => withHighS(concat([r, s])),
]

const withoutPrecompile = await network.create({ override: { hardfork: 'cancun' } })

describe('settle: bad P-256 rows in a batch', () => {
  for (const [title, chain] of [
    ['given a chain with the precompile', connection],
    ['given a chain without the precompile', withoutPrecompile],
  ] as const) {
    describe(title, () => {
      it('when each kind of bad row stands before a good one ... it skips the bad rows and pays the good one', () =>
        skipsBadRows(chain))
    })
  }
})

async function skipsBadRows(chain: Chain): Promise<void> {
  const world = await chain.networkHelpers.loadFixture(deployWorld)
  const { channel } = await putChannel(world, { payer: world.p256Car }, chain)
  const good = await settleRow(world, channel, world.p256Car, totals(5n))
  const bad = [...BAD_SIGNATURES.map((bend) => withSignature(good, bend)), ...(await badKeyRows(world, chain))]

  const { beneficiary, token } = channel
  const rows = [...bad, good]
  const receipt = await (await world.escrow.settle([{ beneficiary, token, rows }], { gasLimit: 16_000_000 })).wait()

  const skipped = await world.escrow.queryFilter('RowSkipped', receipt.blockNumber)
  expect(skipped.map((event) => ('args' in event ? event.args[1] : undefined))).to.deep.equal(
    bad.map(() => BigInt(SkipReason.WRONG_SIGNER)),
  )
  expect(await world.escrow.payoutOf(beneficiary, token)).to.equal(5n)
  expect((await world.escrow.channelOf(await channelIdOf(world, channel))).settled).to.equal(5n)
}

type Row = Awaited<ReturnType<typeof settleRow>>

function withSignature(row: Row, bend: (r: string, s: string) => string): Row {
  const signature = bend(row.r, row.vs)
  return { ...row, r: dataSlice(signature, 0, 32), vs: dataSlice(signature, 32) }
}

/** Of open channels whose payers no registry would bind: only the check of the signature is left to refuse them. */
async function badKeyRows(world: World, chain: Chain): Promise<Row[]> {
  const rows: Row[] = []
  for (const bend of BAD_KEYS) {
    const payer = withKey(world.p256Car, bend)
    const { channel } = await putChannel(world, { payer }, chain)
    rows.push(await settleRow(world, channel, payer, totals(5n)))
  }
  return rows
}

function withKey(device: Device, bend: (x: string, y: string) => string): Device {
  const { signer: honest } = device
  const signer = concat([dataSlice(honest, 0, 20), bend(dataSlice(honest, 20, 52), dataSlice(honest, 52))])
  const signParts = (message: Message) => ({ ...device.signParts(message), signer })
  return { ...device, id: keccak256(signer), signer, signParts }
}
