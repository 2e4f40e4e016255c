/** A command line with nothing of its own: what it does is what all of ours do. */
import { Command } from 'commander'
import { z } from 'zod'
import { ProgramError } from '../../src/errors.ts'
import { LOG_LEVELS, inheritSettings, readOptions } from '../../src/options.ts'
import { print } from '../../src/output.ts'
import { runProgram } from '../../src/runProgram.ts'

const FAILURES: Readonly<Record<string, unknown>> = {
  program: new ProgramError('Test.FailedError', 'It failed.', {
    given: 'secret',
    expected: 'another',
    next: 'Mend it.',
  }),
  plain: new RangeError('too long'),
  text: 'just text',
  problems: Object.assign(new RangeError('rows'), { problems: [{ row: 2, amount: 7n }] }),
}
const globals = z.object({ json: z.boolean(), logLevel: z.enum(LOG_LEVELS) })

const program = new Command('program')
  .option('--json', 'for machines', false)
  .option('--mask', 'hide what is secret', false)
  .option('--log-level <level>', 'what to log', 'warn')
program.command('work').action((_: unknown, command: Command) => {
  print(readOptions(command, globals).json, {}, () => ['worked'])
})
program.command('refuse').action(() => {
  process.exitCode = 1
})
program
  .command('fail')
  .argument('<how>')
  .action((how: string) => {
    throw FAILURES[how]
  })
inheritSettings(program)

const args = process.argv.slice(2)
const hidden = (text: string) => text.replaceAll('secret', '***')
await runProgram(program, { args, next: 'Run it again.', ...(args.includes('--mask') && { mask: hidden }) })
