import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { run } from '../../scripts/runner/command.ts'

const QUIET = { echo: false, secondsMax: 60 }
/** Never ends by itself, and says its process id so that a test can look for it. */
const ENDLESS = "console.log('pid', process.pid); setInterval(() => {}, 1000)"

describe('run', () => {
  it('keeps what a command printed on both outputs, and its exit code', async () => {
    const script = "console.log('out'); console.error('err'); process.exitCode = 3"
    const { code, output, timedOut } = await run(process.execPath, ['-e', script], QUIET)
    assert.equal(code, 3)
    assert.equal(timedOut, false)
    assert.deepEqual(output.trim().split('\n').sort(), ['err', 'out'])
  })

  it('reports a command that is not there as one that failed', async () => {
    const { code, output } = await run('musubi-no-such-command', [], QUIET)
    assert.notEqual(code, 0)
    assert.match(output, /musubi-no-such-command could not be started/)
  })

  it('gives a command no input to wait for', async () => {
    const { code } = await run(process.execPath, ['-e', "process.stdin.on('end', () => {}).resume()"], QUIET)
    assert.equal(code, 0)
  })

  it('ends a command that outlives its limit', async () => {
    const { code, timedOut, output } = await run(process.execPath, ['-e', ENDLESS], { echo: false, secondsMax: 0.5 })
    assert.equal(timedOut, true)
    assert.equal(code, null)
    assertGone(output)
  })

  it('ends what a command left running', async () => {
    const options = "{ stdio: 'inherit' }"
    const script = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(ENDLESS)}], ${options}).unref()`
    // The parent leaves once its child has started, and the child holds the pipes.
    const { code, output, timedOut } = await run(
      process.execPath,
      ['-e', `${script}; setTimeout(() => {}, 500)`],
      QUIET,
    )
    assert.equal(code, 0)
    assert.match(output, /pid \d+/)
    // Had the child lived on, only the limit would have ended the wait.
    assert.equal(timedOut, false)
  })
})

/** The process that printed `pid N` is no longer there. */
function assertGone(output: string): void {
  const pid = Number(/pid (\d+)/.exec(output)?.[1])
  assert.ok(pid > 0, `expected the process id in: ${output}`)
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' })
}
