import type { PayerLimits } from '@musubi/sdk'
import type { Hex } from 'viem'
import type { ChainProcess } from './ChainProcess.ts'
import type { ChargingSession } from './ChargingSession.ts'
import { referenceOf } from './ChargingSession.ts'
import { channelKey } from './channels.ts'
import type { CarChannel } from './channels.ts'
import type { DailyWord } from './DailyWord.ts'
import { DeviceEndedError } from './DeviceProcess.ts'
import type { Devices } from './Devices.ts'
import type { CarReport, Replay, Visit } from './devices/protocol.ts'
import type { Plan } from './Plan.ts'
import type { Car, Device } from './identities.ts'
import type { Incidents } from './incidents.ts'
import { PRICE_PER_WH, WH_PER_PAYMENT } from './tariff.ts'
import type { Uplink } from './Uplink.ts'
import { must } from './must.ts'

/** What really happened, by the operating system's and the devices' own word. */
export type Observed = {
  /** Sessions whose car paid for all of their energy. */
  charged: number
  /** Sessions in which car and station, by what each showed the other, know who answers for the other. */
  introduced: number
  /** The car was ended by SIGKILL in the middle of a session, and finished that session after its restart. */
  carKilledAndResumed: boolean
  stationKilledAndResumed: boolean
  /** A session ran from start to end while every look at the chain failed. */
  offlineSession: boolean
}

/** Replays the sessions in order of their start, in compressed time. */
export async function replaySessions(options: replaySessions.Options): Promise<Observed> {
  const observed = {
    charged: 0,
    introduced: 0,
    carKilledAndResumed: false,
    stationKilledAndResumed: false,
    offlineSession: false,
  }
  for (const plan of options.plans) await replaySession(plan, { ...options, observed })
  return observed
}
export declare namespace replaySessions {
  type Options = {
    readonly plans: readonly Plan[]
    readonly cars: readonly Car[]
    readonly stations: ReadonlyMap<string, Device>
    readonly channels: ReadonlyMap<string, CarChannel>
    readonly word: DailyWord
    readonly devices: Devices
    readonly chain: ChainProcess
    readonly uplink: Uplink
    readonly incidents: Incidents
    readonly onPaid: (payments: number) => void
    readonly onSession: (session: ChargingSession) => void
  }
}
type Context = replaySessions.Options & { readonly observed: Observed }

async function replaySession({ session, car }: Plan, context: Context): Promise<void> {
  const { channels, devices, chain, uplink, incidents, observed } = context
  const channel = must(channels.get(channelKey(car, session.station)), `channel of car ${car} to ${session.station}`)
  const replay = replayOf(session, channel.record.channelId)
  const offline = incidents.offline === session.id

  await chain.passTimeUntil(session.connectedAt)
  const { process: station } = await devices.station(session.station)
  const ends = endsOf({ car, station: session.station }, context)
  const visitOf = ({ binding }: Device): Visit => ({ replay, token: context.word.of(binding, session.connectedAt) })
  const visits = { car: visitOf(ends.car), station: visitOf(ends.station) }
  await station.ask({ type: 'session', visit: visits.station }, 'serving')
  const look = async (): Promise<boolean> => {
    const { process } = await devices.station(session.station)
    return (await process.ask({ type: 'refresh', channelId: replay.channelId }, 'refreshed')).reachable
  }
  await look()
  if (offline) await uplink.cut()
  const before = offline && (await look())
  await charge({ session, car, channel, visits }, context)
  const after = offline && (await look())
  if (offline) await uplink.restore()

  observed.charged += 1
  if (offline) observed.offlineSession = !before && !after
  context.onSession(session)
}

type Charging = {
  readonly session: ChargingSession
  readonly car: number
  readonly channel: CarChannel
  /** One of each side: the token is of its own binding. */
  readonly visits: { readonly car: Visit; readonly station: Visit }
}

