import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect } from 'node:net'

/** A peer that speaks the handshake by hand, and afterwards whatever bytes a test wants. */
export async function dialRaw(url: string): Promise<Socket> {
  const { hostname, port, host } = new URL(url)
  const socket = connect(Number(port), hostname)
  // A listener that drops this peer resets the wire; the test looks at what the listener says.
  socket.on('error', () => socket.destroy())
  socket.write(
    `GET / HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n',
  )
  const [answer] = (await once(socket, 'data')) as [Buffer]
  if (!answer.toString('latin1').startsWith('HTTP/1.1 101'))
    throw new Error(`no handshake: ${answer.toString('latin1')}`)
  return socket
}

/** Kinds of frames, as RFC 6455 numbers them. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8 } as const

/** Head of a frame that a dialling peer sends: masked, with a mask of zeros, so that its payload goes as it is. */
export function frameHead({ opcode, length, last = true }: { opcode: number; length: number; last?: boolean }): Buffer {
  const head = Buffer.alloc(14)
  head[0] = (last ? 0x80 : 0) | opcode
  head[1] = 0x80 | 127
  head.writeBigUInt64BE(BigInt(length), 2)
  return head
}
