/** A car: one process, one key, one store. It has no way to the chain; all it needs is its limits. */
import { setTimeout as delay } from 'node:timers/promises'
import {
  Deployment,
  Payer,
  PayerSession,
  SessionErrors,
  SignerId,
  TransportErrors,
  createSignatureVerifier,
  dialWebSocket,
  loadFastestBackend,
  machineTimers,
  openSqliteStore,
} from '@musubi/sdk'
import type { ChannelRecord, PayerLimits, SignatureVerifier, Signer, Store } from '@musubi/sdk'
import { DeviceIdentity } from './DeviceIdentity.ts'
import { PaidEnergy } from './PaidEnergy.ts'
import { ReplayClock } from './ReplayClock.ts'
import { serveCommands } from './ipc.ts'
import { signerOf } from './keys.ts'
import type { CarCommand, CarReport, DeviceSetup, Total, Visit } from './protocol.ts'

/** A station that was killed is back within seconds; after a minute something else is wrong. */
const CONNECT_ATTEMPTS_MAX = 300
const RETRY_AFTER_MS = 200

class Car {
  readonly #setup: DeviceSetup
  readonly #store: Store
  readonly #signer: Signer
  readonly #verifier: SignatureVerifier
  readonly #clock = new ReplayClock()
  readonly #identity: DeviceIdentity
  readonly #paid: PaidEnergy
  readonly #payers = new Map<string, Payer>()

  static async start(setup: DeviceSetup): Promise<Car> {
    const { deployment, key, storePath } = setup
    const signer = await signerOf(key, deployment.p256Sha256Verifier)
    const owner = {
      chainId: deployment.chainId,
      escrow: deployment.channelEscrow,
      deviceId: SignerId.of(signer.signer),
    }
    const store = await openSqliteStore({ path: storePath, owner })
    const backend = await loadFastestBackend()
    const verifier = createSignatureVerifier({ backend, p256Verifier: deployment.p256Sha256Verifier })
    return new Car(setup, { store, signer, verifier })
  }

  private constructor(setup: DeviceSetup, { store, signer, verifier }: Parts) {
    this.#setup = setup
    this.#store = store
    this.#paid = new PaidEnergy(store)
    this.#signer = signer
    this.#verifier = verifier
    this.#identity = new DeviceIdentity({ setup, signer, verifier })
  }

  /** Pays for a session until all its energy is paid; connects again as often as the station goes away. */
  async charge({ visit, record, limits, url }: Charge, report: (report: CarReport) => void): Promise<CarReport> {
    const { replay } = visit
    const payer = await this.#payerOf(record, limits)
    let reconnections = -1
    for (;;) {
      reconnections += 1
      this.#clock.follow(replay, await this.#paid.inWh(replay))
      try {
        await this.#payOver(await this.#dial(url), { payer, visit, report })
        const payeePartyId = this.#identity.partyOf(record.channel.terms.payee)
        return { type: 'charged', reference: replay.reference, reconnections, payeePartyId }
      } catch (error) {
        if (!(error instanceof SessionErrors.SessionEndedError)) throw error
      }
    }
  }

  async totals(): Promise<Total[]> {
    const totals: Total[] = []
    for (const { channelId } of await this.#store.channels()) {
      const newest = await this.#store.newest(channelId)
      if (newest === undefined) continue
      const { cumulativeAmount, receiptsRoot } = newest
      let payments = 0
      let energyWh = 0
      for await (const { item } of this.#store.payments(channelId, 0n)) {
        payments += 1
        energyWh += Number(item.quantity)
      }
      totals.push({ channelId, cumulativeAmount, receiptsRoot, payments, energyWh })
    }
    return totals
  }

  async stop(): Promise<void> {
    await this.#store.dispose()
  }

  async #payOver(connection: Connection, { payer, visit, report }: Paying): Promise<void> {
    const { replay } = visit
    const escrowDomain = Deployment.escrowDomain(this.#setup.deployment)
    const verifier = this.#verifier
    const identity = await this.#identity.follow(visit)
    const timers = machineTimers
    const session = await PayerSession.start({ payer, connection, verifier, escrowDomain, timers, identity })
    let paidWh = await this.#paid.inWh(replay)
    while (paidWh < replay.energyWh) {
      this.#clock.follow(replay, paidWh)
      const quantity = Math.min(replay.whPerPayment, replay.energyWh - paidWh)
      await session.pay({ reference: replay.reference, quantity: BigInt(quantity) })
      paidWh += quantity
      report({ type: 'paid', reference: replay.reference, paidWh })
    }
    await session.acknowledge()
    await session.close()
  }

  async #payerOf(record: ChannelRecord, limits: PayerLimits): Promise<Payer> {
    const known = this.#payers.get(record.channelId)
    if (known !== undefined) return known
    const { deployment } = this.#setup
    const domains = { escrow: Deployment.escrowDomain(deployment), registry: Deployment.registryDomain(deployment) }
    const parts = { store: this.#store, signer: this.#signer, verifier: this.#verifier, clock: this.#clock }
    const payer = await Payer.open({ record, domains, limits, ...parts })
    this.#payers.set(record.channelId, payer)
    return payer
  }

  async #dial(url: string): Promise<Connection> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await dialWebSocket(url)
      } catch (error) {
        if (!(error instanceof TransportErrors.UnreachableError) || attempt === CONNECT_ATTEMPTS_MAX) throw error
        await delay(RETRY_AFTER_MS)
      }
    }
  }
}

type Parts = { readonly store: Store; readonly signer: Signer; readonly verifier: SignatureVerifier }
type Charge = CarCommand & { readonly type: 'charge' }
type Connection = Awaited<ReturnType<typeof dialWebSocket>>
type Paying = { readonly payer: Payer; readonly visit: Visit; readonly report: (report: CarReport) => void }

let car: Car | undefined

serveCommands<CarCommand, CarReport>(async (command, report) => {
  if (command.type === 'setup') {
    car = await Car.start(command.setup)
    return { type: 'ready' }
  }
  if (car === undefined) throw new Error(`The car was asked to ${command.type} before it was set up.`)
  switch (command.type) {
    case 'charge':
      return car.charge(command, report)
    case 'totals':
      return { type: 'totals', totals: await car.totals() }
    case 'stop':
      await car.stop()
      return { type: 'stopped' }
  }
})
