import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ChannelRecord, Deployment, PayeeTerms } from '@musubi/sdk'
import type { CarChannel } from './channels.ts'
import { DeviceProcess } from './DeviceProcess.ts'
import type { CarCommand, CarReport, Replay, StationCommand, StationReport } from './devices/protocol.ts'
import type { Car, Device } from './identities.ts'
import { must } from './must.ts'

type CarProcess = DeviceProcess<CarCommand, CarReport>
type StationProcess = DeviceProcess<StationCommand, StationReport>

/** The processes of all cars and stations, started when they are first needed. */
export class Devices {
  readonly #options: Devices.Options
  readonly #cars = new Map<number, CarProcess>()
  readonly #stations = new Map<string, { readonly process: StationProcess; port: number; url: string }>()

  static async create(options: Devices.Options): Promise<Devices> {
    await mkdir(options.storesPath, { recursive: true, mode: 0o700 })
    return new Devices(options)
  }

  private constructor(options: Devices.Options) {
    this.#options = options
  }

  /** How many processes ran. */
  get count(): number {
    return this.#cars.size + this.#stations.size
  }

  async car(number: number): Promise<CarProcess> {
    const known = this.#cars.get(number)
    if (known !== undefined && known.running) return known
    const car = must(this.#options.cars[number], `car ${number}`)
    const process = known ?? new DeviceProcess<CarCommand, CarReport>(car.name, 'car')
    this.#cars.set(number, process)
    await process.start({ type: 'setup', setup: this.#setup(car) }, 'ready')
    return process
  }

  /** A station, at the same address whenever it is started; in the middle of a session it must know which. */
  async station(name: string, replay?: Replay): Promise<{ process: StationProcess; url: string }> {
    const known = this.#stations.get(name)
    if (known?.process.running === true) return known
    const process = known?.process ?? new DeviceProcess<StationCommand, StationReport>(`station ${name}`, 'station')
    const { terms, rpcUrl } = this.#options
    const setup = this.#setup(must(this.#options.stations.get(name), `station ${name}`))
    const records = this.#recordsOf(name)
    const command = { type: 'setup', setup, rpcUrl, port: known?.port ?? 0, records, terms } as const
    const { port, url } = await process.start(replay === undefined ? command : { ...command, replay }, 'ready')
    const started = { process, port, url }
    this.#stations.set(name, started)
    return started
  }

  get carNumbers(): number[] {
    return [...this.#cars.keys()]
  }

  get stationNames(): string[] {
    return [...this.#stations.keys()]
  }

  /** Ends every process. */
  async stop(): Promise<void> {
    const cars = [...this.#cars.values()].map((process) => process.stop({ type: 'stop' }))
    const stations = [...this.#stations.values()].map(({ process }) => process.stop({ type: 'stop' }))
    await Promise.all([...cars, ...stations])
  }

  /** Ends every process at once, after a failure. */
  async kill(): Promise<void> {
    await Promise.all([...this.#cars.values()].map((process) => process.kill()))
    await Promise.all([...this.#stations.values()].map(({ process }) => process.kill()))
  }

  #setup({ key, name }: Device) {
    const storePath = join(this.#options.storesPath, `${name.replaceAll(' ', '-')}.sqlite`)
    return { deployment: this.#options.deployment, key, storePath }
  }

  #recordsOf(station: string): ChannelRecord[] {
    return [...this.#options.channels.values()]
      .filter((channel) => channel.station === station)
      .map(({ record }) => record)
  }
}
export declare namespace Devices {
  type Options = {
    readonly deployment: Deployment.Deployment
    readonly storesPath: string
    readonly rpcUrl: string
    readonly cars: readonly Car[]
    readonly stations: ReadonlyMap<string, Device>
    readonly channels: ReadonlyMap<string, CarChannel>
    readonly terms: PayeeTerms
  }
}
