import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Credential } from '@musubi/sdk'
import type { ChannelRecord, Deployment, PayeeTerms } from '@musubi/sdk'
import type { Hex } from 'viem'
import type { CarChannel } from './channels.ts'
import { DemoError } from './DemoError.ts'
import { DevicePool } from './DevicePool.ts'
import { DeviceProcess } from './DeviceProcess.ts'
import type { CarCommand, CarReport, StationCommand, StationReport, Visit } from './devices/protocol.ts'
import type { Car, Device } from './identities.ts'
import { must } from './must.ts'

type CarProcess = DeviceProcess<CarCommand, CarReport>
type StationProcess = DeviceProcess<StationCommand, StationReport>
type Station = { readonly process: StationProcess; readonly port: number; readonly url: string }

/** The processes of all cars and stations, started when they are needed. */
export class Devices {
  readonly #options: Devices.Options
  readonly #pool: DevicePool
  readonly #cars = new Map<number, CarProcess>()
  readonly #stations = new Map<string, Station>()
  #ended = false

  static async create(options: Devices.Options): Promise<Devices> {
    await mkdir(options.storesPath, { recursive: true, mode: 0o700 })
    return new Devices(options)
  }

  private constructor(options: Devices.Options) {
    this.#options = options
    this.#pool = new DevicePool(options.runningMax)
  }

  async car(number: number): Promise<CarProcess> {
    const car = must(this.#options.cars[number], `car ${number}`)
    const process = this.#cars.get(number) ?? new DeviceProcess<CarCommand, CarReport>(car.name, 'car')
    // Known before it runs, so that whoever ends all devices ends this one too.
    this.#cars.set(number, process)
    await this.#use(process)
    if (!process.running) await process.start({ type: 'setup', setup: this.#setup(car, car.name) }, 'ready')
    return process
  }

  /** A station. One that was killed in the middle of a session must know which, and comes back at the same address. */
  async station(name: string, visit?: Visit): Promise<Station> {
    const process =
      this.#stations.get(name)?.process ??
      new DeviceProcess<StationCommand, StationReport>(`station ${name}`, 'station')
    const known = this.#stations.get(name) ?? { process, port: 0, url: '' }
    this.#stations.set(name, known)
    await this.#use(process)
    if (process.running) return known
    const { terms, rpcUrl } = this.#options
    const setup = this.#setup(must(this.#options.stations.get(name), `station ${name}`), `station ${name}`)
    const command = { type: 'setup', setup, rpcUrl, records: this.#recordsOf(name), terms } as const
    const { port, url } = await process.start(
      visit === undefined ? { ...command, port: 0 } : { ...command, port: known.port, visit },
      'ready',
    )
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
    await Promise.all(this.#processes().map((process) => process.stop()))
  }

  /** Ends every process at once, after a failure or an interruption; none starts any more. */
  async kill(): Promise<void> {
    this.#ended = true
    await Promise.all(this.#processes().map((process) => process.kill()))
  }

  async #use(process: CarProcess | StationProcess): Promise<void> {
    await this.#pool.use(process)
    if (this.#ended) throw new DemoError('The demo is ending.', { next: 'Run it again.' })
  }

  #processes(): (CarProcess | StationProcess)[] {
    return [...this.#cars.values(), ...[...this.#stations.values()].map(({ process }) => process)]
  }

  /** A station may have any name, also a car's: its label says what it is. */
  #setup({ key, credential }: Device, label: string) {
    const storePath = join(this.#options.storesPath, `${label.replaceAll(' ', '-')}.sqlite`)
    const { deployment, trustList, trustListSigner } = this.#options
    const identity = { credential: Credential.encode(credential), trustList, trustListSigner }
    return { deployment, key, storePath, identity }
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
    readonly trustList: Uint8Array
    readonly trustListSigner: Hex
    /** How many run at once. */
    readonly runningMax: number
  }
}
