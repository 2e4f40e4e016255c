import { Copy } from './Copy.ts'
import { mutatedSource } from './Mutant.ts'
import type { Mutant } from './Mutant.ts'
import { outcomeOf, isBrokenOff, requireGreen } from './Outcome.ts'
import type { Outcome } from './Outcome.ts'
import { sourceOf } from './Subject.ts'
import type { Subject } from './Subject.ts'
import { solidityFiles } from './testFiles.ts'

const SECONDS_MAX = 30 * 60

/**
 * The Solidity tests, asked only about what mocha did not notice: they compile all that imports the changed file, and fuzz
 * it. One copy for all judges, one mutant at a time: what this copy has compiled already is the dearest part.
 */
export class SecondLine {
  readonly #project: string
  readonly #folder: string
  readonly #subjects: readonly Subject[]
  readonly #green = new Set<string>()
  #copy: Copy | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: { readonly project: string; readonly folder: string; readonly subjects: readonly Subject[] }) {
    this.#project = options.project
    this.#folder = options.folder
    this.#subjects = options.subjects
  }

  try(mutant: Mutant): Promise<Outcome> {
    const mine = this.#last.then(() => this.#outcome(mutant))
    // Whoever comes next does not fail with this one.
    this.#last = mine.catch(() => undefined)
    return mine
  }

  async #outcome(mutant: Mutant): Promise<Outcome> {
    const files = solidityFiles(this.#project, mutant.file)
    if (files.length === 0) return { verdict: 'survived', by: '' }
    this.#copy ??= await Copy.of(this.#project, this.#folder, { artifacts: false })
    const copy = this.#copy
    await this.#requireGreen(copy, files)
    const source = sourceOf(mutant, this.#subjects)
    await copy.write(mutant.sourceName, mutatedSource(mutant, source))
    const finished = await copy.solidity(files, SECONDS_MAX)
    await copy.write(mutant.sourceName, source.content)
    if (isBrokenOff(finished)) requireGreen(finished, `the Solidity tests of ${mutant.id}`)
    return outcomeOf(finished)
  }

  /** Without a change they must pass; each is asked once. */
  async #requireGreen(copy: Copy, files: readonly string[]): Promise<void> {
    const unknown = files.filter((file) => !this.#green.has(file))
    if (unknown.length === 0) return
    requireGreen(await copy.solidity(unknown, SECONDS_MAX), 'the Solidity tests')
    for (const file of unknown) this.#green.add(file)
  }
}
