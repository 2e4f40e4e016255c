import { randomBytes } from 'node:crypto'
import type { Random } from '../../ports/Random.ts'

/** The machine's own generator. */
export const machineRandom: Random = { bytes: (size) => Uint8Array.from(randomBytes(size)) }
