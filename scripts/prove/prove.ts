import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ReadSource } from './compiler.ts'
import { check } from './compiler.ts'
import type { Property } from './properties.ts'
import { judge } from './properties.ts'
import { Solver } from './solver.ts'

const ROOT = resolve(import.meta.dirname, '..', '..')

/** The contracts whose functions are the statements. */
export function proofFiles(): string[] {
  return globSync('test/proofs/*Proofs.sol', { cwd: ROOT }).sort()
}

/** Sources by the names that imports give them, the repository's own before those of packages. */
export function readSource(name: string): string | undefined {
  const path = [join(ROOT, name), join(ROOT, 'node_modules', name)].find((each) => existsSync(each))
  return path === undefined ? undefined : readFileSync(path, 'utf8')
}

/** Proves what the files state, or says of what not. */
export async function prove(files: readonly string[], read: ReadSource = readSource): Promise<Property[]> {
  const { queries } = check(files, { read })
  const solver = await Solver.start()
  try {
    const { contracts, messages } = check(files, { read, answers: solver.answer(queries) })
    return judge(contracts, messages)
  } finally {
    await solver.end()
  }
}
