/** A thread with a compiler of its own: standard JSON in, standard JSON out. Loading the compiler takes longer than asking it. */
import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'

const solc = createRequire(import.meta.url)('solc') as { compile(input: string): string }

parentPort?.on('message', (input: string) => parentPort?.postMessage(solc.compile(input)))
