import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, it } from 'node:test'

const PROGRAM = join(import.meta.dirname, 'support', 'program.ts')

function run(...args: readonly string[]) {
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined }
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8', env })
  return { status, stdout, stderr }
}

describe('runProgram', () => {
  it('given an option or a value that cannot be used, then the code is 2', () => {
    assert.equal(run('work', '--unknown').status, 2)
    const { status, stderr } = run('work', '--log-level', 'loud')
    assert.equal(status, 2)
    assert.match(stderr, /^Cli\.BadOptionError: .*Given: --log-level\..*See `program --help`\.\n$/)
  })

  it('given an error of the program, then it says so, and the code is 1', () => {
    const { status, stdout, stderr } = run('fail', 'program')
    assert.deepEqual([status, stdout], [1, ''])
    assert.equal(stderr, 'Test.FailedError: It failed. Given: secret. Expected: another. Mend it.\n')
  })

  it('given an error that says nothing of what to do, then the program does', () => {
    assert.equal(run('fail', 'plain').stderr, 'RangeError: too long Run it again.\n')
  })

  it('given something thrown that is no error, then it is told all the same', () => {
    assert.equal(run('fail', 'text').stderr, 'Cli.UnknownError: just text\n')
  })

  it('given --json, then the error is the one object on standard output, amounts and problems with it', () => {
    const { error } = JSON.parse(run('fail', 'problems', '--json').stdout) as { error: Record<string, unknown> }
    assert.deepEqual(error, { name: 'RangeError', message: 'rows Run it again.', problems: [{ row: 2, amount: '7' }] })
  })

  it('given what must not be shown, then no stream shows it', () => {
    const { stdout, stderr } = run('fail', 'program', '--json', '--mask')
    for (const text of [stdout, stderr]) assert.match(text, /Given: \*\*\*\./)
  })

  it('given a command that works, asked for help, or whose answer is no, then the code says so', () => {
    assert.equal(run('work').stdout, 'worked\n')
    assert.deepEqual([run('work').status, run('--help').status, run('refuse').status], [0, 0, 1])
  })
})
