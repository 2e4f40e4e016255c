import { open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StoreDamagedError, StoreOpenError, StoreWriteError } from '../../ports/StoreErrors.ts'
import type { Newest, TimeStore } from '../../ports/TimeStore.ts'
import { hasCode } from './sqliteErrors.ts'

/** Decimal numbers: seconds below 2^53, a blank, the version of a trust list, and a line feed. */
const TEXT = /^(\d{1,15}) (\d{1,10})\n$/

/** A file that keeps the newest time and the newest version of the trust list. It is written beside and moved, so that a loss of power leaves the old one or the new one. */
export function timeFile(path: string): TimeStore {
  return { load: () => load(path), save: (newest) => save(path, newest) }
}

async function load(path: string): Promise<Newest | undefined> {
  const text = await read(path)
  if (text === undefined) return undefined
  // Not "none yet": whoever damages the file could else set the clock back.
  const [, seconds, trustListVersion] = TEXT.exec(text) ?? []
  if (seconds === undefined || trustListVersion === undefined) {
    throw new StoreDamagedError({ given: `${path}: no time and version`, cause: undefined })
  }
  return { seconds: Number(seconds), trustListVersion: Number(trustListVersion) }
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return undefined
    throw new StoreOpenError({ given: path, cause })
  }
}

async function save(path: string, { seconds, trustListVersion }: Newest): Promise<void> {
  const beside = `${path}.new`
  try {
    await writeDurably(beside, `${seconds} ${trustListVersion}\n`)
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
