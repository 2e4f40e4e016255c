import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { plainEnvironment } from './chains.ts'

const SCRIPT = join(import.meta.dirname, '..', '..', '..', 'scripts', 'deploy.ts')

export type Run = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Runs the command as an operator does, in a process of its own. */
export async function runDeploy(
  options: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const child = spawn(process.execPath, [SCRIPT, ...options], {
    env: plainEnvironment(variables),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code: child.exitCode ?? -1, stdout, stderr }
}

/** What `--json` printed. */
export function lastLine({ stdout }: Run): unknown {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
}

/** A folder that is gone after the test. */
export async function temporaryFolder(test: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'musubi-test-deploy-'))
  test.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}
