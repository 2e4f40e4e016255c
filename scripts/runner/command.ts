import { spawn } from 'node:child_process'
import { signalGroup } from './signalGroup.ts'

/** How a command ended: `code` is null when a signal ended it. */
export type Finished = {
  readonly code: number | null
  readonly output: string
  readonly seconds: number
  readonly timedOut: boolean
}

/** What is kept of a command's output at most: its end, where summaries and errors stand. */
const OUTPUT_CHARACTERS_MAX = 4_000_000

const KILL_GRACE_MILLISECONDS = 5_000

/** What shells report for a program that was interrupted. */
const EXIT_INTERRUPTED = 130

/** Runs a command to its end, keeps what it printed, and prints it too when `echo` is set. Never rejects: a crash is a result. */
export function run(command: string, args: readonly string[], options: run.Options): Promise<Finished> {
  const { echo, secondsMax, env = process.env, cwd = process.cwd() } = options
  const started = performance.now()
  // A process group of its own, so that a command which hangs takes its children with it.
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env, cwd })
  let output = ''
  let timedOut = false
  let interrupted = false
  const keep = (text: string) => {
    output += text
    // Twice the limit, so that a talkative command is not copied at every line.
    if (output.length > 2 * OUTPUT_CHARACTERS_MAX) output = output.slice(-OUTPUT_CHARACTERS_MAX)
  }

  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      keep(text)
      if (echo) process[name].write(text)
    })
  }
  let killer: NodeJS.Timeout | undefined
  const end = () => {
    signalGroup(child.pid, 'SIGTERM')
    killer ??= setTimeout(() => {
      signalGroup(child.pid, 'SIGKILL')
    }, KILL_GRACE_MILLISECONDS)
  }
  const limit = setTimeout(() => {
    timedOut = true
    end()
  }, secondsMax * 1_000)
  const onSignal = () => {
    interrupted = true
    end()
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)

  return new Promise((resolve) => {
    child.on('error', (error) => {
      keep(`${command} could not be started: ${error.message}\n`)
    })
    // What the command left running would hold its pipes open, and this program with them.
    child.on('exit', end)
    child.on('close', (code) => {
      clearTimeout(limit)
      clearTimeout(killer)
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
      // Whoever asked this program to stop did not ask for the next command.
      if (interrupted) process.exit(EXIT_INTERRUPTED)
      resolve({ code, output, seconds: (performance.now() - started) / 1_000, timedOut })
    })
  })
}
export declare namespace run {
  type Options = {
    readonly echo: boolean
    readonly secondsMax: number
    readonly env?: NodeJS.ProcessEnv
    readonly cwd?: string
  }
}
