import { createHash } from 'node:crypto'
import type { Span } from './Ast.ts'
import type { Source } from './Source.ts'

/** One small change of the contracts that some test should notice. */
export type Mutant = Change & {
  /** Made of what is changed and not of where it stands, so that it outlives edits of other lines. */
  readonly id: string
  /** As solc knows the file, and as people do. */
  readonly sourceName: string
  readonly file: string
  readonly line: number
  /** `Closures.close`, or the constant's name. */
  readonly place: string
  readonly original: string
  /** Contracts to compile, deploy and test with the change in. */
  readonly targets: readonly string[]
  /** Entry points that lead to the change, the nearest first. */
  readonly entries: readonly string[]
}

/** What an operator writes instead of a range of the source. */
export type Change = { readonly operator: string; readonly span: Span; readonly replacement: string }

type Facts = Pick<Mutant, 'operator' | 'place' | 'original' | 'replacement'> & { readonly ordinal: number }

/** `ordinal` counts equal changes of one place, from zero. */
export function idOfMutant({ operator, place, original, replacement, ordinal }: Facts): string {
  const facts = [operator, place, oneLine(original), oneLine(replacement), ordinal]
  const digest = createHash('sha256').update(JSON.stringify(facts)).digest('hex')
  return `${place}-${operator}-${digest.slice(0, 8)}`
}

/** Whatever the formatter did to it: one line, single blanks. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

export function mutatedSource(mutant: Mutant, source: Source): string {
  return source.with(mutant.span, mutant.replacement)
}

/** The lines that the mutant changes, as a unified diff without context. */
export function diff(mutant: Mutant, source: Source): string {
  const before = source.content.split('\n')
  const after = mutatedSource(mutant, source).split('\n')
  const first = before.findIndex((line, index) => line !== after[index])
  if (first === -1) return ''
  let last = 0
  while (last < Math.min(before.length, after.length) - first && before.at(-1 - last) === after.at(-1 - last)) last += 1
  const removed = before.slice(first, before.length - last)
  const added = after.slice(first, after.length - last)
  return [
    `--- a/${mutant.file}`,
    `+++ b/${mutant.file}`,
    `@@ -${first + 1},${removed.length} +${first + 1},${added.length} @@`,
    ...removed.map((line) => `-${line}`),
    ...added.map((line) => `+${line}`),
  ].join('\n')
}
