import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { ProgramError, holdLock, textOf } from '@musubi/cli'
import { canonicalJson } from '../hash.ts'
import { type JournalRecord, parseRecord } from './record.ts'

const NEWLINE = 0x0a

/** The journal's file: one record a line, on disk before `append` returns. */
export class JournalFile {
  readonly path: string
  readonly #file: number
  readonly #unlock: () => void
  #isOpen = true

  private constructor(path: string, file: number, unlock: () => void) {
    this.path = path
    this.#file = file
    this.#unlock = unlock
  }

  static open(path: string): JournalFile {
    // A server takes many at a time, the file one: what looks like a torn line may be another process's half-written one.
    const unlock = holdLock(`${path}.lock`, {
      next: 'Wait for the other command to end; commands that record take turns.',
    })
    try {
      const journal = new JournalFile(path, openSync(path, 'a+', 0o600), unlock)
      journal.#dropTornLine()
      // The directory too, or a power failure could lose the file's very name.
      const directory = openSync(dirname(path), 'r')
      fsyncSync(directory)
      closeSync(directory)
      return journal
    } catch (error) {
      unlock()
      throw error
    }
  }

  append(record: JournalRecord): void {
    const bytes = Buffer.from(`${canonicalJson(record)}\n`)
    const before = fstatSync(this.#file).size
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at)
      fsyncSync(this.#file)
    } catch (error) {
      ftruncateSync(this.#file, before)
      throw new ProgramError('Journal.WriteError', 'The journal could not be written.', {
        given: textOf(error),
        expected: `a file that takes ${String(bytes.length)} more bytes`,
        next: 'Nothing was recorded. Make room on the disk and run the command again.',
        cause: error,
      })
    }
  }

  /** The hash of record `seq`, and the lines after it. Lines count from 1, as records do. */
  readFrom(seq: bigint): { readonly at: string | undefined; readonly ahead: readonly string[] } {
    const lines = this.#read().toString('utf8').split('\n').slice(0, -1)
    const line = lines[Number(seq) - 1]
    return { at: line === undefined ? undefined : parseRecord(line).hash, ahead: lines.slice(Number(seq)) }
  }

  /** Closing twice does nothing. */
  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    closeSync(this.#file)
    this.#unlock()
  }

  #read(): Buffer {
    const bytes = Buffer.alloc(fstatSync(this.#file).size)
    for (let at = 0; at < bytes.length;) {
      const count = readSync(this.#file, bytes, at, bytes.length - at, at)
      if (count === 0) break
      at += count
    }
    return bytes
  }

  /** A line without its end was never acknowledged to anybody: its write was cut off. */
  #dropTornLine(): void {
    const bytes = this.#read()
    const end = bytes.lastIndexOf(NEWLINE) + 1
    if (end < bytes.length) ftruncateSync(this.#file, end)
  }
}
