/** What the command lines of Musubi have in common. It knows none of them, and nothing of chains. */
export { ProgramError, UsageError, textOf } from './errors.ts'
export { holdLock } from './lock.ts'
export { LOG_LEVELS, inheritSettings, readOptions, versionIn } from './options.ts'
export { facts, factsOf, print, table } from './output.ts'
export { createProgress, showing } from './Progress.ts'
export type { OnProgress } from './Progress.ts'
export { runProgram } from './runProgram.ts'
