import { readFile, readdir } from 'node:fs/promises'

export type Found = { readonly pid: number; readonly name: string }

/** Processes that were started with `NAME=value` in their environment, by whomever: also those that nobody waits for any more. */
export async function processesOf(assignment: string): Promise<Found[]> {
  const found: Found[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const environment = await readProcess(pid, 'environ')
    if (!environment.split('\0').includes(assignment)) continue
    found.push({ pid: Number(pid), name: (await readProcess(pid, 'comm')).trim() })
  }
  return found
}

/** Empty when the process has ended in the meantime. */
async function readProcess(pid: string, file: 'environ' | 'comm'): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/${file}`, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH', 'EACCES'].includes(String(error.code)))
      return ''
    throw error
  }
}
