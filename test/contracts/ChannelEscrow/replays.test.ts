/**
 * ChannelEscrow: replays
 * |-- given each entry point that takes a signature (ENTRIES), and one key in every role
 * |   |-- when it gets the message it takes ... it takes it
 * |   |-- when it gets each other message (MESSAGES) ... it refuses it
 * |   `-- when the message is for another channel, for another escrow, for another chain id, from before a fork of the chain,
 * |       shown after the close, shown after a top-up, shown a second time ... it does what its cell says (CELLS)
 * `-- given the escrow's functions and its message types ... none is missing in the tables
 */
import { expect } from 'chai'
import { FunctionFragment, ZeroAddress, id } from 'ethers'
import { network } from 'hardhat'
import { ChannelStatus, SkipReason } from '../../../sdk/src/generated/constants.ts'
import { DEPOSIT, ENTRIES, MESSAGES, placeOf, setScene, signAt } from '../helpers/replays.ts'
import type { Entry, EntryName, MessageName, Outcome, Place, Scene } from '../helpers/replays.ts'
import { ethers } from '../helpers/world.ts'

const { OPEN, CLOSED } = ChannelStatus
const FORK_ID = 31_338

/** The same contracts at the same addresses, with their code and what it remembers of the old chain id. */
const fork = await network.create({ override: { chainId: FORK_ID } })

async function setFork(): Promise<Scene> {
  const scene = await setScene(fork)
  const { escrow, token } = scene.world
  for (const { target } of [escrow, token]) {
    await fork.networkHelpers.setCode(String(target), await ethers.provider.getCode(target))
  }
  return scene
}

async function ready(entry: Entry, scene: Scene): Promise<Scene> {
  if (!entry.opens) await scene.open()
  return scene
}

type Cell = 'taken' | 'REFUSED' | keyof typeof SkipReason | ((scene: Scene) => Outcome | Promise<Outcome>)

async function expectCell(entry: Entry, scene: Scene, signature: string, cell: Cell): Promise<void> {
  const expected = cell === 'REFUSED' ? entry.refusal(scene) : typeof cell === 'function' ? await cell(scene) : cell
  const { escrow, token } = scene.world
  const before: unknown = await escrow.channelOf(scene.channelId)
  const sending = entry.send(scene, signature)
  if (expected === 'taken') {
    await expect(sending).not.to.emit(escrow, 'RowSkipped')
    expect(await escrow.channelOf(scene.channelId)).not.to.deep.equal(before)
    return
  }
  if (typeof expected === 'string') {
    await expect(sending).to.emit(escrow, 'RowSkipped').withArgs(scene.channelId, SkipReason[expected])
  } else {
    const { error, args, of } = expected
    const refused = expect(sending).to.be.revertedWithCustomError(of === 'token' ? token : escrow, error)
    await (args.length === 0 ? refused : refused.withArgs(...args))
  }
  expect(await escrow.channelOf(scene.channelId)).to.deep.equal(before)
}

const CIRCUMSTANCES = ['channel', 'escrow', 'chain id', 'fork', 'closed', 'topped up', 'again'] as const
type Circumstance = (typeof CIRCUMSTANCES)[number]

const TITLES: Record<Circumstance, string> = {
  channel: 'for another channel',
  escrow: 'for another escrow',
  'chain id': 'for another chain id',
  fork: 'from before a fork of the chain',
  closed: 'shown after the close',
  'topped up': 'shown after a top-up',
  again: 'shown a second time',
}

const notOpen: Cell = ({ channelId }) => ({ error: 'ChannelEscrow_NotOpen', args: [channelId, CLOSED] })
const closing: Cell = async ({ world, channelId }) => {
  const { closeAt } = await world.escrow.channelOf(channelId)
  return { error: 'ChannelEscrow_Closing', args: [channelId, closeAt] }
}
const nothing =
  (total: bigint): Cell =>
  ({ channelId }) => ({ error: 'ChannelEscrow_NothingToSettle', args: [channelId, total, total, DEPOSIT] })
const alreadyOpened =
  (status: number): Cell =>
  ({ channelId }) => ({ error: 'ChannelEscrow_AlreadyOpened', args: [channelId, status] })

const MISDIRECTED = { channel: 'REFUSED', escrow: 'REFUSED', 'chain id': 'REFUSED', fork: 'REFUSED' } as const
/** What a top-up leaves as it was: a promise of the payer, a last word of the payee, a wish to close. */
const LASTING = { ...MISDIRECTED, closed: notOpen, 'topped up': 'taken' } as const
const ASKED = { ...LASTING, again: closing }
const OPENING = {
  ...MISDIRECTED,
  closed: alreadyOpened(CLOSED),
  'topped up': alreadyOpened(OPEN),
  again: alreadyOpened(OPEN),
} as const
/** The deposit before is part of it: nobody can count it twice. */
const TOPPING_UP = { ...MISDIRECTED, closed: notOpen, 'topped up': 'REFUSED', again: 'REFUSED' } as const
/** A permit names no channel. It needs none: its funder itself calls, and names the channel there. */
const PERMITTED = { channel: 'taken' } as const

