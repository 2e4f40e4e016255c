import type { Connection } from '../../ports/Transport.ts'
import { BacklogFullError, ConnectionLostError } from '../../ports/TransportErrors.ts'
import { FrameQueue } from './frameQueue.ts'
import { INBOUND_FRAMES_MAX, OUTBOUND_FRAMES_MAX, requireFrame } from './limits.ts'

/** Two ends of one connection inside a process. */
export type MemoryPair = {
  readonly left: Connection
  readonly right: Connection
  /** Loses the connection, as a broken network does. */
  cut(): void
}

/** Connects two machines inside one process, with the same limits and endings as a network. */
export function memoryPair(options: memoryPair.Options = {}): MemoryPair {
  const left = new MemoryEnd(options)
  const right = new MemoryEnd(options)
  left.join(right)
  right.join(left)
  const cut = () => {
    for (const end of [left, right]) end.finish(new ConnectionLostError({ given: 'it was cut' }))
  }
  return { left, right, cut }
}
export declare namespace memoryPair {
  type Options = { readonly inboundFramesMax?: number; readonly outboundFramesMax?: number }
}

type Waiting = { readonly frame: Uint8Array; readonly resolve: () => void; readonly reject: (error: Error) => void }

class MemoryEnd implements Connection {
  readonly closed: Promise<Error | undefined>
  readonly #inbound: FrameQueue
  readonly #outboundFramesMax: number
  readonly #waiting: Waiting[] = []
  #peer: MemoryEnd = this
  #ended = false
  #resolveClosed: (reason: Error | undefined) => void = () => undefined

  constructor({ inboundFramesMax = INBOUND_FRAMES_MAX, outboundFramesMax = OUTBOUND_FRAMES_MAX }: memoryPair.Options) {
    this.#outboundFramesMax = outboundFramesMax
    this.#inbound = new FrameQueue({ framesMax: inboundFramesMax, onRoom: () => this.#peer.#flush() })
    this.closed = new Promise((resolve) => (this.#resolveClosed = resolve))
  }

  get frames(): AsyncIterable<Uint8Array> {
    return this.#inbound
  }

  join(peer: MemoryEnd): void {
    this.#peer = peer
  }

  async send(frame: Uint8Array): Promise<void> {
    requireFrame(frame)
    if (this.#ended) throw new ConnectionLostError({ given: 'it has ended' })
    const given = this.#waiting.length
    if (given >= this.#outboundFramesMax) throw new BacklogFullError({ given, expected: this.#outboundFramesMax })
    // A copy: on a network, too, the sender may use its buffer again.
    const copy = new Uint8Array(frame)
    if (given === 0 && !this.#peer.#inbound.full) {
      this.#peer.#inbound.push(copy)
      return
    }
    await new Promise<void>((resolve, reject) => this.#waiting.push({ frame: copy, resolve, reject }))
  }

  async close(): Promise<void> {
    // Who closes reads no further; the peer still reads what was sent before.
    this.#inbound.discard()
    this.finish(undefined)
    this.#peer.finish(undefined)
    await this.closed
  }

  finish(reason: Error | undefined): void {
    if (this.#ended) return
    this.#ended = true
    this.#inbound.end()
    for (const { reject } of this.#waiting.splice(0))
      reject(new ConnectionLostError({ given: 'it ended before the frame left' }))
    this.#resolveClosed(reason)
  }

  #flush(): void {
    while (!this.#peer.#inbound.full) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      this.#peer.#inbound.push(next.frame)
      next.resolve()
    }
  }
}
