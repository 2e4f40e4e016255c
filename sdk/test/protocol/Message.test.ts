/**
 * Message
 * |-- given a message of the golden vectors ... it encodes to the vector's frame
 * |-- given a frame of the golden vectors ... it decodes to the vector's message
 * |-- given a refused frame of the golden vectors ... decoding throws
 * |-- given any message ... what was encoded decodes to it, well below MESSAGE_BYTES_MAX
 * |-- given a frame of any type that is shorter or longer ... decoding throws BadMessageError
 * |-- given a message with no presentation, or more than one has ... encoding and decoding throw BadMessageError
 * |-- given an unknown type ... decoding throws BadMessageError
 * |-- given an unknown reason of a refusal ... decoding throws BadMessageError
 * |-- given a reason or an integer that has no bytes ... encoding throws IntegerRangeError
 * `-- given random bytes ... decoding throws a typed error, or gives what encodes to these bytes
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Hex } from 'viem'
import { fromHex, toHex } from '../../src/protocol/Bytes.ts'
import { MESSAGE_BYTES_MAX, WIRE_VERSION } from '../../src/protocol/Codec.ts'
import type { Message } from '../../src/protocol/Message.ts'
import { REFUSALS, decode, encode } from '../../src/protocol/Message.ts'
import { PRESENTATION_BYTES_MAX } from '../../src/protocol/Presentation.ts'
import * as Tariff from '../../src/protocol/Tariff.ts'
import { anyMessage, messages } from '../helpers/messages.ts'
import { readVectors } from '../helpers/vectors.ts'

const vectors = readVectors('frames.json')
const BAD_MESSAGE = 'Codec.BadMessageError'

/** All others have one length alone. */
const WITH_PRESENTATION = ['identified', 'identity'] as const

type Shown = Message & { readonly type: 'identified' | 'identity' }
const isVariable = (type: string) => WITH_PRESENTATION.some((each) => each === type)

