import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { AttesterError } from '../errors.ts'

const SQLITE_BUSY = 5

/**
 * Holds the state for this process alone while `work` runs. The system gives the lock back when the process ends, however
 * it ends; a file with a process id in it would not tell a killed holder from a living process that got its number.
 */
export async function holding<result>(path: string, work: () => Promise<result>): Promise<result> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  // Node has no file locks; SQLite's are the system's own.
  const file = new DatabaseSync(path, { timeout: 0 })
  try {
    lock(file, path)
    return await work()
  } finally {
    file.close()
  }
}

function lock(file: DatabaseSync, path: string): void {
  try {
    file.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    if (!(cause instanceof Error && 'errcode' in cause && cause.errcode === SQLITE_BUSY)) throw cause
    throw new AttesterError('State.LockedError', 'Another process works with the same state.', {
      given: path,
      expected: 'a state that no other process works with',
      next: 'Wait until it is done, and run the command again.',
      cause,
    })
  }
}
