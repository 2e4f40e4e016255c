// A process of its own: dials the address that it is given, and sends numbered frames until it is killed.
import { dialWebSocket } from '../../src/adapters/transport/websocket.ts'

const connection = await dialWebSocket(process.argv[2] ?? '')
for (let index = 0; ; index++) {
  const frame = new Uint8Array(200)
  new DataView(frame.buffer).setUint32(0, index)
  await connection.send(frame)
}
