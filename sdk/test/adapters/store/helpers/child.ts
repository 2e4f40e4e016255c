import type { ChildProcessByStdio } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import type { Readable } from 'node:stream'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { TestContext } from 'node:test'

/** A process that has a store open. */
export type Child = {
  /** The next line that it says. Throws when it has ended. */
  readonly next: () => Promise<string>
  /** Kills it as the loss of power would, and waits until it is gone; returns the lines that were not read yet. */
  readonly kill: () => Promise<string[]>
}

/** Starts a helper of this folder; it is killed when the test ends. */
export function startChild(test: TestContext, helper: string, args: readonly string[]): Child {
  const file = fileURLToPath(new URL(helper, import.meta.url))
  // A process that is killed leaves half a coverage report, which would spoil the whole.
  const env = { ...process.env, NODE_V8_COVERAGE: '' }
  const child = spawn(process.execPath, [file, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  test.after(() => end(child, gone))
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  return {
    async next() {
      const line = await lines.next()
      if (line.done === true) throw new Error(`${helper} ended; what it said last is above.`)
      return line.value
    },
    async kill() {
      await end(child, gone)
      const rest: string[] = []
      for (let next = await lines.next(); next.done !== true; next = await lines.next()) rest.push(next.value)
      return rest
    },
  }
}

async function end(child: ChildProcessByStdio<null, Readable, null>, gone: Promise<unknown>): Promise<void> {
  child.kill('SIGKILL')
  await gone
}
