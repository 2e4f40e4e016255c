import { SignerId } from '@musubi/sdk'
import type { Hex } from 'viem'
import { DemoError } from '../DemoError.ts'
import { DeviceProcess } from '../DeviceProcess.ts'
import type { Answer, ChargerCommand, ChargerReport } from '../devices/chargerProtocol.ts'
import { signerOf } from '../devices/keys.ts'
import { FRESHNESS_AGE_MAX_SECONDS } from './calendar.ts'
import type { FleetWorld } from './FleetWorld.ts'
import { keyOf } from './keys.ts'

/** One charger, as those who stand before it meet it. */
export type Charger = {
  readonly deviceId: Hex
  ask(command: Asking): Promise<Answer>
}
type Asking = Exclude<ChargerCommand, { readonly type: 'setup' | 'stop' }>

/** The processes of all chargers. */
export class Chargers {
  readonly #processes: DeviceProcess<ChargerCommand, ChargerReport>[] = []
  #ended = false

  /** Starts a charger that knows one trust list, at the moment that its clock shows. */
  async start(world: FleetWorld, { name, trustList, now }: Chargers.Options): Promise<Charger> {
    const { deployment, people } = world
    const key = keyOf(name, 'secp256k1')
    const { signer } = await signerOf(key, deployment.p256Sha256Verifier)
    const trustListSigner = people.runner.signer
    const setup = { deployment, key, trustList, trustListSigner, freshnessAgeMaxSeconds: FRESHNESS_AGE_MAX_SECONDS }
    const process = new DeviceProcess<ChargerCommand, ChargerReport>(name, 'charger')
    // Known before it runs, so that whoever ends all chargers ends this one too.
    this.#processes.push(process)
    if (this.#ended) throw new DemoError('The demo is ending.', { next: 'Run it again.' })
    await process.start({ type: 'setup', now, setup }, 'ready')
    return {
      deviceId: SignerId.of(signer),
      ask: async (command) => (await process.ask(command, 'answer')).answer,
    }
  }

  /** Ends every process. */
  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.stop()))
  }

  /** Ends every process at once, after a failure or an interruption; none starts any more. */
  async kill(): Promise<void> {
    this.#ended = true
    await Promise.all(this.#processes.map((process) => process.kill()))
  }
}
export declare namespace Chargers {
  type Options = { readonly name: string; readonly trustList: Uint8Array; readonly now: number }
}
