import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where a run keeps its stores, books and files: a folder of the user's, or one that goes away. */
export type Workplace = { readonly path: string; readonly kept: boolean; remove(): Promise<void> }

export async function openWorkplace(keep: string | undefined): Promise<Workplace> {
  if (keep !== undefined) {
    const path = resolve(keep)
    await mkdir(path, { recursive: true })
    return { path, kept: true, remove: () => Promise.resolve() }
  }
  const path = await mkdtemp(join(tmpdir(), 'musubi-demo-'))
  return { path, kept: false, remove: () => rm(path, { recursive: true, force: true }) }
}
