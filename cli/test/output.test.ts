import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { facts, factsOf, table } from '../src/output.ts'

describe('output', () => {
  it('given amounts and objects, when shown as facts, then none is rounded', () => {
    const shown = factsOf({ wei: 2n ** 80n, limits: { most: 2n ** 70n }, none: null })
    for (const text of ['1208925819614629174706176', '{"most":"1180591620717411303424"}', 'null']) {
      assert.ok(shown.includes(text), shown)
    }
  })

  it('given rows, when drawn, then every cell is there, without colours', () => {
    const drawn = [table(['binding', 'result'], [['0x1', 'revoked']]), facts([['blocks', '7']])].join('\n')
    for (const cell of ['binding', 'result', '0x1', 'revoked', 'blocks', '7']) assert.ok(drawn.includes(cell))
    assert.equal(drawn.includes('\u001b'), false)
  })
})
