import { Presets, SingleBar } from 'cli-progress'

const LINE_EVERY_MS = 5_000

/** Told by long work how much of it is done. */
export type OnProgress = (done: number, total: number) => void

/** Where progress is shown, and by whose clock. */
export type Screen = {
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean }
  readonly now: () => number
}

export type Progress = { update(done: number, total: number): void; stop(): void }

const STDERR: Screen = { stream: process.stderr, now: () => performance.now() }

/** Shows people how far long work is: a bar on a terminal, a line now and then elsewhere, nothing to a machine. */
export function createProgress(what: string, { json }: { readonly json: boolean }, screen = STDERR): Progress {
  if (json) return { update: () => undefined, stop: () => undefined }
  return screen.stream.isTTY === true ? bar(what, screen) : lines(what, screen)
}

/** Runs work that tells how far it is, and takes the bar away when it ends, however it ends. */
export async function showing<T>(
  what: string,
  options: { readonly json: boolean },
  work: (onProgress: OnProgress) => Promise<T>,
): Promise<T> {
  const progress = createProgress(what, options)
  try {
    return await work((done, total) => progress.update(done, total))
  } finally {
    progress.stop()
  }
}

function bar(what: string, { stream, now }: Screen): Progress {
  const format = `${what} {bar} {value}/{total} | {speed} | {eta_formatted} left`
  const shown = new SingleBar({ format, stream, clearOnComplete: true }, Presets.shades_classic)
  const speed = speedometer(now)
  let isStarted = false
  return {
    update(done, total) {
      const payload = { speed: `${String(speed(done))}/s` }
      if (!isStarted) shown.start(total, done, payload)
      else {
        shown.setTotal(total)
        shown.update(done, payload)
      }
      isStarted = true
    },
    stop: () => {
      if (isStarted) shown.stop()
    },
  }
}

function lines(what: string, { stream, now }: Screen): Progress {
  const speed = speedometer(now)
  let due = Number.NEGATIVE_INFINITY
  return {
    update(done, total) {
      const perSecond = speed(done)
      const time = now()
      if (time < due && done < total) return
      due = time + LINE_EVERY_MS
      const rate = perSecond === 0 ? '' : `, ${String(perSecond)}/s`
      stream.write(`${what}: ${String(done)} of ${String(total)}${rate}\n`)
    },
    stop: () => undefined,
  }
}

/** Work per second since the first call: what was done before is not this run's. */
function speedometer(now: () => number): (done: number) => number {
  let first: { readonly done: number; readonly time: number } | undefined
  return (done) => {
    first ??= { done, time: now() }
    const seconds = (now() - first.time) / 1_000
    return seconds <= 0 ? 0 : Math.round((done - first.done) / seconds)
  }
}
