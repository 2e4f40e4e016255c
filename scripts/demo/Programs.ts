import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { signalGroup } from '../runner/signalGroup.ts'
import { DemoError } from './DemoError.ts'

export type Program = ChildProcessByStdio<null, Readable, Readable>

const KILL_GRACE_MS = 5_000

/** What the demo starts besides its devices. All of it ends with one call. */
export class Programs {
  readonly #temporaryFolder: string
  /** What runs, and how it is told to end. */
  readonly #running = new Map<Program, Kill>()
  #ended = false

  /** What programs write to the system's temporary folder, or to the user's home, goes to `temporaryFolder` and away with it. */
  constructor({ temporaryFolder }: { readonly temporaryFolder: string }) {
    this.#temporaryFolder = temporaryFolder
  }

  /** Starts a program that starts no others. It stays in our process group: whoever ends that one ends it too. */
  start(file: string, options: Programs.Options): Program {
    const child = this.#spawn(file, { ...options, detached: false })
    return this.#watch(child, (signal) => child.kill(signal))
  }

  /** Runs a Node program to its end, and returns the JSON object on the last line of what it printed. */
  async runJson(program: string, { args, env }: Programs.Options): Promise<Record<string, unknown>> {
    // It leads a process group of its own: what it started, such as a compiler, ends with it.
    const options = { args: [program, ...args], ...(env === undefined ? {} : { env }), detached: true }
    const child = this.#spawn(process.execPath, options)
    this.#watch(child, (signal) => signalGroup(child.pid, signal))
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
    if (code !== 0) {
      const how = signal ?? `code ${code}`
      throw new DemoError(`\`${args.join(' ')}\` ended with ${how}: ${stderr.trim() || stdout.trim()}`, {
        next: 'Mend what it names and run again.',
      })
    }
    const last = stdout.trimEnd().split('\n').at(-1) ?? ''
    return JSON.parse(last) as Record<string, unknown>
  }

  /** Ends every program with all that it started; none starts any more. */
  async end(): Promise<void> {
    this.#ended = true
    await Promise.all([...this.#running].map(([child, kill]) => end(child, kill)))
  }

  #spawn(file: string, { args, env, detached }: Programs.Options & { readonly detached: boolean }): Program {
    if (this.#ended) throw new DemoError('The demo is ending.', { next: 'Run it again.' })
    const folder = this.#temporaryFolder
    return spawn(file, args, {
      ...{ stdio: ['ignore', 'pipe', 'pipe'], detached },
      env: { ...process.env, TMPDIR: folder, XDG_CONFIG_HOME: folder, ...env },
    })
  }

  #watch(child: Program, kill: Kill): Program {
    this.#running.set(child, kill)
    for (const event of ['exit', 'error'] as const) child.on(event, () => this.#running.delete(child))
    return child
  }
}
export declare namespace Programs {
  type Options = { readonly args: readonly string[]; readonly env?: Readonly<Record<string, string>> }
}

type Kill = (signal: 'SIGTERM' | 'SIGKILL') => void

async function end(child: Program, kill: Kill): Promise<void> {
  const exit = once(child, 'exit')
  kill('SIGTERM')
  const killer = setTimeout(() => kill('SIGKILL'), KILL_GRACE_MS)
  await exit
  clearTimeout(killer)
  // The program is gone; whoever of its group ignored the signal goes too.
  kill('SIGKILL')
}
