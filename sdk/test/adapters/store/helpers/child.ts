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
  /** What it says, line by line, to its end. */
  readonly lines: AsyncIterator<string>
  /** Kills it as the loss of power would, and waits until it is gone; returns the lines that were not read yet. */
  kill(): Promise<string[]>
}

/** Starts a helper of this folder; it is killed when the test ends. */
export function startChild(test: TestContext, helper: string, args: readonly string[]): Child {
  const file = fileURLToPath(new URL(helper, import.meta.url))
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  test.after(() => end(child, gone))
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  return {
    lines,
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
