/**
 * trustedUntil
 * |-- given no pending close ... it is a close delay after what was seen, less the margin
 * |-- given a pending close before that ... it is the close, less the margin
 * |-- given a pending close after that ... the close does not lengthen it
 * |-- given a binding that ends earlier ... it is the end of the binding, without a margin
 * `-- given any view ... a later view or close never shortens it, and a larger margin never lengthens it
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { ChannelView } from '../../src/protocol/ChannelView.ts'
import { trustedUntil } from '../../src/protocol/ChannelView.ts'

const SEEN = 1_800_000_000
const open: ChannelView = {
  finalizedAtSeconds: SEEN,
  deposit: 100n,
  settled: 0n,
  closeAtSeconds: undefined,
  status: 'open',
  payerBindingEndsAtSeconds: SEEN + 1_000_000,
}
const delays = { closeDelaySeconds: 7200, settleMarginSeconds: 600 }

describe('trustedUntil', () => {
  it('given no pending close ... it is a close delay after what was seen, less the margin', () => {
    assert.equal(trustedUntil(open, delays), SEEN + 7200 - 600)
    assert.equal(trustedUntil(open, { ...delays, settleMarginSeconds: 0 }), SEEN + 7200)
    assert.equal(trustedUntil(open, { ...delays, settleMarginSeconds: 7201 }), SEEN - 1)
  })

  it('given a pending close before that ... it is the close, less the margin', () => {
    assert.equal(trustedUntil({ ...open, closeAtSeconds: SEEN + 7199 }, delays), SEEN + 7199 - 600)
    assert.equal(trustedUntil({ ...open, closeAtSeconds: SEEN - 5 }, delays), SEEN - 5 - 600)
  })

  it('given a pending close after that ... the close does not lengthen it', () => {
    for (const closeAtSeconds of [SEEN + 7200, SEEN + 7201, SEEN + 1_000_000]) {
      assert.equal(trustedUntil({ ...open, closeAtSeconds }, delays), SEEN + 7200 - 600)
    }
  })

  it('given a binding that ends earlier ... it is the end of the binding, without a margin', () => {
    const until = SEEN + 7200 - 600
    assert.equal(trustedUntil({ ...open, payerBindingEndsAtSeconds: until - 1 }, delays), until - 1)
    assert.equal(trustedUntil({ ...open, payerBindingEndsAtSeconds: until }, delays), until)
    assert.equal(trustedUntil({ ...open, payerBindingEndsAtSeconds: until + 1 }, delays), until)
    const closing = { ...open, closeAtSeconds: SEEN + 700, payerBindingEndsAtSeconds: SEEN + 99 }
    assert.equal(trustedUntil(closing, delays), SEEN + 99)
  })

  it('given any view ... a later view or close never shortens it, and a larger margin never lengthens it', () => {
    const small = fc.nat(100_000)
    fc.assert(
      fc.property(
        small,
        small,
        small,
        small,
        fc.option(small, { nil: undefined }),
        (delay, margin, end, more, close) => {
          const view = { ...open, closeAtSeconds: close, payerBindingEndsAtSeconds: SEEN + end }
          const given = { closeDelaySeconds: delay, settleMarginSeconds: margin }
          const until = trustedUntil(view, given)
          assert(trustedUntil({ ...view, finalizedAtSeconds: SEEN + more }, given) >= until)
          assert(
            trustedUntil({ ...view, closeAtSeconds: close === undefined ? undefined : close + more }, given) >= until,
          )
          assert(trustedUntil(view, { ...given, settleMarginSeconds: margin + more }) <= until)
          assert(until <= view.payerBindingEndsAtSeconds)
        },
      ),
    )
  })
})
