import { setImmediate } from 'node:timers/promises'
import type { OnProgress } from '@musubi/cli'

/** Items between two breaths: some ten milliseconds of curves and hashes. */
const ITEMS_MAX = 50

/**
 * Maps a long list, with a breath now and then. Without it, nothing else would run for seconds: a node would hang up on
 * us, and we would write our next call into the closed connection.
 */
export async function mapInTurns<item, result>(
  items: readonly item[],
  map: (item: item, index: number) => result,
  onProgress: OnProgress = () => undefined,
): Promise<result[]> {
  const results: result[] = []
  for (const [index, item] of items.entries()) {
    if (index % ITEMS_MAX === 0) {
      onProgress(index, items.length)
      await setImmediate()
    }
    results.push(map(item, index))
  }
  onProgress(items.length, items.length)
  return results
}
