import { describe, it } from 'node:test'
import { memoryPair } from '../../../src/adapters/transport/memoryTransport.ts'
import { transportConformance } from '../../../src/testing/transportConformance.ts'
import { webSocketPair } from '../../helpers/webSocketPair.ts'

describe('the memory transport', () => {
  for (const { title, run } of transportConformance) it(title, () => run(async () => memoryPair()))
})

describe('the WebSocket transport', () => {
  for (const { title, run } of transportConformance) {
    it(title, (t) => run(() => webSocketPair((end) => t.after(end))))
  }
})
