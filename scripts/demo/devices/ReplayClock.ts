import type { Clock } from '@musubi/sdk'
import type { Replay } from './protocol.ts'

/** A device's clock in compressed time: within a session, time passes as energy flows. */
export class ReplayClock implements Clock {
  #now = 0

  now(): number {
    return this.#now
  }

  set(atSeconds: number): void {
    this.#now = atSeconds
  }

  /** The moment of the session at which `energyWh` have flowed. */
  follow({ startsAt, endsAt, energyWh }: Replay, flowedWh: number): void {
    this.#now = startsAt + Math.floor(((endsAt - startsAt) * flowedWh) / energyWh)
  }
}
