import { join } from 'node:path'
import { bill, spanOf } from './billing.ts'
import type { Bill } from './billing.ts'
import { startChain } from './ChainProcess.ts'
import type { ChainKind, ChainProcess } from './ChainProcess.ts'
import type { ChargingSession } from './ChargingSession.ts'
import { readSessions } from './ChargingSession.ts'
import { runningMaxOf } from './DevicePool.ts'
import { Devices } from './Devices.ts'
import type { Total } from './devices/protocol.ts'
import type { Expected, Figures } from './Figures.ts'
import { assignCars } from './Plan.ts'
import type { Plan } from './Plan.ts'
import { chooseIncidents } from './incidents.ts'
import { counted, plural } from './numbers.ts'
import { Programs } from './Programs.ts'
import { Progress } from './Progress.ts'
import { MERCHANT_REF, writeRegisters } from './registers.ts'
import type { Observed } from './replay.ts'
import { replaySessions } from './replay.ts'
import { settleAll, settledOf } from './settlement.ts'
import { billTable, closingWords } from './summary.ts'
import { supervise } from './supervise.ts'
import { PRICE_PER_WH, WH_PER_PAYMENT, priceOf, tariffIn } from './tariff.ts'
import { Uplink } from './Uplink.ts'
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
export async function runDemo({ root, data, keep, chain }: runDemo.Options): Promise<runDemo.Result> {
  const sessions = await readSessions(data)
  return supervise(keep, ({ workplace, stack }) =>
    new Run({ root, progress: new Progress(), workplace, kind: chain, sessions, stack }).all(),
  )
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

type Parts = {
  readonly root: string
  readonly progress: Progress
  readonly workplace: Workplace
  readonly kind: ChainKind
  readonly sessions: readonly ChargingSession[]
  /** Ends what runs. */
  readonly stack: AsyncDisposableStack
}

class Run {
  readonly #parts: Parts
  readonly #programs: Programs
  readonly #plans: Plan[]
  readonly #cars: number
  /** When the chain starts: a day before the first session. */
  readonly #start: number

  constructor(parts: Parts) {
    this.#parts = parts
    this.#programs = new Programs({ temporaryFolder: parts.workplace.temporary })
    const { plans, cars } = assignCars(parts.sessions)
    this.#plans = plans
    this.#cars = cars
    this.#start = must(parts.sessions[0], 'session').connectedAt - DAY_SECONDS
  }

  async all(): Promise<runDemo.Result> {
    const { root, workplace, kind, progress, stack } = this.#parts
    const onStep = (step: string): void => progress.step(step)
    const folder = workplace.path
    const [programs, cars] = [this.#programs, this.#cars]
    stack.defer(() => programs.end())
    onStep(`starting a chain process (${kind})`)
    const chain = await startChain(kind, { programs, startAtSeconds: this.#start })
    const world = await buildWorld({ chain, plans: this.#plans, cars, folder, root, programs, onStep })
    const { devices, uplink } = await this.#startDevices(world, chain)
    const observed = await this.#replay(world, { devices, uplink, chain })

    const totals = await this.#totals(devices)
    const end = await this.#settle(world, { devices, chain })
    const made = await this.#bill(world, { devices, chain, end })
    await devices.stop()

    const figures = await this.#figures(world, { totals, observed, bill: made })
    console.log(await billTable(made, { parties: world.parties, pricePerWh: PRICE_PER_WH }))
    console.log(closingWords(figures, { chain: kind, kept: workplace.kept ? folder : undefined }))
    return { figures, expected: this.#expected() }
  }

  async #startDevices(world: World, chain: ChainProcess): Promise<{ devices: Devices; uplink: Uplink }> {
    const { workplace, stack } = this.#parts
    const start = this.#start
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
      ...{ trustList: world.trustList, trustListSigner: world.wallets.operator.address },
      runningMax: runningMaxOf(process.availableMemory()),
    })
    stack.defer(() => devices.kill())
    return { devices, uplink }
  }

  async #replay(world: World, { devices, uplink, chain }: Running & { readonly uplink: Uplink }): Promise<Observed> {
    const { progress, sessions, stack } = this.#parts
    const { cars, stations, channels, word } = world
    const incidents = chooseIncidents(this.#plans)
    progress.step(`replaying ${plural(sessions.length, 'session', 'sessions')}; each car and each station is a process`)
    progress.start(this.#expected().payments, 'payments')
    stack.defer(() => progress.end())
    let paid = 0
    const observed = await replaySessions({
      ...{ plans: this.#plans, cars, stations, channels, word, devices, chain, uplink, incidents },
      onPaid: (payments) => progress.advance(payments),
      onSession: ({ id, station, energyWh }) => {
        paid += Math.ceil(energyWh / WH_PER_PAYMENT)
        progress.session(`${id} at ${station}: ${counted(energyWh)} Wh`, { paid, sessions: sessions.length })
      },
    })
    progress.end()
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
  async #settle({ ledger, wallets, channels }: World, { devices, chain }: Running): Promise<number> {
    const { progress, sessions } = this.#parts
    const onStep = (step: string): void => progress.step(step)
    const now = Math.max(...sessions.map(({ doneChargingAt }) => doneChargingAt)) + 3600
    await chain.passTimeUntil(now)
    await settleAll({ ledger, chain, devices, channels, wallets, now, onStep })
    const end = (await ledger.now()) + 3600
    progress.step(
      chain.kind === 'anvil' ? 'waiting for finality' : 'no waiting: to this chain, its newest block is final',
    )
    await chain.passTimeUntil(end)
    return end
  }

  async #bill(world: World, { devices, chain, end }: Running & { readonly end: number }): Promise<Bill> {
    const { root, workplace, progress } = this.#parts
    const [programs, folder] = [this.#programs, workplace.path]
    const span = spanOf(this.#start - DAY_SECONDS, end)
    const { wallets, parties, cars, stations } = world
    const registers = await writeRegisters(folder, { wallets, parties, cars, stations, validFrom: span.from })
    const deployment = join(folder, `${world.ledger.deployment.chainId}.json`)
    const onStep = (step: string): void => progress.step(step)
    return bill({ root, folder, programs, chain, deployment, devices, registers, span, onStep })
  }

  async #figures({ ledger, channels }: World, { totals, observed, bill }: Outcome): Promise<Figures> {
    let settled = 0n
    for (const { record } of channels.values()) settled += await settledOf(ledger, record.channelId)
    const sum = (pick: (total: Total) => bigint): bigint => totals.reduce((all, total) => all + pick(total), 0n)
    return {
      sessions: observed.charged,
      introductions: observed.introduced,
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

type Running = { readonly devices: Devices; readonly chain: ChainProcess }
type Outcome = { readonly totals: readonly Total[]; readonly observed: Observed; readonly bill: Bill }
