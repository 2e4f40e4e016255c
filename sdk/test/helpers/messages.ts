import fc from 'fast-check'
import type { Message } from '../../src/protocol/Message.ts'
import { REFUSALS } from '../../src/protocol/Message.ts'
import { toHex } from '../../src/protocol/Bytes.ts'
import { PRESENTATION_BYTES_MAX } from '../../src/protocol/Presentation.ts'
import * as Tariff from '../../src/protocol/Tariff.ts'
import { hash32, recordOf, seconds, signature64, tariff, uintOf } from './arbitraries.ts'

type Type = Message['type']
type Of<T extends Type> = Extract<Message, { readonly type: T }>

/** Every message that can be sent, by its type. */
export const messages: { readonly [T in Type]: fc.Arbitrary<Of<T>> } = {
  hello: recordOf<Of<'hello'>>({ type: fc.constant('hello'), channelId: hash32, version: uintOf(64) }),
  empty: recordOf<Of<'empty'>>({ type: fc.constant('empty'), channelId: hash32 }),
  newest: recordOf<Of<'newest'>>({ type: fc.constant('newest'), ...signedTotal() }),
  offer: fc
    .tuple(tariff, hash32, hash32, hash32, hash32, seconds, seconds, signature64)
    .map(([sold, channelId, payer, payee, salt, validFrom, validUntil, payeeSignature]) => {
      const agreement = { payer, payee, tariffHash: Tariff.hash(sold), validFrom, validUntil, salt }
      return { type: 'offer', channelId, offered: { agreement, tariff: sold, payeeSignature } }
    }),
  agree: recordOf<Of<'agree'>>({
    type: fc.constant('agree'),
    channelId: hash32,
    agreementHash: hash32,
    signature: signature64,
  }),
  payment: recordOf<Of<'payment'>>({
    type: fc.constant('payment'),
    channelId: hash32,
    version: uintOf(64),
    cumulativeAmount: uintOf(96),
    amount: uintOf(96),
    timestamp: seconds,
    reference: hash32,
    quantity: uintOf(64),
    signature: signature64,
  }),
  accepted: recordOf<Of<'accepted'>>({
    type: fc.constant('accepted'),
    channelId: hash32,
    version: uintOf(64),
    cumulativeAmount: uintOf(96),
  }),
  refused: recordOf<Of<'refused'>>({
    type: fc.constant('refused'),
    channelId: hash32,
    version: uintOf(64),
    reason: fc.constantFrom(...REFUSALS),
  }),
  acknowledge: recordOf<Of<'acknowledge'>>({ type: fc.constant('acknowledge'), channelId: hash32 }),
  acknowledgement: recordOf<Of<'acknowledgement'>>({ type: fc.constant('acknowledgement'), ...signedTotal() }),
  identify: recordOf<Of<'identify'>>({ type: fc.constant('identify'), channelId: hash32, challenge: hash32 }),
  identified: recordOf<Of<'identified'>>({
    type: fc.constant('identified'),
    channelId: hash32,
    challenge: hash32,
    presentation: anyPresentation(),
  }),
  identity: recordOf<Of<'identity'>>({
    type: fc.constant('identity'),
    channelId: hash32,
    presentation: anyPresentation(),
  }),
}

export const anyMessage: fc.Arbitrary<Message> = fc.oneof(...Object.values<fc.Arbitrary<Message>>(messages))

function signedTotal() {
  return {
    channelId: hash32,
    version: uintOf(64),
    cumulativeAmount: uintOf(96),
    receiptsRoot: hash32,
    signature: signature64,
  }
}

/** What a presentation says is its own decoder's matter. */
function anyPresentation() {
  return fc.uint8Array({ minLength: 1, maxLength: PRESENTATION_BYTES_MAX }).map(toHex)
}
