import { startChain } from '../ChainProcess.ts'
import type { ChainKind } from '../ChainProcess.ts'
import { must } from '../must.ts'
import { counted } from '../numbers.ts'
import { Programs } from '../Programs.ts'
import { Progress } from '../Progress.ts'
import { supervise } from '../supervise.ts'
import type { Supervised } from '../supervise.ts'
import { CHARGING, NEW_SNAPSHOT, OLD_SNAPSHOT, START } from './calendar.ts'
import { checkOffline } from './cases.ts'
import { Chargers } from './Chargers.ts'
import { wrongChecks } from './Check.ts'
import { enrolFleets } from './enrolFleets.ts'
import type { Enrolling } from './enrolFleets.ts'
import { wrongFigures } from './FleetFigures.ts'
import type { FleetFigures } from './FleetFigures.ts'
import { buildFleetWorld } from './FleetWorld.ts'
import type { FleetWorld } from './FleetWorld.ts'
import { askLiability, wrongMoments } from './liability.ts'
import { live } from './lives.ts'
import type { Lives } from './lives.ts'
import { isSpokenFor, publishSnapshot, publishTokens } from './Publication.ts'
import { checkTable, closingWords, momentTable } from './report.ts'
import type { Scene } from './Scene.ts'
import { askStandings, wrongStandings } from './standings.ts'
import { writeTrustLists } from './trustLists.ts'

const HOUR_SECONDS = 3600

/** Enrols a fleet, lets a month pass over it, and has chargers without a network judge it. Nothing stays behind. */
export function runFleet({ root, devices, chain }: runFleet.Options): Promise<runFleet.Result> {
  return supervise(undefined, (supervised) => new FleetRun({ root, devices, kind: chain, ...supervised }).all())
}
export declare namespace runFleet {
  type Options = { readonly root: string; readonly devices: number; readonly chain: ChainKind }
  type Result = { readonly figures: FleetFigures; readonly wrong: readonly string[] }
}

type Parts = Supervised & { readonly root: string; readonly devices: number; readonly kind: ChainKind }

class FleetRun {
  readonly #parts: Parts
  readonly #progress = new Progress()
  readonly #chargers = new Chargers()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async all(): Promise<runFleet.Result> {
    const world = await this.#build()
    const enrolling = await this.#enrol(world)
    const lives = await live(world, enrolling.fleets, (step) => this.#progress.step(step))
    const scene = await this.#publish(world, enrolling, lives)

    this.#progress.step('the chargers, which have no network, judge what comes to them')
    const checks = await checkOffline(scene)
    await this.#chargers.stop()
    await world.chain.passTimeUntil(CHARGING + HOUR_SECONDS)
    const moments = await askLiability(world, lives)
    const standings = await askStandings(world, lives)

    const verdicts = [...wrongChecks(checks), ...wrongMoments(moments), ...wrongStandings(standings)]
    const { enrolled, transactions, gas } = enrolling
    const { seconds } = this.#progress
    const figures = { enrolled, transactions, offlineChecks: checks.length, wrongVerdicts: verdicts.length, seconds }
    const { parties } = world.people
    console.log(checkTable(checks, parties))
    console.log(momentTable(moments))
    console.log(closingWords({ enrolled, transactions, gas, checks, standings, seconds }))
    const asked = { devices: this.#parts.devices, parties: parties.length }
    return { figures, wrong: [...verdicts, ...wrongFigures(figures, asked)] }
  }

  async #build(): Promise<FleetWorld> {
    const { root, workplace, kind, stack } = this.#parts
    const programs = new Programs({ temporaryFolder: workplace.temporary })
    stack.defer(() => programs.end())
    stack.defer(() => this.#chargers.kill())
    this.#progress.step(`starting a chain process (${kind})`)
    const chain = await startChain(kind, { programs, startAtSeconds: START })
    this.#progress.step('deploying the contracts (compiled the first time: half a minute)')
    return buildFleetWorld(chain, { folder: workplace.path, root, programs })
  }

  async #enrol(world: FleetWorld): Promise<Enrolling> {
    const { devices, signal } = this.#parts
    const { parties } = world.people
    this.#progress.step(
      `making keys, freshness chains and bindings of ${counted(devices)} devices; each party enrols at once`,
    )
    const onDone = this.#counting(devices, 'devices')
    const enrolling = await enrolFleets(world, { devices, signal, onDone })
    this.#progress.end()
    this.#progress.step(`${counted(enrolling.enrolled)} devices of ${parties.length} parties are enrolled`)
    return enrolling
  }

  async #publish(world: FleetWorld, { fleets }: Enrolling, lives: Lives): Promise<Scene> {
    const { people } = world
    const bindings = [...lives.activated, lives.rotated.after, lives.sold.renewed]
    this.#progress.step(`the attester ${people.north.name} publishes its snapshots and the day's tokens`)
    const old = await publishSnapshot(world, { attester: people.north, bindings, asOf: OLD_SNAPSHOT })
    const current = await publishSnapshot(world, { attester: people.north, bindings, asOf: NEW_SNAPSHOT })
    const leaves = fleets.flatMap(({ devices, tree }) =>
      devices.map(({ binding }, index) => ({ binding, bindingId: must(tree.bindingIds[index], `leaf ${index}`) })),
    )
    const later = [lives.rotated.after, lives.sold.renewed].map(({ credential, bindingId }) => ({
      ...{ binding: credential.binding, bindingId },
    }))
    const standing = [...leaves, ...later].filter((each) => isSpokenFor(current, each))
    const tokens = await publishTokens(standing, {
      ...{ attester: people.north, seconds: CHARGING, signal: this.#parts.signal },
      onDone: this.#counting(standing.length, 'tokens'),
    })
    this.#progress.end()
    return { world, fleets, lives, tokens, lists: { old, current }, ...(await this.#startChargers(world)) }
  }

  async #startChargers(world: FleetWorld): Promise<Pick<Scene, 'trustLists' | 'chargers'>> {
    const trustLists = await writeTrustLists(world)
    const start = (name: string, trustList: Uint8Array) =>
      this.#chargers.start(world, { name, trustList, now: CHARGING })
    const chargers = {
      current: await start('charger 1', trustLists.current),
      remote: await start('charger 2', trustLists.old),
      odd: await start('charger 3', trustLists.current),
    }
    return { trustLists, chargers }
  }

  /** Starts a bar, which is given back to the terminal whatever happens. */
  #counting(total: number, unit: string): (count: number) => void {
    this.#progress.start(total, unit)
    this.#parts.stack.defer(() => this.#progress.end())
    return (count) => this.#progress.advance(count)
  }
}
