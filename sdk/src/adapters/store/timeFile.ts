import { open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StoreDamagedError, StoreOpenError, StoreWriteError } from '../../ports/StoreErrors.ts'
import type { TimeStore } from '../../ports/TimeStore.ts'
import { hasCode } from './sqliteErrors.ts'

/** A decimal number of seconds below 2^53, and a line feed. */
const TEXT = /^\d{1,15}\n$/

/** A file that keeps one time. It is written beside and moved, so that a loss of power leaves the old one or the new one. */
export function timeFile(path: string): TimeStore {
  return { load: () => load(path), save: (seconds) => save(path, seconds) }
}

async function load(path: string): Promise<number | undefined> {
  const text = await read(path)
  if (text === undefined) return undefined
  // Not "none yet": whoever damages the file could else set the clock back.
  if (!TEXT.test(text)) throw new StoreDamagedError({ given: `${path}: not a number of seconds`, cause: undefined })
  return Number(text)
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return undefined
    throw new StoreOpenError({ given: path, cause })
  }
}

async function save(path: string, seconds: number): Promise<void> {
  const beside = `${path}.new`
  try {
    await writeDurably(beside, `${seconds}\n`)
    await rename(beside, path)
    await syncFolder(dirname(path))
  } catch (cause) {
    throw new StoreWriteError({ given: path, cause })
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w')
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The new name is part of the folder. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
