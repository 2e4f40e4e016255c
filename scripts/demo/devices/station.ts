/** A charging station: one process, one key, one store. It serves cars whether or not it can reach the chain. */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  Deployment,
  ChainErrors,
  Introductions,
  Payee,
  SignerId,
  chainReader,
  createSignatureVerifier,
  exportHistory,
  listenWebSocket,
  loadFastestBackend,
  machineTimers,
  openSqliteStore,
  servePayer,
  viemChain,
} from '@musubi/sdk'
import type { Chain, Connection, Listener, SignatureVerifier, Signer, Store } from '@musubi/sdk'
import type { Hex } from 'viem'
import { DeviceIdentity } from './DeviceIdentity.ts'
import { PaidEnergy } from './PaidEnergy.ts'
import { ReplayClock } from './ReplayClock.ts'
import { serveCommands } from './ipc.ts'
import { signerOf } from './keys.ts'
import type { SignedTotal, StationCommand, StationReport, StationVoucher, Visit } from './protocol.ts'

type Setup = StationCommand & { readonly type: 'setup' }
type Parts = {
  readonly store: Store
  readonly signer: Signer
  readonly verifier: SignatureVerifier
  readonly chain: Chain
}

class Station {
  readonly #setup: Setup
  readonly #parts: Parts
  readonly #clock = new ReplayClock()
  readonly #identity: DeviceIdentity
  readonly #introductions = new Introductions({ timers: machineTimers })
  readonly #paid: PaidEnergy
  readonly #payees = new Map<Hex, Promise<Payee>>()
  #listener: Listener | undefined
  #visit: Visit | undefined
  #flowedWh = 0

  static async start(command: Setup): Promise<Station> {
    const { deployment, key, storePath } = command.setup
    const signer = await signerOf(key, deployment.p256Sha256Verifier)
    const owner = {
      chainId: deployment.chainId,
      escrow: deployment.channelEscrow,
      deviceId: SignerId.of(signer.signer),
    }
    const store = await openSqliteStore({ path: storePath, owner })
    const backend = await loadFastestBackend()
    const verifier = createSignatureVerifier({ backend, p256Verifier: deployment.p256Sha256Verifier })
    const reader = chainReader({ rpcUrl: command.rpcUrl, chainId: deployment.chainId })
    const chain = viemChain({ reader, deployment })
    const station = new Station(command, { store, signer, verifier, chain })
    // Started again in the middle of a session, it must know the session's time before a car is back.
    if (command.visit !== undefined) await station.follow(command.visit)
    station.#listener = await listenWebSocket({
      port: command.port,
      onConnection: (connection) => void station.#serve(connection),
    })
    return station
  }

  private constructor(setup: Setup, parts: Parts) {
    this.#setup = setup
    this.#parts = parts
    this.#paid = new PaidEnergy(parts.store)
    this.#identity = new DeviceIdentity({ ...parts, setup: setup.setup })
  }

  get url(): string {
    return this.#listener?.url ?? ''
  }

  /** Turns the meter to a session, where the store says that it stands. */
  async follow(visit: Visit): Promise<void> {
    const flowedWh = await this.#paid.inWh(visit.replay)
    this.#visit = visit
    this.#flowedWh = flowedWh
    this.#clock.follow(visit.replay, this.#flowedWh)
  }

  partyOf(deviceId: Hex): Hex | undefined {
    return this.#identity.partyOf(deviceId)
  }

  /** Looks at the chain. A station that cannot reach it serves on by what it saw last, as long as the protocol allows. */
  async refresh(channelId: Hex): Promise<boolean> {
    const payee = await this.#payeeOf(channelId)
    try {
      await payee?.refresh()
      return true
    } catch (error) {
      if (error instanceof ChainErrors.UnreachableError) return false
      throw error
    }
  }

  async vouchers(): Promise<StationVoucher[]> {
    const vouchers: StationVoucher[] = []
    for (const record of await this.#parts.store.channels()) {
      const voucher = await this.#parts.store.newest(record.channelId)
      if (voucher !== undefined) vouchers.push({ record, voucher })
    }
    return vouchers
  }

  async close(channelId: Hex): Promise<SignedTotal> {
    const payee = await this.#payeeOf(channelId)
    if (payee === undefined) throw new Error(`The station does not serve the channel ${channelId}.`)
    return payee.close()
  }

  async export(path: string): Promise<void> {
    const { chainId, channelEscrow } = this.#setup.setup.deployment
    const lines = exportHistory(this.#parts.store, { chainId, escrow: channelEscrow })
    await pipeline(Readable.from(withLineEnds(lines)), createWriteStream(path))
  }

  async stop(): Promise<void> {
    await this.#listener?.close()
    await this.#parts.store.dispose()
  }

  async #serve(connection: Connection): Promise<void> {
    // Whoever comes while no session is on is no car that the station waits for.
    if (this.#visit === undefined) return connection.close()
    const identity = { ...(await this.#identity.follow(this.#visit)), introductions: this.#introductions }
    await servePayer({
      ...{ connection, identity },
      payeeOf: (channelId) => this.#payeeOf(channelId),
      // The energy flows now: the payment for it is verified and on disk.
      onAccepted: ({ item }) => this.#deliver(Number(item.quantity)),
      timers: machineTimers,
    })
  }

  #deliver(energyWh: number): void {
    if (this.#visit === undefined) return
    this.#flowedWh += energyWh
    this.#clock.follow(this.#visit.replay, this.#flowedWh)
  }

  async #payeeOf(channelId: Hex): Promise<Payee | undefined> {
    const record = this.#setup.records.find((known) => known.channelId === channelId)
    if (record === undefined) return undefined
    const { deployment } = this.#setup.setup
    const domains = { escrow: Deployment.escrowDomain(deployment), registry: Deployment.registryDomain(deployment) }
    const known = this.#payees.get(channelId)
    const payee = known ?? Payee.open({ record, domains, terms: this.#setup.terms, clock: this.#clock, ...this.#parts })
    this.#payees.set(channelId, payee)
    return payee
  }
}

async function* withLineEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`
}

let station: Station | undefined

serveCommands<StationCommand, StationReport>(async (command) => {
  if (command.type === 'setup') {
    station = await Station.start(command)
    return { type: 'ready', url: station.url, port: Number(new URL(station.url).port) }
  }
  if (station === undefined) throw new Error(`The station was asked to ${command.type} before it was set up.`)
  switch (command.type) {
    case 'session':
      await station.follow(command.visit)
      return { type: 'serving' }
    case 'met':
      return { type: 'met', partyId: station.partyOf(command.deviceId) }
    case 'refresh':
      return { type: 'refreshed', reachable: await station.refresh(command.channelId) }
    case 'vouchers':
      return { type: 'vouchers', vouchers: await station.vouchers() }
    case 'close':
      return { type: 'closing', close: await station.close(command.channelId) }
    case 'export':
      await station.export(command.path)
      return { type: 'exported', path: command.path }
    case 'stop':
      await station.stop()
      return { type: 'stopped' }
  }
})
