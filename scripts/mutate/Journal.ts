import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { MutateError } from './MutateError.ts'
import { Result } from './Result.ts'
import type { Subject } from './Subject.ts'

const NEXT = 'Run without --resume to begin anew.'

/** Results, a line each, appended as they come: what a killed run has found is not lost. */
export class Journal {
  readonly #path: string
  readonly known: ReadonlyMap<string, Result>

  private constructor(path: string, known: ReadonlyMap<string, Result>) {
    this.#path = path
    this.known = known
  }

  /** Begins a new journal in the place of an older one. */
  static async begin(path: string, fingerprint: string): Promise<Journal> {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, `${JSON.stringify({ fingerprint })}\n`)
    return new Journal(path, new Map())
  }

  /** Takes up a journal of the same contracts and tests. */
  static async resume(path: string, fingerprint: string): Promise<Journal> {
    const [head = '', ...lines] = (await textOf(path)).split('\n')
    // What follows the last line break was being written when the run was killed.
    const whole = lines.slice(0, -1)
    if (head !== JSON.stringify({ fingerprint })) {
      throw new MutateError(`${path} is of other contracts or tests than these.`, { next: NEXT })
    }
    const results = whole.map((line) => Result.parse(JSON.parse(line)))
    await writeFile(path, [head, ...whole, ''].join('\n'))
    return new Journal(path, new Map(results.map((result) => [result.id, result])))
  }

  async add(result: Result): Promise<void> {
    await appendFile(this.#path, `${JSON.stringify(result)}\n`)
  }
}

/** What results depend on: which tests are asked, sources, compiler settings and the tests themselves. */
export async function fingerprintOf(
  { project, mochaOnly = false }: { readonly project: string; readonly mochaOnly?: boolean },
  subjects: readonly Subject[],
): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify({ mochaOnly }))
  for (const { target } of subjects) hash.update(JSON.stringify([target.name, target.input]))
  for (const file of globSync('test/{contracts,solidity}/**/*.{ts,sol}', { cwd: project }).toSorted()) {
    hash.update(JSON.stringify([file, await readFile(join(project, file), 'utf8')]))
  }
  return hash.digest('hex')
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new MutateError(`There is no run to resume in ${path}.`, { next: NEXT, cause })
  }
}
