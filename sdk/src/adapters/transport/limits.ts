import { MESSAGE_BYTES_MAX } from '../../protocol/Codec.ts'
import { FrameTooLargeError } from '../../ports/TransportErrors.ts'

/** Frames that may wait for a slow reader before its peer is stopped. */
export const INBOUND_FRAMES_MAX = 256
/** Frames that may wait for a slow peer before `send` refuses. With the size of a message it bounds the memory. */
export const OUTBOUND_FRAMES_MAX = 1024

/** Refuses what no peer would take. */
export function requireFrame(frame: Uint8Array): void {
  if (frame.length > MESSAGE_BYTES_MAX) {
    throw new FrameTooLargeError({ given: frame.length, expected: MESSAGE_BYTES_MAX })
  }
}
