import type { RawData, WebSocket } from 'ws'
import { MESSAGE_BYTES_MAX } from '../../protocol/Codec.ts'
import type { Timers } from '../../ports/Timers.ts'
import type { Connection } from '../../ports/Transport.ts'
import {
  BacklogFullError,
  BadFrameError,
  ConnectionLostError,
  FrameTooLargeError,
  NotBinaryError,
} from '../../ports/TransportErrors.ts'
import { FrameQueue } from './frameQueue.ts'
import { INBOUND_FRAMES_MAX, OUTBOUND_FRAMES_MAX, requireFrame } from './limits.ts'
import { machineTimers } from './timers.ts'

/** How both ends of a WebSocket behave. Every option has a default that suits a device on a local network. */
export type WebSocketOptions = {
  /** A ping goes out this often, in milliseconds. */
  readonly heartbeatIntervalMs?: number
  /** So many pings in a row without any sign of life end the connection. */
  readonly heartbeatMissesMax?: number
  /** How long the opening handshake may take, in milliseconds. */
  readonly handshakeTimeoutMs?: number
  /** How long a peer may take to answer a close, in milliseconds. */
  readonly closeTimeoutMs?: number
  /** Frames that may wait for the reader before the peer is stopped. */
  readonly inboundFramesMax?: number
  /** Frames that may wait for the peer before `send` refuses. */
  readonly outboundFramesMax?: number
  readonly timers?: Timers
}

/** The options with their defaults. */
export function withDefaults(options: WebSocketOptions): Required<WebSocketOptions> {
  return {
    heartbeatIntervalMs: 15_000,
    heartbeatMissesMax: 2,
    handshakeTimeoutMs: 10_000,
    closeTimeoutMs: 5_000,
    inboundFramesMax: INBOUND_FRAMES_MAX,
    outboundFramesMax: OUTBOUND_FRAMES_MAX,
    timers: machineTimers,
    ...options,
  }
}

/** What `ws` is told on both sides: a larger frame is refused by its head, and nobody can send a small bomb. */
export const WS_LIMITS = { maxPayload: MESSAGE_BYTES_MAX, perMessageDeflate: false } as const

/** One end of an open WebSocket. It must be made in the same turn in which the socket opened, or frames are missed. */
export class WebSocketConnection implements Connection {
  readonly closed: Promise<Error | undefined>
  readonly peer: string | undefined
  readonly #socket: WebSocket
  readonly #options: Required<WebSocketOptions>
  readonly #inbound: FrameQueue
  readonly #unsent = new Set<(error: Error) => void>()
  /** Why this side ends the connection; undefined while it does not, or closes in peace. */
  #cause: Error | undefined
  #closedHere = false
  #unanswered = 0
  #cancelHeartbeat: () => void
  #cancelCloseTimeout: () => void = () => undefined

  constructor(socket: WebSocket, options: Required<WebSocketOptions>, peer?: string) {
    this.peer = peer
    this.#socket = socket
    this.#options = options
    this.#inbound = new FrameQueue({ framesMax: options.inboundFramesMax, onRoom: () => socket.resume() })
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary))
    socket.on('pong', () => (this.#unanswered = 0))
    socket.on('error', (error) => this.#end(ofSocket(error), PROTOCOL_ERROR))
    this.#cancelHeartbeat = options.timers.after(options.heartbeatIntervalMs, () => this.#beat())
    this.closed = new Promise((resolve) => socket.on('close', (code) => resolve(this.#ended(code))))
  }

  get frames(): AsyncIterable<Uint8Array> {
    return this.#inbound
  }

  async send(frame: Uint8Array): Promise<void> {
    requireFrame(frame)
    if (this.#socket.readyState !== this.#socket.OPEN) throw new ConnectionLostError({ given: 'it has ended' })
    const given = this.#unsent.size
    const expected = this.#options.outboundFramesMax
    if (given >= expected) throw new BacklogFullError({ given, expected })
    await new Promise<void>((resolve, reject) => {
      this.#unsent.add(reject)
      // A copy: the sender may use its buffer again while the kernel takes no more.
      this.#socket.send(new Uint8Array(frame), (cause) => {
        this.#unsent.delete(reject)
        // `ws` says null, too, for "no error".
        if (!cause) resolve()
        else reject(new ConnectionLostError({ given: 'it ended before the frame left', cause }))
      })
    })
  }

  async close(): Promise<void> {
    this.#closedHere = true
    // Who closes reads no further; the peer still reads what was sent before.
    this.#inbound.discard()
    this.#shut(NORMAL)
    await this.closed
  }

  #receive(data: RawData, isBinary: boolean): void {
    this.#unanswered = 0
    if (!isBinary) {
      this.#end(new NotBinaryError(), NOT_BINARY)
      return
    }
    // A copy: `ws` hands out windows into the 64 KB that it read, and a reader may keep a frame for long.
    this.#inbound.push(new Uint8Array(data as Buffer))
    if (this.#inbound.full) this.#socket.pause()
  }

  /** Ends the connection because of what the peer did; what it sent before that is still read. */
  #end(cause: Error, code: number): void {
    this.#cause ??= cause
    this.#inbound.end()
    this.#shut(code)
  }

  #shut(code: number): void {
    const { timers, closeTimeoutMs } = this.#options
    this.#cancelCloseTimeout()
    this.#cancelCloseTimeout = timers.after(closeTimeoutMs, () => this.#socket.terminate())
    // The peer's answer lies behind what was not read.
    this.#socket.resume()
    this.#socket.close(code)
  }

  #beat(): void {
    const { timers, heartbeatIntervalMs, heartbeatMissesMax } = this.#options
    if (this.#unanswered >= heartbeatMissesMax) {
      this.#cause ??= new ConnectionLostError({ given: `${this.#unanswered} pings in a row were not answered` })
      this.#socket.terminate()
      return
    }
    // While a slow reader holds the socket back, answers are not read: their absence says nothing about the peer.
    if (!this.#socket.isPaused) this.#unanswered++
    this.#socket.ping()
    this.#cancelHeartbeat = timers.after(heartbeatIntervalMs, () => this.#beat())
  }

  #ended(code: number): Error | undefined {
    this.#cancelHeartbeat()
    this.#cancelCloseTimeout()
    this.#inbound.end()
    const inPeace = this.#closedHere || PEACEFUL.includes(code)
    const reason = this.#cause ?? (inPeace ? undefined : new ConnectionLostError({ given: describe(code) }))
    for (const reject of this.#unsent) {
      reject(new ConnectionLostError({ given: 'it ended before the frame left', cause: reason }))
    }
    this.#unsent.clear()
    return reason
  }
}

const NORMAL = 1000
const PROTOCOL_ERROR = 1002
const NOT_BINARY = 1003
/** Normal, going away, and a close frame without a code. */
const PEACEFUL: readonly number[] = [NORMAL, 1001, 1005]

const MEANINGS: Readonly<Record<number, string>> = {
  [PROTOCOL_ERROR]: 'the peer could not read what it got',
  [NOT_BINARY]: 'the peer takes binary frames only',
  1006: 'it broke off without a close',
  1009: 'the peer refused a frame as too large',
}

function describe(code: number): string {
  return `${MEANINGS[code] ?? 'the peer ended it'} (close code ${code})`
}

function ofSocket(cause: Error): Error {
  const code = 'code' in cause ? String(cause.code) : cause.message
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
    return new FrameTooLargeError({ given: undefined, expected: MESSAGE_BYTES_MAX, cause })
  }
  return new BadFrameError({ given: code, cause })
}
