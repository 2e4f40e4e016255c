/**
 * Frames that arrived and were not read yet, for one reader. It refuses nothing: whoever fills it asks `full`, stops its
 * source, and goes on at `onRoom`.
 */
export class FrameQueue implements AsyncIterable<Uint8Array> {
  readonly #options: FrameQueue.Options
  readonly #frames: Uint8Array[] = []
  #readers: (() => void)[] = []
  #ended = false

  constructor(options: FrameQueue.Options) {
    this.#options = options
  }

  get full(): boolean {
    return this.#frames.length >= this.#options.framesMax
  }

  push(frame: Uint8Array): void {
    if (this.#ended) return
    this.#frames.push(frame)
    this.#wake()
  }

  /** Nothing more comes; what came is still read. */
  end(): void {
    this.#ended = true
    this.#wake()
  }

  /** Nothing more is read. */
  discard(): void {
    this.#frames.length = 0
    this.end()
  }

  /** A loop that was left can be taken up again: frames are not lost with the iterator. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    for (;;) {
      const frame = this.#frames.shift()
      if (frame !== undefined) {
        // Half empty and not at the first free place, or a slow reader would stop and start its source for every frame.
        if (this.#frames.length === this.#options.framesMax >> 1) this.#options.onRoom()
        yield frame
      } else if (this.#ended) return
      else await new Promise<void>((resolve) => this.#readers.push(resolve))
    }
  }

  #wake(): void {
    const readers = this.#readers
    this.#readers = []
    for (const resume of readers) resume()
  }
}
export declare namespace FrameQueue {
  type Options = {
    /** From here on it is full. */
    readonly framesMax: number
    /** It was read down to one half. */
    readonly onRoom: () => void
  }
}
