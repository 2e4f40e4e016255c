/**
 * openMany: bad rows
 * |-- given a bad row: of another funder, of an open channel, of a closed channel, with a beneficiary of zero, with the escrow
 * |   as beneficiary, with too short a close delay, with an amount of zero, with the binding of another device, of another
 * |   funder, of another token, that was never recorded, that is suspended, that the terms do not name, to a payee that was
 * |   never bound, above the ceiling, above the balance
 * |   |-- when it is alone ... it skips it with the error that opening it alone gives
 * |   |-- when it is first of a fleet ... it skips it and opens the others
 * |   |-- when it is in the middle of a fleet ... it skips it and opens the others
 * |   `-- when it is last of a fleet ... it skips it and opens the others
 * `-- given nothing but bad rows ... it skips them all, and nothing changes
 */
import { expect } from 'chai'
import { ZeroAddress } from 'ethers'
import { ChannelStatus } from '../../../sdk/src/generated/constants.ts'
import { renew } from '../helpers/bindings.ts'
import type { Binding } from '../helpers/bindings.ts'
import { channelIdOf } from '../helpers/channels.ts'
import { secp256k1Device } from '../helpers/devices.ts'
import { escrowEventsOf } from '../helpers/events.ts'
import { BALANCE, CEILING, exposuresOf, prepareFleet, stateOfRow, withTerms } from '../helpers/openings.ts'
import type { Opening, OpeningFleet } from '../helpers/openings.ts'
import { suspendByAttester } from '../helpers/standing.ts'
import { putChannel } from '../helpers/storage.ts'
import { CLOSE_DELAY_FLOOR, ethers } from '../helpers/world.ts'

const OPENED = BigInt(ChannelStatus.OPEN)

type Bad = { error: string; make: (fleet: OpeningFleet) => Opening | Promise<Opening> }

const BAD_ROWS: Readonly<Record<string, Bad>> = {
  'of another funder': {
    error: 'ChannelEscrow_NotFunder',
    make: ({ row, world }) => withTerms(row, { funder: world.stranger.address }),
  },
  'of an open channel': {
    error: 'ChannelEscrow_AlreadyOpened',
    make: async ({ row, world }) => ({ ...row, channel: (await putChannel(world)).channel }),
  },
  'of a closed channel': {
    error: 'ChannelEscrow_AlreadyOpened',
    make: async ({ row, world }) => ({
      ...row,
      channel: (await putChannel(world, { status: ChannelStatus.CLOSED })).channel,
    }),
  },
  'with a beneficiary of zero': {
    error: 'ChannelEscrow_BadBeneficiary',
    make: ({ row }) => ({ ...row, channel: { ...row.channel, beneficiary: ZeroAddress } }),
  },
  'with the escrow as beneficiary': {
    error: 'ChannelEscrow_BadBeneficiary',
    make: ({ row, escrow }) => ({ ...row, channel: { ...row.channel, beneficiary: String(escrow.target) } }),
  },
  'with too short a close delay': {
    error: 'ChannelEscrow_BadCloseDelay',
    make: ({ row }) => withTerms(row, { closeDelaySeconds: CLOSE_DELAY_FLOOR - 1 }),
  },
  'with an amount of zero': { error: 'ChannelEscrow_ZeroAmount', make: ({ row }) => ({ ...row, amount: 0n }) },
  'with the binding of another device': {
    error: 'ChannelEscrow_WrongPayer',
    make: ({ row, payee }) => ({ ...row, payerBinding: payee.binding }),
  },
  'with a binding of another funder': {
    error: 'ChannelEscrow_WrongFunder',
    make: ({ row, world }) => withBinding(row, { funder: world.stranger.address }),
  },
  'with a binding of another token': {
    error: 'ChannelEscrow_WrongToken',
    make: ({ row, world }) => withBinding(row, { token: world.stranger.address }),
  },
  'with a binding that was never recorded': {
    error: 'IdentityRegistry_WrongStatus',
    make: ({ row }) => withBinding(row, { maxPerPeriod: 2n ** 96n - 1n }),
  },
  'with a suspended binding': {
    error: 'IdentityRegistry_WrongStatus',
    make: async ({ row, world, payer }) => {
      await suspendByAttester(world, payer, { sequence: 0 })
      return row
    },
  },
  'with another binding than the terms name': {
    error: 'ChannelEscrow_WrongBinding',
    make: async ({ row, world, payer }) => {
      const { binding } = await renew(world, world.car, world.party, payer.binding)
      return { ...row, payerBinding: binding }
    },
  },
  'to a payee that was never bound': {
    error: 'IdentityRegistry_PayeeNotBound',
    make: ({ row, world }) => withTerms(row, { payee: world.p256Charger.id }),
  },
  'above the ceiling': {
    error: 'IdentityRegistry_CeilingExceeded',
    make: ({ row }) => ({ ...row, amount: CEILING + 1n }),
  },
  'above the balance': {
    error: 'ChannelEscrow_BalanceTooLow',
    make: async ({ carRow }) => carRow(secp256k1Device('dear car'), BALANCE + 1n, { maxPerPeriod: BALANCE + 1n }),
  },
}

