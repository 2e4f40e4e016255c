import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Command, CommanderError } from 'commander'
import { createProgram } from '../src/cli/program.ts'

/** Help is read inside this process: a process for each command would take longer than all other tests. */
function helpOf(args: readonly string[]): { readonly text: string; readonly exitCode: number | undefined } {
  let text = ''
  const program = createProgram()
  const listen = (command: Command): void => {
    command.configureOutput({ writeOut: (written) => (text += written) })
    command.commands.forEach(listen)
  }
  listen(program)
  try {
    program.parse([...args, '--help'], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return { text, exitCode: error.exitCode }
    throw error
  }
  return { text, exitCode: undefined }
}

const COMMANDS = createProgram().commands.map((command) => command.name())

describe('musubi-attester --help', () => {
  it('given no command, then it names every command', () => {
    const { text, exitCode } = helpOf([])
    assert.equal(exitCode, 0)
    for (const name of COMMANDS) assert.match(text, new RegExp(`^  ${name} `, 'm'))
  })

  for (const name of COMMANDS) {
    it(`given ${name}, then it shows its options, the global ones, and an example`, () => {
      const { text, exitCode } = helpOf([name])
      assert.equal(exitCode, 0)
      for (const option of ['--json', '--deployment <file>', '--rpc <url>', '--state <dir>'])
        assert.ok(text.includes(option))
      assert.ok(text.includes(`  musubi-attester ${name}`) || text.includes(` musubi-attester ${name} `), text)
    })
  }

  const SENDING = ['accredit', 'enrol', 'bind', 'renew', 'rotate', 'rebind', 'suspend', 'revoke', 'publish-status']
  for (const name of SENDING) {
    it(`given ${name}, which sends, then it has --dry-run, and no option that takes a key or a password`, () => {
      const { text } = helpOf([name])
      assert.ok(text.includes('--dry-run'))
      assert.doesNotMatch(text, /--(private-key|password|key) </)
    })
  }
})
