/**
 * mutantsOf
 * |-- given a contract ... each operator writes its mistakes, and no other
 * |-- given code that the contract does not use ... it leaves it alone
 * |-- given entry points that lead to a function ... it names them, the nearest first
 * |-- given letters of more than a byte before it ... it changes the right place
 * `-- given lines that moved and code that was formatted anew ... the ids stay
 * only, sample
 * |-- given globs of files and places ... it keeps what one of them names
 * `-- given a seed ... it takes the same ones, and leaves them when a mutant is added
 */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { only, sample } from '../../scripts/mutate/choose.ts'
import { mutantsOf } from '../../scripts/mutate/collect.ts'
import { Compiler } from '../../scripts/mutate/Compiler.ts'
import { diff, mutatedSource, oneLine } from '../../scripts/mutate/Mutant.ts'
import type { Mutant } from '../../scripts/mutate/Mutant.ts'
import { Source } from '../../scripts/mutate/Source.ts'

const HEAD = '// SPDX-License-Identifier: Apache-2.0\npragma solidity 0.8.37;\n'

/** Body of `work`, and what each operator makes of it. */
const CASES: readonly { readonly body: string; readonly expected: Readonly<Record<string, readonly string[]>> }[] = [
  {
    body: 'if (a < b) revert Bad(a, b);',
    expected: {
      condition: ['a < b => true', 'a < b => false'],
      comparison: ['a < b => a <= b', 'a < b => a > b'],
      arguments: ['Bad(a, b) => Bad(b, a)'],
    },
  },
  {
    body: 'require(a == b && !done);',
    expected: {
      condition: ['a == b && !done => true'],
      operand: ['a == b && !done => a == b', 'a == b && !done => !done'],
      logic: ['a == b && !done => a == b || !done'],
      comparison: ['a == b => a != b'],
      unary: ['!done => done'],
      removal: ['require(a == b && !done); => {}'],
    },
  },
  {
    body: 'total += a - 7;',
    expected: {
      removal: ['total += a - 7; => {}'],
      arithmetic: ['total += a - 7 => total -= a - 7', 'total += a - 7 => total = a - 7', 'a - 7 => a + 7'],
      constant: ['7 => (7 + 1)', '7 => (7 - 1)'],
    },
  },
  {
    body: 'emit Seen(State.IDLE); done = true;',
    expected: {
      removal: ['emit Seen(State.IDLE); => {}', 'done = true; => {}'],
      enum: ['State.IDLE => State.BUSY'],
      constant: ['true => false'],
    },
  },
  {
    body: 'total = (a & ~b) << 1;',
    expected: {
      removal: ['total = (a & ~b) << 1; => {}'],
      bits: ['(a & ~b) << 1 => (a & ~b) >> 1', 'a & ~b => a | ~b'],
      unary: ['~b => b'],
      constant: ['1 => 0', '1 => 2'],
    },
  },
  {
    body: 'assembly { if iszero(a) { sstore(0, add(a, 2)) } }',
    expected: {
      yulCondition: ['iszero(a) => 0', 'iszero(a) => 1'],
      yulCall: ['iszero(a) => a', 'add(a, 2) => sub(a, 2)'],
      yulRemoval: ['sstore(0, add(a, 2)) => '],
      yulConstant: ['0 => 0x1', '2 => 0x3'],
    },
  },
  {
    body: 'for (uint256 i = 0; i < a; ++i) total = i;',
    expected: {
      condition: ['i < a => false'],
      comparison: ['i < a => i <= a', 'i < a => i > a'],
      constant: ['0 => 1'],
      unary: ['++i => --i'],
      removal: ['total = i; => {}'],
    },
  },
]

/** A contract around the body of one function. */
function contractWith(
  body: string,
  { head = HEAD, work = 'function work(uint256 a, uint256 b) external locked' } = {},
): string {
  return `${head}
    enum State { IDLE, BUSY }
    contract Tiny {
      error Bad(uint256 a, uint256 b);
      event Seen(State state);
      uint256 total;
      bool done;
      modifier locked() { _; }
      ${work} { ${body} }
    }`
}

