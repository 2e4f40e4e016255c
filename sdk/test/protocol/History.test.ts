/**
 * History.parse
 * |-- given a line above LINE_CHARACTERS_MAX ... it throws BadLineError
 * |-- given text that is not JSON ... it throws BadLineError
 * |-- given an unknown kind, or none ... it throws BadLineError
 * |-- given a line of any kind
 * |   |-- without one of its fields ... it throws BadLineError that names the field
 * |   |-- with a field of another type ... it throws BadLineError that names the field
 * |   `-- with a field that does not belong there ... it throws BadLineError
 * |-- given an integer that is negative, not decimal, or outside its range ... it throws BadLineError
 * |-- given hex of another size ... it throws BadLineError
 * |-- given a tariff that has no layout ... it throws BadLineError
 * |-- given upper case hex ... it gives lower case
 * |-- given a line of the golden vectors ... it gives what it says
 * `-- given random text ... it throws BadLineError
 * History.stringify
 * |-- given what a line of the golden vectors says ... it writes the line
 * `-- given any line ... it stays below LINE_CHARACTERS_MAX, in one line, and parses to itself
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Line } from '../../src/protocol/History.ts'
import { LINE_CHARACTERS_MAX, parse, stringify } from '../../src/protocol/History.ts'
import * as Item from '../../src/protocol/Item.ts'
import * as arbitrary from '../helpers/arbitraries.ts'
import { bytesOf, hash32, recordOf, seconds, signature64, uintOf } from '../helpers/arbitraries.ts'
import { readVectors } from '../helpers/vectors.ts'

type Json = { [field: string]: unknown }
const NAME = 'History.BadLineError'
const vectors = readVectors('history.json')
const texts = new Map(vectors.map(({ line, text }) => [line.kind, text]))
const textOf = (kind: Line['kind']) => texts.get(kind)!
const jsonOf = (kind: Line['kind']) => JSON.parse(textOf(kind)) as Json

function refused(json: unknown, field: string): void {
  assert.throws(
    () => parse(JSON.stringify(json), 7),
    (error: Error & { expected: string }) =>
      error.name === NAME && error.message.startsWith('Line 7 ') && error.expected.includes(field),
    `${field} of ${JSON.stringify(json)}`,
  )
}

/** Every path to a field, also inside nested objects. */
function pathsOf(json: Json, above: readonly string[] = []): (readonly string[])[] {
  return Object.entries(json).flatMap(([field, value]) => {
    const path = [...above, field]
    return typeof value === 'object' && value !== null ? [path, ...pathsOf(value as Json, path)] : [path]
  })
}

/** The JSON with one field replaced; undefined leaves it out. */
function replaced(json: Json, [field, ...below]: readonly string[], value: unknown): Json {
  return { ...json, [field!]: below.length === 0 ? value : replaced(json[field!] as Json, below, value) }
}

