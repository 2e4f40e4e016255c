import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

/** One run of the real command, in a process of its own. */
export class Indexer {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>
  readonly #gone: Promise<unknown>
  readonly #watchers = new Set<() => void>()
  stdout = ''
  stderr = ''

  /** `databaseUrl` empty is the embedded database. */
  constructor(args: readonly string[], databaseUrl: string) {
    // A process that is killed leaves half a coverage report, which would spoil the whole.
    const env = { ...process.env, NODE_V8_COVERAGE: '', DATABASE_URL: databaseUrl }
    this.#child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#gone = once(this.#child, 'close').then(() => this.#tell())
    this.#child.stdout.on('data', (chunk: Buffer) => {
      this.stdout += chunk.toString()
    })
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString()
      this.#tell()
    })
  }

  /** Exit code and signal, once the process is gone. */
  async end(): Promise<{ readonly code: number | null; readonly signal: string | null }> {
    await this.#gone
    return { code: this.#child.exitCode, signal: this.#child.signalCode }
  }

  /** Sends a signal and waits for the end. */
  async signal(name: 'SIGKILL' | 'SIGTERM' | 'SIGINT') {
    this.#child.kill(name)
    return this.end()
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  /** Waits until standard error says something. */
  async says(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.stderr)) {
      if (this.#child.exitCode !== null) throw new Error(`it ended without saying ${String(pattern)}: ${this.stderr}`)
      await new Promise<void>((resolve) => this.#watchers.add(resolve))
      this.#watchers.clear()
    }
  }

  /** The JSON object on the last line of standard output. */
  get json(): Record<string, unknown> {
    return JSON.parse(this.stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher()
  }
}