describe('mutantsOf', () => {
  const compiler = new Compiler()
  after(() => compiler.close())

  const mutantsIn = async (content: string): Promise<readonly Mutant[]> => {
    const sourceName = 'project/contracts/Tiny.sol'
    const input = { language: 'Solidity' as const, settings: {}, sources: { [sourceName]: { content } } }
    return mutantsOf({ name: 'Tiny', sourceName, input }, await compiler.trees(input))
  }

  for (const { body, expected } of CASES) {
    it(`given ${body} ... each operator writes its mistakes, and no other`, async () => {
      const found: Record<string, string[]> = {}
      for (const { operator, original, replacement } of await mutantsIn(contractWith(body))) {
        const texts = [original, replacement].map(oneLine)
        found[operator] = [...(found[operator] ?? []), texts.join(' => ')]
      }
      assert.deepEqual(sorted(found), sorted({ ...expected, modifier: ['locked => '] }))
    })
  }

  it('given results of several types ... each operator writes its mistakes, and no other', async () => {
    const results = {
      bool: ['true', '!(true)', 'false'],
      uint96: ['7', undefined, '(7 + 1)'],
      address: ['msg.sender', 'address(0)', undefined],
    }
    for (const [type, [value = '', turned]] of Object.entries(results)) {
      const work = `function work() external view returns (${type})`
      const mutants = await mutantsIn(contractWith(`return ${value};`, { work }))
      const found = mutants.filter(({ operator }) => operator === 'return').map(({ replacement }) => replacement)
      assert.deepEqual(found, turned === undefined ? [] : [turned])
    }
  })

  it('given code that the contract does not use ... it leaves it alone', async () => {
    const unused = 'library Unused { function f() internal pure returns (uint256) { return 1 + 2; } }'
    const used = 'library Used { function f(uint256 a) internal pure returns (uint256) { return a + 2; } }'
    const mutants = await mutantsIn(`${contractWith('total = Used.f(a); total = b;')}\n${unused}\n${used}`)
    assert.deepEqual([...new Set(mutants.map(({ place }) => place))].toSorted(), ['Tiny.work', 'Used.f'])
  })

  it('given entry points that lead to a function ... it names them, the nearest first', async () => {
    const mutants = await mutantsIn(`${HEAD} contract Tiny {
      uint256 total;
      function far() external { _between(); }
      function near() external { _set(); }
      function _between() private { _set(); }
      function _set() private { total = 1; }
    }`)
    const found = mutants.find(({ original }) => original === 'total = 1;')
    assert.deepEqual(found?.entries, ['near', 'far'])
  })

  it('given letters of more than a byte before it ... it changes the right place', async () => {
    const content = contractWith('total = a + b;', { head: `${HEAD}// むすび\n` })
    const mutant = (await mutantsIn(content)).find(({ operator }) => operator === 'arithmetic')
    assert.ok(mutant)
    assert.equal(mutatedSource(mutant, new Source(content)), content.replace('a + b', 'a - b'))
    assert.match(diff(mutant, new Source(content)), /^@@ -12,1 \+12,1 @@\n-.*a \+ b;.*\n\+.*a - b;.*$/m)
  })

  it('given lines that moved and code that was formatted anew ... the ids stay', async () => {
    const before = await mutantsIn(contractWith('total = a + b; total = a + b;'))
    const moved = contractWith('\n total =\n a\n  + b; total = a + b;', { head: `${HEAD}\n// a line more` })
    const after = await mutantsIn(moved)
    assert.deepEqual(idsOf(after), idsOf(before))
    assert.equal(new Set(idsOf(before)).size, before.length)
  })
})

describe('only, sample', () => {
  const mutant = (file: string, place: string, id: string) => ({ file, place, id }) as Mutant
  const mutants = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) =>
    mutant('contracts/escrow/Closures.sol', 'Closures.close', id),
  )

  it('given globs of files and places ... it keeps what one of them names', () => {
    const all = [...mutants, mutant('contracts/types/Ids.sol', 'Ids.wrap', 'g')]
    for (const pattern of ['Ids.sol', 'contracts/types/*', 'Ids.*', 'Ids.wrap']) {
      assert.deepEqual(idsOf(only(all, [pattern])), ['g'], pattern)
    }
    assert.equal(only(all, []).length, 7)
    assert.equal(only(all, ['nothing']).length, 0)
  })

  it('given a seed ... it takes the same ones, and leaves them when a mutant is added', () => {
    const three = idsOf(sample(mutants, { size: 3, seed: 1 }))
    assert.deepEqual(idsOf(sample(mutants.toReversed(), { size: 3, seed: 1 })), three)
    assert.notDeepEqual(idsOf(sample(mutants, { size: 3, seed: 2 })), three)
    const more = idsOf(sample([...mutants, mutant('x.sol', 'X.y', 'z')], { size: 3, seed: 1 }))
    assert.ok(more.filter((id) => three.includes(id)).length >= 2)
  })
})

function idsOf(mutants: readonly Mutant[]): readonly string[] {
  return mutants.map(({ id }) => id)
}

function sorted(found: Readonly<Record<string, readonly string[]>>) {
  return Object.fromEntries(
    Object.entries(found)
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([name, texts]) => [name, texts.toSorted()]),
  )
}
