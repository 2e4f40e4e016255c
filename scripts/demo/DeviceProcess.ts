import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { DemoError } from './DemoError.ts'
import { must } from './must.ts'

type Said = { readonly type: string }

/** One device as an operating-system process of its own. It can be killed as a pulled plug kills it, and started again. */
export class DeviceProcess<Command extends Said, Report extends Said> {
  readonly #name: string
  readonly #program: string
  #child: ChildProcess | undefined
  #listeners = new Set<(report: Report) => void>()

  constructor(name: string, program: 'car' | 'station' | 'charger') {
    this.#name = name
    this.#program = join(import.meta.dirname, 'devices', `${program}.ts`)
  }

  /** Starts the process and sends its first command. */
  async start<Type extends Report['type']>(command: Command, answer: Type): Promise<Extract<Report, { type: Type }>> {
    const child = fork(this.#program, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    child.on('message', (report: Report) => {
      for (const listener of [...this.#listeners]) listener(report)
    })
    this.#child = child
    return this.ask(command, answer)
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Sends a command and waits for its answer. Rejects when the device fails or ends before it answers. */
  ask<Type extends Report['type']>(command: Command, answer: Type): Promise<Extract<Report, { type: Type }>> {
    const child = this.#child
    if (child === undefined) throw new DemoError(`${this.#name} is not running.`, { next: 'Start it first.' })
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        this.#listeners.delete(listener)
        child.off('exit', onExit)
        act()
      }
      const listener = (report: Report): void => {
        if (report.type === answer) settle(() => resolve(report as Extract<Report, { type: Type }>))
        else if (report.type === 'failed') {
          const reason = 'error' in report ? String(report.error) : 'no reason given'
          settle(() => reject(new DemoError(`${this.#name} failed: ${reason}`, { next: 'See the reason above.' })))
        }
      }
      const onExit = (code: number | null, signal: string | null): void => {
        settle(() => reject(new DeviceEndedError(this.#name, signal ?? `code ${code}`)))
      }
      this.#listeners.add(listener)
      child.on('exit', onExit)
      child.send(command)
    })
  }

  /** Calls `listener` with everything that the device reports, until the returned function is called. */
  onReport(listener: (report: Report) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Pulls the plug: SIGKILL. Returns the signal that ended the process, as the operating system reports it. */
  async kill(): Promise<NodeJS.Signals | null> {
    const child = this.#child
    if (child === undefined || !this.running) return null
    child.kill('SIGKILL')
    await once(child, 'exit')
    return child.signalCode
  }

  /** Asks the process to end, and waits until it has. */
  async stop(): Promise<void> {
    if (!this.running) return
    const child = must(this.#child, `process of ${this.#name}`)
    const ended = once(child, 'exit')
    child.send({ type: 'stop' } satisfies Said)
    await ended
  }
}

/** The process ended while somebody waited for its answer. */
export class DeviceEndedError extends Error {
  override readonly name = 'DeviceEndedError'
  constructor(device: string, how: string) {
    super(`${device} ended (${how}) before it answered.`)
  }
}
