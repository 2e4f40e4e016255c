import { join } from 'node:path'
import type { Code } from './Compiler.ts'
import { Compiler } from './Compiler.ts'
import { Copy } from './Copy.ts'
import { mutatedSource } from './Mutant.ts'
import type { Mutant } from './Mutant.ts'
import { isBrokenOff, outcomeOf, requireGreen } from './Outcome.ts'
import type { Outcome } from './Outcome.ts'
import type { Result } from './Result.ts'
import type { SecondLine } from './SecondLine.ts'
import { codeKey, inputFor, sourceOf, unitsWith } from './Subject.ts'
import type { Subject } from './Subject.ts'
import { mochaFiles } from './testFiles.ts'

/** For tests of unchanged code, on a machine that may be busy. */
const BASELINE_SECONDS_MAX = 20 * 60

/** What all judges of a run share. */
export type Bench = {
  readonly project: string
  readonly folder: string
  readonly subjects: readonly Subject[]
  readonly mochaSecondsMax: number
  /** Asked about what mocha did not notice; undefined when it shall not be. */
  readonly secondLine: SecondLine | undefined
}

/** Tries mutants one after another, in copies of the project that are its own. */
export class Judge {
  readonly #bench: Bench
  readonly #copy: Copy
  readonly #compiler = new Compiler()

  private constructor(bench: Bench, copy: Copy) {
    this.#bench = bench
    this.#copy = copy
  }

  static async appoint(name: string, bench: Bench): Promise<Judge> {
    return new Judge(bench, await Copy.of(bench.project, join(bench.folder, name), { artifacts: true }))
  }

  async try(mutant: Mutant): Promise<Result> {
    const started = performance.now()
    const outcome = await this.#outcome(mutant)
    return { id: mutant.id, ...outcome, seconds: Math.round((performance.now() - started) / 100) / 10 }
  }

  async close(): Promise<void> {
    await this.#compiler.close()
  }

  /** All tests of a contract on its unchanged code, installed in the way that changed code is. */
  async baseline(subject: Subject): Promise<number> {
    await this.#copy.install([...subject.originals.values()])
    const files = mochaFiles(this.#copy.folder, { targets: [subject.target.name], entries: [] })
    const finished = await this.#copy.mocha(files, BASELINE_SECONDS_MAX)
    requireGreen(finished, `the tests of ${subject.target.name}`)
    return finished.seconds
  }

  async #outcome(mutant: Mutant): Promise<Outcome> {
    const { secondLine } = this.#bench
    const subjects = this.#bench.subjects.filter(({ target }) => mutant.targets.includes(target.name))
    const changed: Code[] = []
    for (const subject of subjects) {
      const codes = await this.#compile(mutant, subject)
      if (codes === undefined) return { verdict: 'stillborn', by: '' }
      changed.push(...codes.filter((code) => code.bytecode !== subject.originals.get(codeKey(code))?.bytecode))
    }
    if (changed.length === 0) return { verdict: 'equivalent', by: '' }
    const outcome = await this.#mocha(mutant, changed, subjects)
    return outcome.verdict === 'survived' && secondLine !== undefined ? secondLine.try(mutant) : outcome
  }

  #compile(mutant: Mutant, subject: Subject): Promise<readonly Code[] | undefined> {
    const units = unitsWith(mutant.sourceName, subject)
    const input = inputFor(units, subject)
    const content = mutatedSource(mutant, sourceOf(mutant, [subject]))
    const sources = { ...input.sources, [mutant.sourceName]: { content } }
    return this.#compiler.compile({ ...input, sources }, units)
  }

  async #mocha(mutant: Mutant, changed: readonly Code[], subjects: readonly Subject[]): Promise<Outcome> {
    const originals = changed.flatMap((code) =>
      subjects.map(({ originals: all }) => all.get(codeKey(code)) ?? []).flat(),
    )
    await this.#copy.install(changed)
    const finished = await this.#copy.mocha(mochaFiles(this.#copy.folder, mutant), this.#bench.mochaSecondsMax)
    await this.#copy.install(originals)
    if (!isBrokenOff(finished)) return outcomeOf(finished)
    // It may have been the mutant, or this machine: unchanged code tells which.
    for (const subject of subjects) await this.baseline(subject)
    return { verdict: 'killed', by: 'the tests broke off' }
  }
}