const CELLS: Record<EntryName, Record<Circumstance, Cell>> = {
  settle: { ...LASTING, closed: 'NOT_OPEN', again: 'STALE_VOUCHER' },
  settleStream: { ...LASTING, again: nothing(130n) },
  settleHashlock: { ...LASTING, again: nothing(110n) },
  'close payee': { ...LASTING, again: notOpen },
  'close payer': { ...LASTING, again: notOpen },
  requestCloseByPayer: ASKED,
  requestCloseByFunder: ASKED,
  requestCloseByParty: ASKED,
  openWithOrder: OPENING,
  topUpWithOrder: TOPPING_UP,
  openWithAuthorization: OPENING,
  topUpWithAuthorization: TOPPING_UP,
  openWithPermit: { ...OPENING, ...PERMITTED },
  topUpWithPermit: { ...TOPPING_UP, ...PERMITTED, 'topped up': 'taken' },
}

/** The message as it is needed, but for the place. */
async function misdirect(entry: Entry, change: Partial<Place>): Promise<[Scene, string]> {
  const scene = await ready(entry, await setScene())
  return [scene, await signAt(scene, entry.takes, { ...(await placeOf(scene)), ...change }, entry.by)]
}

/** The message as it is needed; then `happen`. */
async function keep(entry: Entry, happen: (scene: Scene, signature: string) => Promise<unknown>) {
  const scene = await ready(entry, await setScene())
  const signature = await signAt(scene, entry.takes, await placeOf(scene), entry.by)
  await happen(scene, signature)
  return [scene, signature] as const
}

/** The scene in which the signature is shown, and the signature. */
const SHOWN: Record<Circumstance, (entry: Entry) => Promise<readonly [Scene, string]>> = {
  channel: (entry) => misdirect(entry, { channelId: id('another channel') }),
  escrow: (entry) => misdirect(entry, { escrow: ZeroAddress }),
  'chain id': (entry) => misdirect(entry, { chainId: BigInt(FORK_ID) }),
  fork: async (entry) => {
    const [, signature] = await keep(entry, () => Promise.resolve())
    return [await ready(entry, await setFork()), signature]
  },
  closed: (entry) =>
    keep(entry, async ({ open, close }) => {
      if (entry.opens) await open()
      await close()
    }),
  'topped up': (entry) =>
    keep(entry, async ({ open, topUp }) => {
      if (entry.opens) await open()
      await topUp()
    }),
  again: (entry) => keep(entry, entry.send),
}

describe('ChannelEscrow: replays', () => {
  for (const [name, entry] of Object.entries(ENTRIES) as [EntryName, Entry][]) {
    describe(`given ${name}`, () => {
      it(`when it gets a ${entry.takes} ... it takes it, also on the fork when it is signed for the fork`, async () => {
        for (const set of [setScene, setFork]) {
          const scene = await ready(entry, await set())
          const signature = await signAt(scene, entry.takes, await placeOf(scene), entry.by)
          await expectCell(entry, scene, signature, 'taken')
        }
      })

      for (const other of (Object.keys(MESSAGES) as MessageName[]).filter((message) => message !== entry.takes)) {
        it(`when it gets a signature over a ${other} ... it refuses it`, async () => {
          const scene = await ready(entry, await setScene())
          const signature = await signAt(scene, other, await placeOf(scene), entry.by)
          await expectCell(entry, scene, signature, 'REFUSED')
        })
      }

      for (const circumstance of CIRCUMSTANCES) {
        const cell = CELLS[name][circumstance]
        const end = cell === 'taken' ? 'it takes it' : 'it refuses it'
        it(`when the ${entry.takes} is ${TITLES[circumstance]} ... ${end}`, async () => {
          const [scene, signature] = await SHOWN[circumstance](entry)
          await expectCell(entry, scene, signature, cell)
        })
      }
    })
  }

  it("given the escrow's functions ... none that takes a signature is missing in the table", async () => {
    const { world } = await setScene()
    const functions = world.escrow.interface.fragments.filter((fragment) => fragment instanceof FunctionFragment)
    // Every signature has an `r` or is called by its name; a function may take two, which are two entries.
    const signed = functions.flatMap(({ name, inputs }) => {
      const count = inputs
        .map((input) => input.format('full'))
        .filter((text) => /bytes32 r\b|bytes signature/.test(text))
      return count.map(() => name)
    })
    expect(
      Object.keys(ENTRIES)
        .map((name) => name.split(' ')[0])
        .sort(),
    ).to.deep.equal(signed.sort())
  })

  it('given the message types ... none that is signed for the escrow is missing in the table', async () => {
    const { world } = await setScene()
    const functions = world.escrowMessages.interface.fragments.filter(
      (fragment) => fragment instanceof FunctionFragment,
    )
    const digests = functions.map(({ name }) => name).filter((name) => name.endsWith('Digest'))
    const types = digests.map((name) => name.charAt(0).toUpperCase() + name.slice(1, -'Digest'.length))
    expect(Object.keys(MESSAGES).sort()).to.deep.equal([...types, 'Permit', 'ReceiveWithAuthorization'].sort())
  })
})