describe('History.parse', () => {
  it('given a line above LINE_CHARACTERS_MAX ... it throws BadLineError', () => {
    const expected = { name: NAME, given: `${LINE_CHARACTERS_MAX + 1} characters` }
    assert.throws(() => parse(textOf('voucher').padEnd(LINE_CHARACTERS_MAX + 1), 1), expected)
    assert.equal(parse(textOf('voucher').padEnd(LINE_CHARACTERS_MAX), 1).kind, 'voucher')
    assert.throws(() => parse('x'.repeat(1_048_576), 1), { name: NAME, given: '1048576 characters' })
  })

  for (const text of ['', '{', 'kind', '{"kind":"voucher"', '\u0000', "{'kind':1}"]) {
    it(`given text that is not JSON ... it throws BadLineError (${JSON.stringify(text)})`, () => {
      assert.throws(() => parse(text, 1), { name: NAME, given: text, expected: 'JSON' })
    })
  }

  for (const json of [{ ...jsonOf('voucher'), kind: 'cheque' }, { version: '1' }, null, [], 1, 'voucher', [{}]]) {
    it(`given an unknown kind, or none ... it throws BadLineError (${JSON.stringify(json).slice(0, 18)})`, () => {
      assert.throws(() => parse(JSON.stringify(json), 1), { name: NAME })
    })
  }

  for (const kind of texts.keys()) {
    const json = jsonOf(kind)
    const fields = pathsOf(json).filter(([field]) => field !== 'kind')

    it(`given a line of any kind without one of its fields ... it throws BadLineError that names the field (${kind})`, () => {
      for (const path of fields) refused(replaced(json, path, undefined), path.at(-1)!)
    })

    it(`given a line of any kind with a field of another type ... it throws BadLineError that names the field (${kind})`, () => {
      for (const path of fields) {
        for (const value of [null, true, [], 1.5, 'text']) {
          // These two texts are free.
          if (value === 'text' && ['unit', 'merchantRef'].includes(path.at(-1)!)) continue
          refused(replaced(json, path, value), path.at(-1)!)
        }
      }
    })

    it(`given a line of any kind with a field that does not belong there ... it throws BadLineError (${kind})`, () => {
      refused({ ...json, note: '' }, 'note')
      for (const path of fields) {
        const inside = path.reduce<unknown>((value, field) => (value as Json)[field], json)
        if (typeof inside === 'object') refused(replaced(json, [...path, 'note'], ''), 'note')
      }
      const polluted = `${textOf(kind).slice(0, -1)},"__proto__":{"polluted":true}}`
      assert.throws(() => parse(polluted, 1), { name: NAME })
    })
  }

  const INTEGERS = { version: 64, amount: 96, cumulativeAmount: 96 } as const
  for (const [field, bits] of Object.entries(INTEGERS)) {
    it(`given an integer that is negative, not decimal, or outside its range ... it throws BadLineError (${field})`, () => {
      const beyond = [(1n << BigInt(bits)).toString(), '9'.repeat(40), '9'.repeat(3000)]
      for (const value of ['-1', '-0', '', ' 1', '1 ', '01', '+1', '1.0', '1e3', '0x1', '１', 1, ...beyond]) {
        refused({ ...jsonOf('receipt'), [field]: value }, field)
      }
      const largest = ((1n << BigInt(bits)) - 1n).toString()
      parse(JSON.stringify({ ...jsonOf('receipt'), [field]: largest }), 1)
    })
  }

  it('given an integer that is negative, not decimal, or outside its range ... it throws BadLineError (numbers)', () => {
    for (const value of [-1, 0.5, 2 ** 40, 2 ** 53, '1800000000']) {
      refused({ ...jsonOf('receipt'), timestamp: value }, 'timestamp')
    }
    for (const value of [0, -1, 1.5, '31337']) refused({ ...jsonOf('channel'), chainId: value }, 'chainId')
    for (const value of [-1, 10_001, 0.5])
      refused(replaced(jsonOf('agreement'), ['tariff', 'taxRateBp'], value), 'taxRateBp')
    refused({ ...jsonOf('channel'), version: 2 }, 'version')
  })

  it('given hex of another size ... it throws BadLineError', () => {
    const { receiptsRoot, signature } = jsonOf('voucher') as { receiptsRoot: string; signature: string }
    const wrong = ['0x', receiptsRoot.slice(2), `${receiptsRoot}00`, receiptsRoot.slice(0, -1), `0x${'g'.repeat(64)}`]
    for (const value of [...wrong, `0X${receiptsRoot.slice(2)}`]) {
      refused({ ...jsonOf('voucher'), receiptsRoot: value }, 'receiptsRoot')
    }
    refused({ ...jsonOf('voucher'), signature: `${signature}1b` }, 'signature')
    for (const size of [0, 19, 21, 64, 83, 85]) {
      refused({ ...jsonOf('channel'), payerSigner: `0x${'11'.repeat(size)}` }, 'payerSigner')
    }
    refused({ ...jsonOf('channel'), escrow: `0x${'11'.repeat(19)}` }, 'escrow')
  })

  it('given a tariff that has no layout ... it throws BadLineError', () => {
    const unsound: [string, unknown][] = [
      ['currency', ''],
      ['currency', 'YENS'],
      ['currency', 'J Y'],
      ['unit', ''],
      ['unit', 'キロ'],
      ['unit', 'thirteenchars'],
      ['merchantRef', 'a b'],
      ['merchantRef', 'x'.repeat(33)],
      ['taxCategory', 'LUXURY'],
    ]
    for (const [field, value] of unsound) refused(replaced(jsonOf('agreement'), ['tariff', field], value), field)
  })

  it('given upper case hex ... it gives lower case', () => {
    const upper = (_key: string, value: unknown) =>
      typeof value === 'string' && value.startsWith('0x') ? `0x${value.slice(2).toUpperCase()}` : value
    for (const { line, text } of vectors) {
      assert.deepEqual(parse(JSON.stringify(JSON.parse(text, upper)), 1), line)
    }
  })

  for (const [index, { line, text }] of vectors.entries()) {
    it(`given a line of the golden vectors ... it gives what it says (${index} ${line.kind})`, () => {
      assert.deepEqual(parse(text, 1), line)
    })
  }

  it('given random text ... it throws BadLineError', () => {
    const spoiled = fc
      .tuple(fc.constantFrom(...vectors), fc.nat(3000), fc.string({ minLength: 1, maxLength: 3 }))
      .map(([{ text }, at, inserted]) => {
        const index = at % text.length
        return `${text.slice(0, index)}${inserted}${text.slice(index)}`
      })
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), spoiled), (text) => {
        try {
          // What it takes all the same, such as one more space, says something that can be written.
          const line = parse(text, 1)
          assert.deepEqual(parse(stringify(line), 1), line)
        } catch (error) {
          assert.equal((error as Error).name, NAME, String(error))
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('History.stringify', () => {
  for (const [index, { line, text }] of vectors.entries()) {
    it(`given what a line of the golden vectors says ... it writes the line (${index} ${line.kind})`, () => {
      assert.equal(stringify(line), text)
    })
  }

  const receipt = fc
    .tuple(hash32, uintOf(64), uintOf(96), uintOf(96), hash32, arbitrary.item, seconds)
    .map(([channelId, version, amount, cumulativeAmount, agreementHash, item, timestamp]): Line => {
      const step = { channelId, version, amount, cumulativeAmount, agreementHash }
      return { kind: 'receipt', item, receipt: { ...step, itemHash: Item.hash(item), timestamp } }
    })
  const voucher = fc
    .tuple(arbitrary.channelMessage, signature64)
    .map(([message, signature]): Line => ({ kind: 'voucher', ...message, signature }))
  const channel = recordOf<Line & { kind: 'channel' }>({
    kind: fc.constant('channel'),
    version: fc.constant(1),
    chainId: fc.integer({ min: 1 }),
    escrow: arbitrary.address,
    channelId: hash32,
    channel: arbitrary.channel,
    payerSigner: fc.oneof(arbitrary.address, bytesOf(84)),
    payeeSigner: fc.oneof(arbitrary.address, bytesOf(84)),
  })
  const agreement = recordOf<Line & { kind: 'agreement' }>({
    kind: fc.constant('agreement'),
    channelId: hash32,
    agreement: recordOf({
      payer: hash32,
      payee: hash32,
      tariffHash: hash32,
      validFrom: seconds,
      validUntil: seconds,
      salt: hash32,
    }),
    tariff: arbitrary.tariff,
    payeeSignature: signature64,
    payerSignature: signature64,
  })

  it('given any line ... it stays below LINE_CHARACTERS_MAX, in one line, and parses to itself', () => {
    fc.assert(
      fc.property(fc.oneof(receipt, voucher, channel, agreement), (line) => {
        const text = stringify(line)
        assert(text.length < LINE_CHARACTERS_MAX / 2)
        assert(!text.includes('\n'))
        assert.deepEqual(parse(text, 1), line)
      }),
    )
  })
})
