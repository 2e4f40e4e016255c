import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ProgramError } from './errors.ts'

const SQLITE_BUSY = 5

/**
 * Holds `path` for this process alone until the returned function is called. The system gives the lock back when the
 * process ends, however it ends; a file with a process id in it would not tell a killed holder from a living process
 * that got its number. The file stays: to remove it would let two processes hold two files of one name.
 */
export function holdLock(path: string, { next }: holdLock.Options): () => void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  // Node has no file locks; SQLite's are the system's own.
  const file = new DatabaseSync(path, { timeout: 0 })
  try {
    file.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    file.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) throw locked(path, next, error)
    throw error
  }
  return () => {
    if (file.isOpen) file.close()
  }
}
export declare namespace holdLock {
  type Options = {
    /** What whoever finds it held can do. */
    readonly next: string
  }
}

function locked(path: string, next: string, cause: unknown): ProgramError {
  return new ProgramError('Cli.LockedError', 'Another process works with the same directory.', {
    given: `${path}, which another process holds`,
    expected: 'a directory that no other process works with',
    next,
    cause,
  })
}
