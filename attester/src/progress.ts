/** Told by long work how much of it is done. */
export type OnProgress = (done: number, total: number) => void

/** For work that nobody watches. */
export const unwatched: OnProgress = () => undefined
