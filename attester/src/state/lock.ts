import { holdLock } from '@musubi/cli'

/** Holds the state for this process alone while `work` runs. */
export async function holding<result>(path: string, work: () => Promise<result>): Promise<result> {
  const unlock = holdLock(path, { next: 'Wait until it is done, and run the command again.' })
  try {
    return await work()
  } finally {
    unlock()
  }
}
