import type { OnProgress } from '@musubi/cli'

/** For work that nobody watches. */
export const unwatched: OnProgress = () => undefined
