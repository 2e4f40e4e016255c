import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import type { Mutant } from './Mutant.ts'

const MOCHA = 'test/contracts'
const SOLIDITY = 'test/solidity'

/** The mocha tests of a mutant's contracts: those of its entry points first, since they most likely notice it. */
export function mochaFiles(
  project: string,
  { targets, entries }: Pick<Mutant, 'targets' | 'entries'>,
): readonly string[] {
  const files = globSync('**/*.test.ts', { cwd: join(project, MOCHA) }).toSorted()
  const own = files.filter((file) => targets.some((target) => file.startsWith(`${target}/`)))
  // A folder in small letters belongs to no contract alone: golden vectors, for example.
  const shared = files.filter((file) => /^[a-z]/.test(file))
  const chosen = own.length === 0 ? files : [...own, ...shared]
  // One file per entry point, or several: `settle.test.ts`, `settle.groups.test.ts`.
  const rank = (file: string) => {
    const index = entries.indexOf(basename(file).split('.')[0] ?? '')
    return index === -1 ? entries.length : index
  }
  return chosen.toSorted((a, b) => rank(a) - rank(b)).map((file) => join(MOCHA, file))
}

/**
 * The Solidity tests that import a file, by themselves or through what they import, and the helpers that they stand on: an
 * invariant calls handlers that Hardhat must have compiled by themselves.
 */
export function solidityFiles(project: string, file: string): readonly string[] {
  const tests = globSync(`${SOLIDITY}/**/*.t.sol`, { cwd: project }).map((test) => importsFrom(project, test))
  const files = tests.filter((imports) => imports.has(file)).flatMap((imports) => [...imports])
  return [...new Set(files)].filter((name) => name.startsWith(`${SOLIDITY}/`)).toSorted()
}

function importsFrom(project: string, test: string): ReadonlySet<string> {
  const found = new Set([test])
  for (const file of found) {
    const text = readFileSync(join(project, file), 'utf8')
    for (const [, path = ''] of text.matchAll(/^import [^"]*"(\.[^"]+)"/gms)) {
      found.add(relative(project, resolve(project, dirname(file), path)))
    }
  }
  return found
}
