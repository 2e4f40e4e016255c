import type { Span } from './Ast.ts'

/** One source file, in the bytes that solc counts in. */
export class Source {
  readonly content: string
  readonly #bytes: Buffer

  constructor(content: string) {
    this.content = content
    this.#bytes = Buffer.from(content)
  }

  text({ start, end }: Span): string {
    return this.#bytes.subarray(start, end).toString()
  }

  /** The source with one range written anew. */
  with({ start, end }: Span, replacement: string): string {
    return this.text({ start: 0, end: start }) + replacement + this.text({ start: end, end: this.#bytes.length })
  }

  lineAt(position: number): number {
    return this.text({ start: 0, end: position }).split('\n').length
  }

  /** solc leaves the semicolon out of a statement; removing one takes it along. */
  throughSemicolon({ start, end }: Span): Span {
    const rest = this.text({ start: end, end: this.#bytes.length })
    const found = /^\s*;/.exec(rest)
    return { start, end: end + (found === null ? 0 : Buffer.byteLength(found[0])) }
  }
}