describe('Message', () => {
  for (const [index, { message, frame }] of vectors.sound.entries()) {
    it(`given a message of the golden vectors ... it encodes to the vector's frame (${index} ${message.type})`, () => {
      assert.equal(toHex(encode(message)), frame)
    })

    it(`given a frame of the golden vectors ... it decodes to the vector's message (${index} ${message.type})`, () => {
      assert.deepEqual(decode(fromHex(frame)), message)
    })
  }

  for (const { name, frame, error } of vectors.refused) {
    it(`given a refused frame of the golden vectors ... decoding throws (${name})`, () => {
      assert.throws(() => decode(fromHex(frame)), { name: error ?? BAD_MESSAGE })
    })
  }

  it('the golden vectors have every type and every reason', () => {
    const types = new Set(vectors.sound.map(({ message }) => message.type))
    assert.deepEqual([...types].sort(), Object.keys(messages).sort())
    const reasons = vectors.sound.flatMap(({ message }) => (message.type === 'refused' ? [message.reason] : []))
    assert.deepEqual(reasons, [...REFUSALS])
  })

  for (const [type, arbitrary] of Object.entries<fc.Arbitrary<Message>>(messages)) {
    it(`given any message ... what was encoded decodes to it, well below MESSAGE_BYTES_MAX (${type})`, () => {
      fc.assert(
        fc.property(arbitrary, (message) => {
          const frame = encode(message)
          assert.deepEqual(decode(frame), message)
          assert(frame.length < (isVariable(type) ? MESSAGE_BYTES_MAX : MESSAGE_BYTES_MAX / 8))
        }),
      )
    })

    if (isVariable(type)) continue
    it(`given a frame of any type that is shorter or longer ... decoding throws BadMessageError (${type})`, () => {
      const [message] = fc.sample(arbitrary, { numRuns: 1, seed: 1 }) as [Message]
      const frame = encode(message)
      const longer = new Uint8Array(frame.length + 64)
      longer.set(frame)
      for (let length = 0; length <= longer.length; length++) {
        if (length === frame.length) continue
        assert.throws(() => decode(longer.subarray(0, length)), { name: BAD_MESSAGE })
      }
    })
  }

  for (const type of WITH_PRESENTATION) {
    it(`given a message with no presentation, or more than one has ... encoding and decoding throw BadMessageError (${type})`, () => {
      const [sound] = fc.sample<Shown>(messages[type], { numRuns: 1, seed: 1 })
      const frame = encode(sound!)
      const head = frame.length - fromHex(sound!.presentation).length
      for (const size of [0, PRESENTATION_BYTES_MAX + 1]) {
        const expected = { name: BAD_MESSAGE, given: size }
        assert.throws(() => encode({ ...sound!, presentation: `0x${'11'.repeat(size)}` }), expected)
        const bytes = new Uint8Array(head + size)
        bytes.set(frame.subarray(0, head))
        assert.throws(() => decode(bytes), expected)
      }
      for (let length = 0; length < head; length++) {
        assert.throws(() => decode(frame.subarray(0, length)), { name: BAD_MESSAGE })
      }
    })
  }

  it('given an unknown type ... decoding throws BadMessageError', () => {
    for (const given of [0, ...Array.from({ length: 242 }, (_, index) => index + 14)]) {
      assert.throws(() => decode(Uint8Array.of(WIRE_VERSION, given)), { name: BAD_MESSAGE, given })
    }
  })

  it('given an unknown reason of a refusal ... decoding throws BadMessageError', () => {
    const channelId: Hex = `0x${'11'.repeat(32)}`
    const frame = encode({ type: 'refused', channelId, version: 1n, reason: 'bad-message' })
    for (let reason: number = REFUSALS.length; reason < 256; reason++) {
      frame[frame.length - 1] = reason
      assert.throws(() => decode(frame), { name: BAD_MESSAGE, given: BigInt(reason) })
    }
  })

  it('given a reason or an integer that has no bytes ... encoding throws IntegerRangeError', () => {
    const channelId: Hex = `0x${'11'.repeat(32)}`
    const unknown = { type: 'refused', channelId, version: 1n, reason: 'bad-mood' } as unknown as Message
    const beyond: Message[] = [
      unknown,
      { type: 'hello', channelId, version: 1n << 64n },
      { type: 'hello', channelId, version: -1n },
      { type: 'accepted', channelId, version: 1n, cumulativeAmount: 1n << 96n },
    ]
    const [payment] = fc.sample(messages.payment, { numRuns: 1, seed: 1 }) as [Message & { type: 'payment' }]
    beyond.push({ ...payment, timestamp: 2 ** 40 }, { ...payment, timestamp: -1 }, { ...payment, quantity: 1n << 64n })
    for (const message of beyond) assert.throws(() => encode(message), { name: 'Bytes.IntegerRangeError' })
  })

  it('given random bytes ... decoding throws a typed error, or gives what encodes to these bytes', () => {
    const noise = fc.uint8Array({ maxLength: 600 })
    const headed = fc
      .tuple(fc.integer({ min: 0, max: 14 }), noise)
      .map(([type, rest]) => Uint8Array.of(WIRE_VERSION, type, ...rest))
    const spoiled = fc
      .tuple(anyMessage, fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 3 }))
      .map(([message, changes]) => {
        const frame = encode(message)
        for (const [index, byte] of changes) frame[index % frame.length] = byte
        return frame
      })
    fc.assert(
      fc.property(fc.oneof(noise, headed, spoiled), (frame) => {
        let message: Message
        try {
          message = decode(frame)
        } catch (error) {
          assert([BAD_MESSAGE, 'Tariff.BadTariffError'].includes((error as Error).name), String(error))
          return
        }
        assert.equal(toHex(encode(message)), toHex(frame))
      }),
      { numRuns: 1000 },
    )
  })

  it('given an offer ... the agreement names the tariff that was sent', () => {
    fc.assert(
      fc.property(messages.offer, (message) => {
        const decoded = decode(encode(message))
        assert(decoded.type === 'offer')
        assert.equal(decoded.offered.agreement.tariffHash, Tariff.hash(decoded.offered.tariff))
      }),
      { numRuns: 20 },
    )
  })
})
