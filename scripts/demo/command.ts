import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { DemoError } from './DemoError.ts'

/** Runs a program to its end, and returns the JSON object on the last line of what it printed. */
export async function runJson(program: string, { args, env }: runJson.Options): Promise<Record<string, unknown>> {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) {
    throw new DemoError(`\`${args.join(' ')}\` ended with code ${code}: ${stderr.trim() || stdout.trim()}`, {
      next: 'Mend what it names and run again.',
    })
  }
  const last = stdout.trimEnd().split('\n').at(-1) ?? ''
  return JSON.parse(last) as Record<string, unknown>
}
export declare namespace runJson {
  type Options = { readonly args: readonly string[]; readonly env?: Readonly<Record<string, string>> }
}
