import { MemoryStore } from '../../src/adapters/store/memoryStore.ts'
import { memoryPair } from '../../src/adapters/transport/memoryTransport.ts'
import * as Wire from '../../src/protocol/Message.ts'
import type { Payment } from '../../src/protocol/Payment.ts'
import { RefusedError } from '../../src/protocol/SessionErrors.ts'
import type { Connection } from '../../src/ports/Transport.ts'
import type { Store } from '../../src/ports/Store.ts'
import type { Payee } from '../../src/roles/Payee.ts'
import type { Payer } from '../../src/roles/Payer.ts'
import type { PayerSession } from '../../src/roles/PayerSession.ts'
import { turns } from './async.ts'
import { intercepted } from './interceptedStore.ts'
import { itemOf, roleWorld } from './roleWorld.ts'
import type { Pair } from './sessions.ts'
import { serve, startSession } from './sessions.ts'

/** A disk that writes when it is told to. What was not written when the machine crashed is lost, with whoever waits for it. */
class Disk {
  readonly durable = new MemoryStore()
  #pending: (() => Promise<void>)[] = []
  #committing: Promise<void> = Promise.resolve()
  /** Writes what comes at once, behind what waits already. */
  isEager = false
  #crashes = 0

  /** A store over it, until the next crash. As a real one, it writes what waits before it reads. */
  open(): Store {
    const life = this.#crashes
    const enqueue = (write: () => Promise<void>) => {
      // What a dead process still does in memory reaches no disk.
      if (life !== this.#crashes) return new Promise<void>(() => undefined)
      const written = new Promise<void>((resolve, reject) => this.#pending.push(() => write().then(resolve, reject)))
      if (this.isEager) void this.commit()
      return written
    }
    const store = intercepted(this.durable, {
      saveView: enqueue,
      saveAgreement: enqueue,
      append: enqueue,
      adopt: enqueue,
    })
    const durable = this.durable
    const commit = () => this.commit()
    return {
      ...store,
      newest: async (channelId) => {
        await commit()
        return durable.newest(channelId)
      },
      payments: async function* (channelId, afterVersion) {
        await commit()
        yield* durable.payments(channelId, afterVersion)
      },
    }
  }

  commit(): Promise<void> {
    this.#committing = this.#committing.then(async () => {
      for (let write = this.#pending.shift(); write !== undefined; write = this.#pending.shift()) await write()
    })
    return this.#committing
  }

  crash(): void {
    this.#crashes++
    this.#pending = []
  }
}

/** Two machines that lose their connection, and everything that is not on disk, whenever a test says so. */
export class CrashingMachines {
  readonly world = roleWorld()
  readonly disks = { payer: new Disk(), payee: new Disk() }
  /** Every payment that has left the payer, by version. */
  readonly sent = new Map<bigint, string>()
  readonly served: bigint[] = []
  readonly failures: Error[] = []
  /** Payments that came too late: nobody's failure, when the clock was moved on. */
  lateRefusals = 0
  payer!: Payer
  payee!: Payee
  #pair: Pair | undefined
  #session: PayerSession | undefined
  #starting: Promise<void> = Promise.resolve()

  readonly #signingTurns: number

  /** Both opened, agreed and connected. `signingTurns`: how many turns of the event loop a signature takes. */
  static async start({ signingTurns }: { readonly signingTurns: number }): Promise<CrashingMachines> {
    const machines = new CrashingMachines(signingTurns)
    machines.#writeAtOnce(true)
    await machines.#openPayer()
    await machines.#openPayee()
    await machines.payee.refresh()
    await machines.connect()
    await machines.#starting
    machines.#writeAtOnce(false)
    return machines
  }

  private constructor(signingTurns: number) {
    this.#signingTurns = signingTurns
  }

  async pay(units: bigint): Promise<void> {
    if (this.#session !== undefined) void this.#run(this.#session.pay(itemOf(units)))
  }

  async connect(): Promise<void> {
    await this.drop()
    const pair = memoryPair()
    this.#pair = pair
    void this.#run(serve(this.payee, pair, ({ version }) => this.served.push(version)))
    const starting = startSession(this.payer, { ...pair, left: this.#watched(pair.left) })
    this.#starting = this.#run(
      starting.then((session) => {
        if (this.#pair === pair) this.#session = session
      }),
    )
  }

  async drop(): Promise<void> {
    this.#session = undefined
    this.#pair?.cut()
    this.#pair = undefined
  }

  async crashPayer(): Promise<void> {
    await this.drop()
    this.disks.payer.crash()
    await this.#openPayer()
  }

  async crashPayee(): Promise<void> {
    await this.drop()
    this.disks.payee.crash()
    await this.#openPayee()
  }

  /** Whatever is on its way comes too late. */
  async delay(): Promise<void> {
    this.world.clock.seconds += this.world.terms.clockSkewMaxSeconds + 1
  }

  async refresh(): Promise<void> {
    this.world.chain.change({ finalizedAtSeconds: this.payee.view?.finalizedAtSeconds ?? 0 })
    void this.#run(this.payee.refresh())
  }

  /** Everything works from now on: connects, and waits until both agree. */
  async settle(): Promise<void> {
    this.#writeAtOnce(true)
    for (const disk of Object.values(this.disks)) await disk.commit()
    await this.payee.refresh()
    await this.connect()
    await this.#starting
    if (this.#session === undefined) {
      // Something was too late: it is dropped by now.
      await this.connect()
      await this.#starting
    }
    await this.#session?.acknowledge()
    await this.#session?.close()
  }

  #writeAtOnce(isEager: boolean): void {
    for (const disk of Object.values(this.disks)) disk.isEager = isEager
  }

  async #openPayer(): Promise<void> {
    const { payer: machine } = this.world
    // A secure element: it takes its time, and the world moves on meanwhile.
    const signer = {
      signer: machine.signer,
      sign: async (digest: Uint8Array) => {
        await turns(this.#signingTurns)
        return machine.sign(digest)
      },
    }
    this.payer = await this.world.openPayer({ store: this.disks.payer.open(), signer })
  }

  async #openPayee(): Promise<void> {
    this.payee = await this.world.openPayee({ store: this.disks.payee.open() })
  }

  /** The end of a connection is nobody's fault; any other failure is one of the roles'. */
  async #run(act: Promise<unknown>): Promise<void> {
    try {
      await act
    } catch (error) {
      if (error instanceof RefusedError && error.reason === 'wrong-time') this.lateRefusals++
      else if ((error as Error).name !== 'Session.SessionEndedError') this.failures.push(error as Error)
    }
  }

  /** Reads along what leaves the payer. */
  #watched(connection: Connection): Connection {
    return {
      frames: connection.frames,
      closed: connection.closed,
      close: () => connection.close(),
      send: (frame) => {
        const message = Wire.decode(frame)
        if (message.type === 'payment') this.#remember(message)
        return connection.send(frame)
      },
    }
  }

  #remember({
    version,
    signature,
    cumulativeAmount,
  }: Pick<Payment, 'version' | 'signature' | 'cumulativeAmount'>): void {
    const given = `${cumulativeAmount} ${signature}`
    const before = this.sent.get(version) ?? given
    if (before !== given) this.failures.push(new Error(`Version ${version} was sent as ${before} and as ${given}.`))
    this.sent.set(version, given)
  }
}
