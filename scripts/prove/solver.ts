import { init, killThreads } from 'z3-solver'
import type { ByHash } from './compiler.ts'

/**
 * Work that one question may cost, in the solver's own unit: it counts steps, not seconds, so that a slow machine gets the
 * same answer.
 */
const RESOURCE_MAX = 100_000_000

/** `smt.bv.solver 2`: questions about bits become questions about integers, as the compiler mixes both. */
const OPTIONS = `(set-option :rlimit ${RESOURCE_MAX})(set-option :smt.bv.solver 2)`

/** What is used of the WebAssembly module itself. */
type Module = { ccall(name: string, returns: 'string', takes: readonly string[], args: readonly unknown[]): string }

/** z3, compiled to WebAssembly. It has threads, which keep a process alive: end it. */
export class Solver {
  readonly #z3: Awaited<ReturnType<typeof init>>

  static async start(): Promise<Solver> {
    return new Solver(await init())
  }

  private constructor(z3: Awaited<ReturnType<typeof init>>) {
    this.#z3 = z3
  }

  /** Answers each question: `unsat` (no numbers violate it), `sat` with numbers that do, or `unknown`. */
  answer(queries: ByHash): ByHash {
    const { Z3 } = this.#z3
    // Not through `Z3.eval_smtlib2_string`: it answers from another thread, and on a busy machine at times never does.
    const ask = (em: Module, context: unknown, text: string) =>
      em.ccall('Z3_eval_smtlib2_string', 'string', ['number', 'string'], [context, text])
    const answers: Record<string, string> = {}
    for (const [hash, query] of Object.entries(queries)) {
      const context = Z3.mk_context(Z3.mk_config())
      answers[hash] = withValues(ask(this.#z3.em as Module, context, OPTIONS + query))
      Z3.del_context(context)
    }
    return answers
  }

  async end(): Promise<void> {
    await killThreads(this.#z3.em)
  }
}

/** Values follow only after `sat`. Otherwise z3 says that it has none, which the compiler cannot read. */
function withValues(answer: string): string {
  const [verdict = ''] = answer.trimStart().split(/\s/, 1)
  return verdict === 'sat' ? answer : `${verdict}\n`
}
