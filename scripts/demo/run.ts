import { join } from 'node:path'
import { bill, spanOf } from './billing.ts'
import type { Bill } from './billing.ts'
import { startChain } from './ChainProcess.ts'
import type { ChainKind, ChainProcess } from './ChainProcess.ts'
import type { ChargingSession } from './ChargingSession.ts'
import { readSessions } from './ChargingSession.ts'
import { DemoError } from './DemoError.ts'
import { Devices } from './Devices.ts'
import type { Total } from './devices/protocol.ts'
import type { Expected, Figures } from './Figures.ts'
import { assignCars } from './Fleet.ts'
import type { Plan } from './Fleet.ts'
import { chooseIncidents } from './incidents.ts'
import { Progress } from './Progress.ts'
import { MERCHANT_REF, writeRegisters } from './registers.ts'
import type { Observed } from './replay.ts'
import { replaySessions } from './replay.ts'
import { settleAll, settledOf } from './settlement.ts'
import { billTable, closingWords } from './summary.ts'
import { PRICE_PER_WH, WH_PER_PAYMENT, priceOf, tariffIn } from './tariff.ts'
import { Uplink } from './Uplink.ts'
import { openWorkplace } from './Workplace.ts'
import type { Workplace } from './Workplace.ts'
import { buildWorld } from './World.ts'
import type { World } from './World.ts'
import { must } from './must.ts'

const DAY_SECONDS = 24 * 3600
const YEAR_SECONDS = 365 * DAY_SECONDS
/** What a station needs to get its vouchers onto the chain: the forced inclusion of an OP-type chain. */
const SETTLE_MARGIN_SECONDS = 14 * 3600
const CLOCK_SKEW_MAX_SECONDS = 300

/** Runs the whole demo. Whatever happens, no process stays behind, and no file unless `keep` names a folder. */
export async function runDemo({ root, data, keep, chain: kind }: runDemo.Options): Promise<runDemo.Result> {
  const sessions = await readSessions(data)
  const progress = new Progress()
  const workplace = await openWorkplace(keep)
  const stack = new AsyncDisposableStack()
  stack.defer(() => workplace.remove())
  try {
    const start = must(sessions[0], 'session').connectedAt - DAY_SECONDS
    progress.step(`starting a chain process (${kind})`)
    const chain = await startChain(kind, start)
    stack.defer(() => chain.stop())
    const run = new Run({ root, progress, workplace, chain, sessions, start, stack })
    return await Promise.race([run.all(), interrupted()])
  } finally {
    await stack.disposeAsync()
  }
}
export declare namespace runDemo {
  type Options = {
    readonly root: string
    readonly data: string
    readonly keep: string | undefined
    readonly chain: ChainKind
  }
  type Result = { readonly figures: Figures; readonly expected: Expected }
}

/** Rejects when somebody stops the demo, so that it cleans up before it ends. */
function interrupted(): Promise<never> {
  return new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => reject(new DemoError(`Stopped by ${signal}.`, { next: 'Everything was cleaned up.' })))
    }
  })
}

type Parts = {
  readonly root: string
  readonly progress: Progress
  readonly workplace: Workplace
  readonly chain: ChainProcess
  readonly sessions: readonly ChargingSession[]
  readonly start: number
  readonly stack: AsyncDisposableStack
}

class Run {
  readonly #parts: Parts
  readonly #plans: Plan[]
  readonly #cars: number

  constructor(parts: Parts) {
    this.#parts = parts
    const { plans, cars } = assignCars(parts.sessions)
    this.#plans = plans
    this.#cars = cars
  }

