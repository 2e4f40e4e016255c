import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { memoryPair } from '../../../src/adapters/transport/memoryTransport.ts'

describe('memoryPair', () => {
  it('given room for two frames and three more to wait, when six are sent, then the sixth is refused with BacklogFull', async () => {
    const { left, right } = memoryPair({ inboundFramesMax: 2, outboundFramesMax: 3 })
    const sends = [0, 1, 2, 3, 4].map((index) => left.send(Uint8Array.of(index)))
    await assert.rejects(left.send(Uint8Array.of(5)), { name: 'Transport.BacklogFullError', given: 3, expected: 3 })
    const frames = right.frames[Symbol.asyncIterator]()
    for (let index = 0; index < 5; index++) {
      assert.deepEqual((await frames.next()).value, Uint8Array.of(index))
    }
    await Promise.all(sends)
  })

  it('given room for two frames, when a third is sent, then it waits until the reader made room', async () => {
    const { left, right } = memoryPair({ inboundFramesMax: 2 })
    await left.send(Uint8Array.of(0))
    await left.send(Uint8Array.of(1))
    let sent = false
    const third = left.send(Uint8Array.of(2)).then(() => (sent = true))
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(sent, false)
    await right.frames[Symbol.asyncIterator]().next()
    await third
    assert.equal(sent, true)
  })
})
