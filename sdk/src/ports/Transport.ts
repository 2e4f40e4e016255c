/** One connection between two machines: whole messages, in order, both ways. */
export type Connection = {
  /**
   * Where the peer is, when the transport can tell: its address, without what it could choose freely. It proves nothing of who
   * it is; who limits what each peer may take counts by it.
   */
  readonly peer?: string | undefined
  /** Resolves once the message is handed to the network. Rejects when the connection is lost. */
  send(frame: Uint8Array): Promise<void>
  /** The peer's messages. Ends when the connection ends; `closed` says why. */
  readonly frames: AsyncIterable<Uint8Array>
  /** Resolves when the connection has ended: with the error that ended it, or undefined when either side closed it. */
  readonly closed: Promise<Error | undefined>
  close(): Promise<void>
}

/** Waits for connections. */
export type Listener = {
  /** Where peers connect to, for example `ws://127.0.0.1:41234`. */
  readonly url: string
  close(): Promise<void>
}
