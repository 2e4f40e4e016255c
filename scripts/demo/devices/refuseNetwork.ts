import { Socket as UdpSocket } from 'node:dgram'
import { Socket } from 'node:net'

/** Takes the network away from this process: whatever tries to reach anybody fails with {@link NoNetworkError}. */
export function refuseNetwork(): void {
  // Every TCP connection of Node, also of http, fetch and WebSocket, begins with the first; every datagram with the others.
  Socket.prototype.connect = refuse
  UdpSocket.prototype.connect = refuse
  UdpSocket.prototype.send = refuse
}

function refuse(): never {
  throw new NoNetworkError()
}

/** Something in a device that has no network tried to use one. */
export class NoNetworkError extends Error {
  override readonly name = 'NoNetworkError'
  constructor() {
    super('This device has no network.')
  }
}
