// npm run check, npm run ci
// |-- given every part passes ... it ends with their sum and exits with 0
// |-- given a part fails ... it runs the others too, shows what the part printed, and exits with 1
// `-- given a part breaks off or contradicts itself ... it counts one failure more
import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { run } from '../../scripts/runner/command.ts'
import { lastLine } from '../../scripts/runner/counts.ts'

const SCRIPTS = join(import.meta.dirname, '..', '..', 'scripts')

/** What the stand-in of npm does for one script; a script that is not named prints nothing and passes. */
type Answers = Readonly<Record<string, { readonly prints?: string; readonly code?: number }>>

/** Runs a script of ours with an npm that only answers. */
async function runWith(test: TestContext, script: 'check.ts' | 'ci.ts', answers: Answers) {
  const folder = await mkdtemp(join(tmpdir(), 'musubi-sums-'))
  test.after(() => rm(folder, { recursive: true, force: true }))
  const npm = join(folder, 'npm')
  const lines = [
    `#!${process.execPath}`,
    `const { prints = '', code = 0 } = ${JSON.stringify(answers)}[process.argv.slice(2).find((word) => !word.startsWith('-') && word !== 'run')] ?? {}`,
  ]
  await writeFile(npm, [...lines, 'console.log(prints)', 'process.exitCode = code'].join('\n'))
  await chmod(npm, 0o755)
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH ?? ''}` }
  const commands = script === 'ci.ts' ? ['npm test', 'npm run --silent check'] : []
  return await run(process.execPath, [join(SCRIPTS, script), ...commands], { echo: false, secondsMax: 60, env })
}

describe('npm run check', () => {
  it('given every part passes, it ends with their sum and exits with 0', async (test) => {
    const { code, output } = await runWith(test, 'check.ts', {})
    assert.equal(lastLine(output), '8 passed, 0 failed')
    assert.equal(code, 0)
  })

  it('given a part fails, it runs the others too, shows what the part printed, and exits with 1', async (test) => {
    const { code, output } = await runWith(test, 'check.ts', {
      'check:format': { prints: 'Voucher.ts is crooked', code: 2 },
    })
    assert.match(output, /FAILED {2}format .*\n {8}Voucher\.ts is crooked\nok {6}lint/)
    assert.equal(lastLine(output), '7 passed, 1 failed')
    assert.equal(code, 1)
  })
})

describe('npm run ci', () => {
  const all: Answers = {
    test: { prints: '100 passed, 0 failed' },
    check: { prints: '6 passed, 0 failed' },
    demo: { prints: '{"sessions":30,"verified":true}' },
  }

  it('given every part passes, it ends with their sum and exits with 0', async (test) => {
    const { code, output } = await runWith(test, 'ci.ts', all)
    assert.equal(lastLine(output), '108 passed, 0 failed')
    assert.equal(code, 0)
  })

  it('given tests and checks fail, it adds their failures and exits with 1', async (test) => {
    const failing = {
      test: { prints: '98 passed, 2 failed', code: 1 },
      check: { prints: '5 passed, 1 failed', code: 1 },
    }
    const { code, output } = await runWith(test, 'ci.ts', { ...all, ...failing })
    assert.equal(lastLine(output), '105 passed, 3 failed')
    assert.equal(code, 1)
  })

  it('given the tests break off before their sum, it counts one failure', async (test) => {
    const { code, output } = await runWith(test, 'ci.ts', { ...all, test: { prints: 'out of memory', code: 134 } })
    assert.equal(lastLine(output), '8 passed, 1 failed')
    assert.equal(code, 1)
  })

  it('given the tests name no failure and exit with 1, it counts one failure more', async (test) => {
    const { code, output } = await runWith(test, 'ci.ts', { ...all, test: { prints: '100 passed, 0 failed', code: 1 } })
    assert.equal(lastLine(output), '108 passed, 1 failed')
    assert.equal(code, 1)
  })

  it('given a mutant survives without an explanation, it counts one failure', async (test) => {
    const { code, output } = await runWith(test, 'ci.ts', { ...all, mutate: { prints: 'survived', code: 1 } })
    assert.equal(lastLine(output), '107 passed, 1 failed')
    assert.equal(code, 1)
  })

  for (const [given, demo] of Object.entries({
    'exits with 1': { prints: '{"verified":true}', code: 1 },
    'does not verify': { prints: '{"verified":false}' },
    'ends without JSON': { prints: 'the end' },
  })) {
    it(`given the demo ${given}, it counts one failure`, async (test) => {
      const { code, output } = await runWith(test, 'ci.ts', { ...all, demo })
      assert.equal(lastLine(output), '107 passed, 1 failed')
      assert.equal(code, 1)
    })
  }
})
