import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..', '..', '..')

export type Run = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** Runs the demo as anybody does, and returns what it said. */
export async function runDemo(...args: readonly string[]): Promise<Run> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'demo.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

/** The JSON object on the last line. */
export function figuresOf({ stdout }: Run): Record<string, unknown> {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>
}
