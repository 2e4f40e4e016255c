/**
 * payer and payee
 * `-- given any order of payments, lost connections, crashes and writes
 *     |-- a payer never owes less than its payee holds
 *     |-- no version is sent with two contents, and none is served twice
 *     |-- neither ever refuses the other, unless a payment comes too late
 *     `-- when everything works again ... both hold the same
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { collect, turns } from '../helpers/async.ts'
import { CrashingMachines } from '../helpers/crashingMachines.ts'

const ACTS = {
  pay: (machines: CrashingMachines) => machines.pay(1n),
  payMore: (machines: CrashingMachines) => machines.pay(3n),
  connect: (machines: CrashingMachines) => machines.connect(),
  drop: (machines: CrashingMachines) => machines.drop(),
  crashPayer: (machines: CrashingMachines) => machines.crashPayer(),
  crashPayee: (machines: CrashingMachines) => machines.crashPayee(),
  commitPayer: (machines: CrashingMachines) => machines.disks.payer.commit(),
  commitPayee: (machines: CrashingMachines) => machines.disks.payee.commit(),
  refresh: (machines: CrashingMachines) => machines.refresh(),
  wait: () => turns(5),
  delay: (machines: CrashingMachines) => machines.delay(),
} as const
type Act = keyof typeof ACTS

/** Payments and writes are frequent, crashes rare: most runs get somewhere. */
const act = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<Act>('pay', 'payMore') },
  { weight: 8, arbitrary: fc.constantFrom<Act>('commitPayer', 'commitPayee', 'wait') },
  { weight: 3, arbitrary: fc.constantFrom<Act>('connect') },
  { weight: 2, arbitrary: fc.constantFrom<Act>('drop', 'crashPayer', 'crashPayee', 'refresh') },
)

const script = fc.array(fc.tuple(act, fc.nat(3)), { maxLength: 60 })
const delayedScript = fc.array(
  fc.tuple(fc.oneof({ weight: 9, arbitrary: act }, fc.constant('delay' as const)), fc.nat(3)),
  {
    maxLength: 60,
  },
)

describe('payer and payee', () => {
  it('given any order of payments, lost connections, crashes and writes ... no promise is broken', async () => {
    let sentInAll = 0
    await fc.assert(
      fc.asyncProperty(script, fc.nat(3), async (acts, signingTurns) => {
        const machines = await play(acts, signingTurns)
        assert.equal(machines.lateRefusals, 0)
        assert.equal((await requireEqual(machines)).length, Number(machines.payer.progress.version))
        sentInAll += machines.sent.size
      }),
      { numRuns: 150 },
    )
    assert(sentInAll > 100, `only ${sentInAll} payments were sent`)
  })

  it('given payments that come too late as well ... they are dropped, and no promise is broken', async () => {
    let refusedInAll = 0
    await fc.assert(
      fc.asyncProperty(delayedScript, fc.nat(3), async (acts, signingTurns) => {
        const machines = await play(acts, signingTurns)
        await requireEqual(machines)
        refusedInAll += machines.lateRefusals
      }),
      { numRuns: 150 },
    )
    assert(refusedInAll > 20, `only ${refusedInAll} payments came too late`)
  })
})

/** Plays a script, and then lets everything work again. */
async function play(acts: readonly (readonly [Act, number])[], signingTurns: number): Promise<CrashingMachines> {
  const machines = await CrashingMachines.start({ signingTurns })
  for (const [name, turnsAfter] of acts) {
    await ACTS[name](machines)
    await turns(turnsAfter)
    await requirePromises(machines)
  }
  await machines.settle()
  await requirePromises(machines)
  return machines
}

async function requirePromises({ world, disks, payee, sent, served, failures }: CrashingMachines): Promise<void> {
  assert.deepEqual(failures, [])
  const { channelId } = world.record
  const promised = await disks.payer.durable.newest(channelId)
  const held = payee.progress
  assert((promised?.cumulativeAmount ?? 0n) >= held.cumulativeAmount, 'the payee holds more than the payer remembers')
  assert((promised?.version ?? 0n) >= held.version)
  for (const version of sent.keys()) assert(version <= (promised?.version ?? 0n), 'it was sent before it was on disk')
  assert.equal(new Set(served).size, served.length, 'served twice')
  for (const version of served) {
    assert(version <= ((await disks.payee.durable.newest(channelId))?.version ?? 0n), 'served before it was on disk')
  }
}

/** Both count the same payments. A payer that dropped something has used a version more than its payee saw. */
async function requireEqual({ world, disks, payer, payee }: CrashingMachines) {
  const { channelId } = world.record
  const { version, ...total } = payee.progress
  const { version: used, ...promised } = payer.progress
  assert.deepEqual(total, promised)
  assert(version <= used)
  const [own, accepted] = await Promise.all(
    [disks.payer, disks.payee].map(({ durable }) => collect(durable.payments(channelId, 0n))),
  )
  assert.deepEqual(accepted, own)
  return own ?? []
}
