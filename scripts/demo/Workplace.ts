import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DemoError } from './DemoError.ts'

/** Where a run keeps its stores, books and files: a folder of the user's, or one that goes away. */
export type Workplace = {
  readonly path: string
  /** What nobody keeps: the temporary files of everything that the demo starts. */
  readonly temporary: string
  readonly kept: boolean
  remove(): Promise<void>
}

/** Opens the folder `keep`, which must be new or empty, or a folder of its own. */
export async function openWorkplace(keep: string | undefined): Promise<Workplace> {
  const path = keep === undefined ? await mkdtemp(join(tmpdir(), 'musubi-demo-')) : await openKept(resolve(keep))
  const temporary = join(path, 'temporary')
  await mkdir(temporary)
  const kept = keep !== undefined
  return { path, temporary, kept, remove: () => rm(kept ? temporary : path, { recursive: true, force: true }) }
}

async function openKept(path: string): Promise<string> {
  let names: string[]
  try {
    await mkdir(path, { recursive: true })
    names = await readdir(path)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DemoError(`Nothing can be kept in ${path}: ${reason}.`, {
      next: 'Give another folder with --keep.',
      cause,
    })
  }
  // A second run's stores and books would mix with the first one's.
  if (names.length > 0) {
    throw new DemoError(`The folder ${path} is not empty.`, { next: 'Give a new or an empty one with --keep.' })
  }
  return path
}