/** One session, with the plugs that are pulled in it. */
async function charge({ session, car, channel, visits }: Charging, context: Context): Promise<void> {
  const { devices, incidents, observed } = context
  const { replay } = visits.car
  const ends = endsOf({ car, station: session.station }, context)
  const { url } = await devices.station(session.station)
  const limits = limitsOf(ends.car, channel)
  const command = { type: 'charge', visit: visits.car, record: channel.record, limits, url } as const
  const plugs = {
    car: new Plug(incidents.carKilled === session.id, { paidWh: replay.energyWh / 3, energyWh: replay.energyWh }),
    station: new Plug(incidents.stationKilled === session.id, {
      paidWh: (2 * replay.energyWh) / 3,
      energyWh: replay.energyWh,
    }),
  }
  for (;;) {
    const process = await devices.car(car)
    const stopListening = process.onReport((report: CarReport) => {
      if (report.type !== 'paid' || report.reference !== replay.reference) return
      context.onPaid(1)
      plugs.car.pull(report.paidWh, () => process.kill())
      plugs.station.pull(report.paidWh, async () => {
        const { process: station } = await devices.station(session.station)
        const signal = await station.kill()
        await devices.station(session.station, visits.station)
        return signal
      })
    })
    try {
      const { payeePartyId } = await process.ask(command, 'charged')
      if (await knowEachOther(ends, { payeePartyId, devices })) observed.introduced += 1
      break
    } catch (error) {
      if (!(error instanceof DeviceEndedError) || !plugs.car.pulled) throw error
    } finally {
      stopListening()
    }
  }
  if (await plugs.car.killedInTheMiddle()) observed.carKilledAndResumed = true
  if (await plugs.station.killedInTheMiddle()) observed.stationKilledAndResumed = true
}

type Ends = { readonly car: Car; readonly station: Device }

function endsOf({ car, station }: { readonly car: number; readonly station: string }, context: Context): Ends {
  return {
    car: must(context.cars[car], `car ${car}`),
    station: must(context.stations.get(station), `station ${station}`),
  }
}

/** Whether each side holds the other for what the registry says that it is. */
async function knowEachOther({ car, station }: Ends, { payeePartyId, devices }: Knowing): Promise<boolean> {
  const { process } = await devices.station(station.name)
  const { partyId } = await process.ask({ type: 'met', deviceId: car.deviceId }, 'met')
  return partyId === car.binding.partyId && payeePartyId === station.binding.partyId
}
type Knowing = { readonly payeePartyId: Hex | undefined; readonly devices: Devices }

/** Kills a process once, when a session has come so far. */
class Plug {
  readonly #due: boolean
  readonly #at: { readonly paidWh: number; readonly energyWh: number }
  #pulled: { readonly paidWh: number; readonly signal: Promise<NodeJS.Signals | null> } | undefined

  constructor(due: boolean, at: { readonly paidWh: number; readonly energyWh: number }) {
    this.#due = due
    this.#at = at
  }

  get pulled(): boolean {
    return this.#pulled !== undefined
  }

  pull(paidWh: number, kill: () => Promise<NodeJS.Signals | null>): void {
    if (this.#due && !this.pulled && paidWh >= this.#at.paidWh) this.#pulled = { paidWh, signal: kill() }
  }

  async killedInTheMiddle(): Promise<boolean> {
    return (
      this.#pulled !== undefined && this.#pulled.paidWh < this.#at.energyWh && (await this.#pulled.signal) === 'SIGKILL'
    )
  }
}

function replayOf(session: ChargingSession, channelId: Hex): Replay {
  const { energyWh, connectedAt: startsAt, doneChargingAt: endsAt } = session
  return { channelId, reference: referenceOf(session), energyWh, whPerPayment: WH_PER_PAYMENT, startsAt, endsAt }
}

/** The car's own limits: its binding's, and the deposit. */
function limitsOf({ binding }: Car, { deposit }: CarChannel): PayerLimits {
  return {
    maxPerPayment: binding.maxPerPayment,
    maxTotal: deposit,
    validUntilSeconds: binding.validUntil,
    tariff: { currency: 'JPY', unit: 'Wh', maxPricePerUnit: PRICE_PER_WH },
  }
}
