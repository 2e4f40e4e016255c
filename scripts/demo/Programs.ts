import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { signalGroup } from '../runner/signalGroup.ts'
import { DemoError } from './DemoError.ts'

export type Program = ChildProcessByStdio<null, Readable, Readable>

const KILL_GRACE_MS = 5_000

/**
 * What the demo starts besides its devices. Each program leads a process group of its own, so that it ends together with
 * all that it started, and so that Ctrl-C reaches the demo alone, which then ends everything in order.
 */
export class Programs {
  readonly #temporaryFolder: string
  readonly #running = new Set<Program>()
  #ended = false

  /** What programs write to the system's temporary folder, or to the user's home, goes to `temporaryFolder` and away with it. */
  constructor({ temporaryFolder }: { readonly temporaryFolder: string }) {
    this.#temporaryFolder = temporaryFolder
  }

  start(file: string, { args, env }: Programs.Options): Program {
    if (this.#ended) throw new DemoError('The demo is ending.', { next: 'Run it again.' })
    const child = spawn(file, args, {
      ...{ stdio: ['ignore', 'pipe', 'pipe'], detached: true },
      env: { ...process.env, TMPDIR: this.#temporaryFolder, XDG_CONFIG_HOME: this.#temporaryFolder, ...env },
    })
    this.#running.add(child)
    for (const event of ['exit', 'error'] as const) child.on(event, () => this.#running.delete(child))
    return child
  }

  /** Runs a Node program to its end, and returns the JSON object on the last line of what it printed. */
  async runJson(program: string, { args, env }: Programs.Options): Promise<Record<string, unknown>> {
    const child = this.start(process.execPath, { args: [program, ...args], ...(env === undefined ? {} : { env }) })
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
    await Promise.all([...this.#running].map(endGroup))
  }
}
export declare namespace Programs {
  type Options = { readonly args: readonly string[]; readonly env?: Readonly<Record<string, string>> }
}

async function endGroup(child: Program): Promise<void> {
  const exit = once(child, 'exit')
  signalGroup(child.pid, 'SIGTERM')
  const killer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), KILL_GRACE_MS)
  await exit
  clearTimeout(killer)
  // The program is gone; whoever of its group ignored the signal goes too.
  signalGroup(child.pid, 'SIGKILL')
}