  async all(): Promise<runDemo.Result> {
    const { root, workplace, chain, progress } = this.#parts
    const onStep = (step: string): void => progress.step(step)
    const folder = workplace.path
    const world = await buildWorld({ chain, plans: this.#plans, cars: this.#cars, folder, root, onStep })
    const { devices, uplink } = await this.#startDevices(world)
    const observed = await this.#replay(world, { devices, uplink })

    const totals = await this.#totals(devices)
    const end = await this.#settle(world, devices)
    const made = await this.#bill(world, { devices, end })
    await devices.stop()

    const figures = await this.#figures(world, { totals, observed, bill: made })
    console.log(await billTable(made, { parties: world.parties, pricePerWh: PRICE_PER_WH }))
    console.log(closingWords(figures, { kept: workplace.kept, folder }))
    return { figures, expected: this.#expected() }
  }

  async #startDevices(world: World): Promise<{ devices: Devices; uplink: Uplink }> {
    const { chain, workplace, start, stack } = this.#parts
    const uplink = await Uplink.start(chain.url)
    stack.defer(() => uplink.cut())
    const terms = {
      beneficiary: world.wallets.operator.address,
      tariff: tariffIn(world.ledger.token, MERCHANT_REF),
      validFrom: start,
      validUntil: start + YEAR_SECONDS,
      settleMarginSeconds: SETTLE_MARGIN_SECONDS,
      clockSkewMaxSeconds: CLOCK_SKEW_MAX_SECONDS,
    }
    const { cars, stations, channels } = world
    const { deployment } = world.ledger
    const storesPath = join(workplace.path, 'stores')
    const devices = await Devices.create({
      deployment,
      storesPath,
      rpcUrl: uplink.url,
      cars,
      stations,
      channels,
      terms,
    })
    stack.defer(() => devices.kill())
    return { devices, uplink }
  }

  async #replay(world: World, { devices, uplink }: { devices: Devices; uplink: Uplink }): Promise<Observed> {
    const { progress, chain, sessions } = this.#parts
    const { cars, channels } = world
    const incidents = chooseIncidents(this.#plans)
    progress.step(`replaying ${sessions.length} sessions: every car and every station is a process of its own`)
    progress.startPayments(this.#expected().payments)
    const observed = await replaySessions({
      ...{ plans: this.#plans, cars, channels, devices, chain, uplink, incidents },
      onPaid: (payments) => progress.paid(payments),
      onSession: ({ id, station, energyWh }) => progress.session(`session ${id} at ${station}: ${energyWh} Wh`),
    })
    progress.endPayments()
    return observed
  }

  async #totals(devices: Devices): Promise<Total[]> {
    const totals: Total[] = []
    for (const number of devices.carNumbers) {
      const car = await devices.car(number)
      totals.push(...(await car.ask({ type: 'totals' }, 'totals')).totals)
    }
    return totals
  }

  /** Returns the chain's time when everything is finalized. */
  async #settle({ ledger, wallets, channels }: World, devices: Devices): Promise<number> {
    const { progress, chain, sessions } = this.#parts
    progress.step('settling: one batch, one cooperative close, one channel left alone by its payee')
    const now = Math.max(...sessions.map(({ doneChargingAt }) => doneChargingAt)) + 3600
    await chain.passTimeUntil(now)
    await settleAll({ ledger, chain, devices, channels, wallets, now })
    const end = (await ledger.now()) + 3600
    progress.step('waiting for finality')
    await chain.passTimeUntil(end)
    return end
  }

  async #bill(world: World, { devices, end }: { devices: Devices; end: number }): Promise<Bill> {
    const { root, workplace, chain, start, progress } = this.#parts
    const span = spanOf(start - DAY_SECONDS, end)
    const { wallets, parties, cars, stations } = world
    const registers = await writeRegisters(workplace.path, { wallets, parties, cars, stations, validFrom: span.from })
    const deployment = join(workplace.path, `${world.ledger.deployment.chainId}.json`)
    const onStep = (step: string): void => progress.step(`musubi-indexer ${step}`)
    return bill({ root, folder: workplace.path, chain, deployment, devices, registers, span, onStep })
  }

  async #figures({ ledger, channels }: World, { totals, observed, bill }: Outcome): Promise<Figures> {
    let settled = 0n
    for (const { record } of channels.values()) settled += await settledOf(ledger, record.channelId)
    const sum = (pick: (total: Total) => bigint): bigint => totals.reduce((all, total) => all + pick(total), 0n)
    return {
      sessions: observed.charged,
      energyWh: Number(sum(({ energyWh }) => BigInt(energyWh))),
      payments: Number(sum(({ payments }) => BigInt(payments))),
      authorised: sum(({ cumulativeAmount }) => cumulativeAmount).toString(),
      settled: settled.toString(),
      billedYen: bill.billedYen,
      prepaidYen: bill.prepaidYen,
      carryE18: bill.carryE18,
      carryKeys: bill.carryKeys,
      csv: bill.charges ?? bill.statements ?? '',
      manifest: bill.manifest,
      killedAndResumed: observed.carKilledAndResumed && observed.stationKilledAndResumed,
      offlineSession: observed.offlineSession,
      verified: bill.verified,
      seconds: this.#parts.progress.seconds,
    }
  }

  #expected(): Expected {
    const { sessions } = this.#parts
    const energyWh = sessions.reduce((sum, session) => sum + session.energyWh, 0)
    return {
      sessions: sessions.length,
      energyWh,
      payments: sessions.reduce((sum, session) => sum + Math.ceil(session.energyWh / WH_PER_PAYMENT), 0),
      price: priceOf(energyWh),
      killedAndResumed: chooseIncidents(this.#plans).carKilled !== undefined,
    }
  }
}

type Outcome = { readonly totals: readonly Total[]; readonly observed: Observed; readonly bill: Bill }
