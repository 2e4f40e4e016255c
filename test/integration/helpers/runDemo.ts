import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..', '..', '..')

export type Run = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** Runs the demo as anybody does, and returns what it said. */
export function runDemo(...args: readonly string[]): Promise<Run> {
  return startDemo(args).ended
}

/** A demo that runs. */
export type Demo = {
  readonly ended: Promise<Run>
  /** Resolves once it has said something on stderr; rejects when it ends without. */
  said(what: RegExp): Promise<void>
  kill(signal: NodeJS.Signals): void
}

export function startDemo(args: readonly string[], env: Readonly<Record<string, string>> = {}): Demo {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'demo.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }))
  return {
    ended,
    said: (what) =>
      new Promise((resolve, reject) => {
        child.stderr.on('data', () => {
          if (what.test(stderr)) resolve()
        })
        void ended.then(() => reject(new Error(`The demo ended without saying ${String(what)}: ${stderr}`)))
      }),
    kill: (signal) => child.kill(signal),
  }
}

/** The JSON object on the last line. */
export function figuresOf({ stdout }: Run): Record<string, unknown> {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>
}
