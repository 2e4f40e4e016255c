import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { IndexerError } from '../errors.ts'

/**
 * One process per data directory: the embedded database has no lock of its own, and two writers would ruin it.
 * A lock whose process is gone is taken over.
 */
export function lockDirectory(directory: string): () => void {
  const path = join(directory, 'lock')
  const held = tryLock(path) ?? takeOver(path)
  return () => {
    closeSync(held)
    rmSync(path, { force: true })
  }
}

function tryLock(path: string): number | undefined {
  try {
    const file = openSync(path, 'wx', 0o600)
    writeSync(file, String(process.pid))
    return file
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined
    throw error
  }
}

function takeOver(path: string): number {
  const holder = Number(readFileSync(path, 'utf8'))
  if (Number.isSafeInteger(holder) && holder > 0 && !isAlive(holder)) {
    rmSync(path, { force: true })
    const file = tryLock(path)
    if (file !== undefined) return file
  }
  throw new IndexerError('Database.LockedError', 'Another process uses this data directory.', {
    given: `${path}, held by process ${String(holder)}`,
    expected: 'a data directory that no other process has open',
    next: 'Wait for the other command to end, or stop it; use DATABASE_URL when several must run at once.',
  })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
