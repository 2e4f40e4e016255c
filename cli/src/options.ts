import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { z } from 'zod'
import { UsageError } from './errors.ts'

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const

/** Errors come back as exceptions. Global options are understood after a command's name too, so its help shows them. */
export function inheritSettings(command: Command): void {
  command.exitOverride().configureHelp({ showGlobalOptions: true })
  for (const child of command.commands) inheritSettings(child)
}

/** The options of a command and of the program, as values of their types. */
export function readOptions<schema extends z.ZodType>(command: Command, schema: schema): z.output<schema> {
  const parsed = schema.safeParse(command.optsWithGlobals())
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UsageError('Cli.BadOptionError', 'An option cannot be used.', {
    given: `--${kebabCase(String(issue?.path[0] ?? ''))}`,
    expected: issue?.message ?? 'another value',
    next: `See \`${rootOf(command).name()} --help\`.`,
  })
}

const packageFile = z.object({ version: z.string() })

/** The version in a package.json. */
export function versionIn(file: URL): string {
  return packageFile.parse(JSON.parse(readFileSync(file, 'utf8'))).version
}

/** As it is typed; commander makes camel case of it. */
function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function rootOf(command: Command): Command {
  return command.parent === null ? command : rootOf(command.parent)
}
