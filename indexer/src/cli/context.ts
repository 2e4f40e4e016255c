import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { LOG_LEVELS, UsageError, readOptions, textOf, versionIn } from '@musubi/cli'
import type { Command } from 'commander'
import { pino, type Logger } from 'pino'
import { z } from 'zod'
import { type Database, openDatabase } from '../database/open.ts'
import { Journal } from '../journal/Journal.ts'
import { maskCardNumbers } from '../text/cardNumber.ts'
import { HANDLERS } from './operations.ts'

const globals = z.object({ data: z.string().min(1), json: z.boolean(), logLevel: z.enum(LOG_LEVELS) })
export type Globals = z.output<typeof globals>

/** Options that every command has. */
export function readGlobals(command: Command): Globals {
  return readOptions(command, globals)
}

export type House = {
  readonly db: Database
  readonly backend: string
  readonly directory: string
  readonly log: Logger
}

/** Opens the database for one command, and closes it whatever happens. */
export async function withHouse<T>(options: Globals, work: (house: House) => Promise<T>): Promise<T> {
  const directory = createDirectory(resolve(options.data))
  const url = process.env.DATABASE_URL
  const opened = await openDatabase({ directory, url: url === undefined || url === '' ? undefined : url })
  try {
    return await work({ db: opened.db, backend: opened.backend, directory, log: createLog(options.logLevel) })
  } finally {
    await opened.close()
  }
}

function createDirectory(directory: string): string {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    return directory
  } catch (error) {
    throw new UsageError('Cli.BadOptionError', 'The value of --data cannot be used.', {
      given: `${directory} (${textOf(error)})`,
      expected: 'a directory, or a path where one can be made',
      next: 'Name another directory with --data.',
      cause: error,
    })
  }
}

/** Opens database and journal for a command that writes what the chain does not hold. */
export async function withJournal<T>(
  options: Globals,
  work: (house: House, journal: Journal) => Promise<T>,
): Promise<T> {
  return withHouse(options, async (house) => {
    const journal = await Journal.open(house.db, journalPath(house.directory), HANDLERS)
    try {
      return await work(house, journal)
    } finally {
      journal.close()
    }
  })
}

export function journalPath(directory: string): string {
  return join(directory, 'journal.jsonl')
}

/** Logs go to standard error, and hold no card number whatever somebody passes in. */
function createLog(level: string): Logger {
  return pino(
    {
      level,
      hooks: {
        logMethod(args, method) {
          method.apply(this, args.map((arg) => (typeof arg === 'string' ? maskCardNumbers(arg) : arg)) as typeof args)
        },
      },
    },
    pino.destination({ fd: 2, sync: true }),
  )
}

export function softwareVersion(): string {
  return versionIn(new URL('../../package.json', import.meta.url))
}