function withBinding(row: Opening, changes: Partial<Binding>): Opening {
  return { ...row, payerBinding: { ...row.payerBinding, ...changes } }
}

/** What the funder gets back when it opens the row alone, and the name of the error in it. */
async function refusalOf({ world, escrow }: OpeningFleet, { channel, payerBinding, amount }: Opening) {
  const data = escrow.interface.encodeFunctionData('openFromBalance', [channel, payerBinding, amount])
  const call = { from: world.funder.address, to: String(escrow.target), data }
  const reason = await ethers.provider.call(call).then(
    () => '0x',
    (error: unknown) => (error as { data: string }).data,
  )
  const error = escrow.interface.parseError(reason) ?? world.registry.interface.parseError(reason)
  return { reason, name: error?.name }
}

describe('openMany: bad rows', () => {
  for (const [kind, bad] of Object.entries(BAD_ROWS)) {
    describe(`given a bad row ${kind}`, () => describeBadRow(bad))
  }

  it('given nothing but bad rows ... it skips them all, and nothing changes', async () => {
    const fleet = await prepareFleet()
    const { world, escrow, balance } = fleet
    const rows: Opening[] = []
    for (const { make } of Object.values(BAD_ROWS)) rows.push(await make(fleet))
    const skipped = []
    for (const row of rows) skipped.push(await skippedEventOf(fleet, row))
    expect(await escrowEventsOf(world, escrow.openMany(rows))).to.deep.equal(skipped)
    expect(await balance()).to.equal(BALANCE)
    expect(await exposuresOf(fleet, rows)).to.deep.equal(rows.map(() => 0n))
  })
})

async function skippedEventOf(fleet: OpeningFleet, row: Opening): Promise<unknown[]> {
  return ['OpeningSkipped', await channelIdOf(fleet.world, row.channel), (await refusalOf(fleet, row)).reason]
}

function describeBadRow({ error, make }: Bad): void {
  it('when it is alone ... it skips it with the error that opening it alone gives', async () => {
    const fleet = await prepareFleet()
    const { world, escrow, balance } = fleet
    const row = await make(fleet)
    const [before, exposures] = [await stateOfRow(fleet, row), await exposuresOf(fleet, [row])]
    const { reason, name } = await refusalOf(fleet, row)
    expect(name).to.equal(error)
    const events = await escrowEventsOf(world, escrow.openMany([row]))
    expect(events).to.deep.equal([['OpeningSkipped', await channelIdOf(world, row.channel), reason]])
    expect(await stateOfRow(fleet, row)).to.deep.equal(before)
    expect(await exposuresOf(fleet, [row])).to.deep.equal(exposures)
    expect(await balance()).to.equal(BALANCE)
  })

  for (const [place, position] of [
    ['first of', 0],
    ['in the middle of', 1],
    ['last of', 2],
  ] as const) {
    it(`when it is ${place} a fleet ... it skips it and opens the others`, async () => {
      const fleet = await prepareFleet()
      const { world, escrow, carRow, balance } = fleet
      const good = [await carRow(secp256k1Device('second car'), 20n), await carRow(world.p256Car, 30n)]
      const bad = await make(fleet)
      const before = await stateOfRow(fleet, bad)
      const channelId = await channelIdOf(world, bad.channel)
      const events = await escrowEventsOf(world, escrow.openMany(good.toSpliced(position, 0, bad)))
      const skipped = events.filter(([name]) => name === 'OpeningSkipped')
      expect(skipped.map(([, skippedId]) => skippedId)).to.deep.equal([channelId])
      expect(events.indexOf(skipped[0]!)).to.equal(position)
      expect(await stateOfRow(fleet, bad)).to.deep.equal(before)
      expect(await stateOfRow(fleet, good[0]!)).to.deep.equal([0n, 20n, 0n, OPENED])
      expect(await stateOfRow(fleet, good[1]!)).to.deep.equal([0n, 30n, 0n, OPENED])
      expect(await exposuresOf(fleet, good)).to.deep.equal([20n, 30n])
      expect(await balance()).to.equal(BALANCE - 50n)
    })
  }
}
