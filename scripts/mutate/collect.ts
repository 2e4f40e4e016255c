import { idOf, nameOf, walk } from './Ast.ts'
import type { Node } from './Ast.ts'
import { fileOf, isOwn } from './Build.ts'
import type { Target } from './Build.ts'
import { MutateError } from './MutateError.ts'
import { idOfMutant, oneLine } from './Mutant.ts'
import type { Mutant } from './Mutant.ts'
import { assemblyOperators } from './operators/assembly.ts'
import { binaryOperators } from './operators/binary.ts'
import type { Operator } from './operators/Operator.ts'
import { statementOperators } from './operators/statements.ts'
import { valueOperators } from './operators/values.ts'
import { declarationsOf, reachOf } from './Reach.ts'
import { Source } from './Source.ts'

export const OPERATORS: readonly Operator[] = [
  ...statementOperators,
  ...binaryOperators,
  ...valueOperators,
  ...assemblyOperators,
]

type Trees = ReadonlyMap<string, Node>

/** All mutants of one contract, in the order of its files and lines. */
export function mutantsOf(target: Target, trees: Trees): readonly Mutant[] {
  const declarations = declarationsOf(trees.values())
  const contract = contractIn(trees, target)
  const reach = reachOf(contract, declarations)
  const mutants: Mutant[] = []
  for (const [sourceName, tree] of trees) {
    if (!isOwn(sourceName)) continue
    const source = new Source(target.input.sources[sourceName]?.content ?? '')
    const bodies: { readonly body: Node; readonly owner: string }[] = []
    walk(tree, (node, parent) => {
      if (typeof node['id'] === 'number' && reach.has(node['id']))
        bodies.push({ body: node, owner: nameOf(parent ?? node) })
    })
    for (const { body, owner } of bodies) {
      const facts = {
        sourceName,
        file: fileOf(sourceName),
        targets: [target.name],
        entries: reach.get(idOf(body)) ?? [],
      }
      const place = [owner, nameOf(body) || String(body['kind'])].filter((part) => part !== '').join('.')
      mutants.push(...changesIn(body, { source, declarations, place, facts }))
    }
  }
  return numbered(mutants).toSorted((a, b) => a.file.localeCompare(b.file) || a.span.start - b.span.start)
}

type Context = {
  readonly source: Source
  readonly declarations: ReadonlyMap<number, Node>
  readonly place: string
  readonly facts: Pick<Mutant, 'sourceName' | 'file' | 'targets' | 'entries'>
}

function changesIn(body: Node, { source, declarations, place, facts }: Context): readonly Mutant[] {
  const mutants: Mutant[] = []
  walk(body, (node, parent) => {
    for (const { name, edits } of OPERATORS) {
      for (const edit of edits({ node, parent, source, declarations })) {
        const original = source.text(edit.span)
        if (original === edit.replacement) continue
        const line = source.lineAt(edit.span.start)
        mutants.push({ ...facts, ...edit, id: '', operator: name, place, line, original })
      }
    }
  })
  return mutants
}

/** Equal changes of one place are told apart by their order. */
function numbered(mutants: readonly Mutant[]): readonly Mutant[] {
  const counts = new Map<string, number>()
  return mutants.map((mutant) => {
    const key = [mutant.place, mutant.operator, oneLine(mutant.original), oneLine(mutant.replacement)].join('\n')
    const ordinal = counts.get(key) ?? 0
    counts.set(key, ordinal + 1)
    return { ...mutant, id: idOfMutant({ ...mutant, ordinal }) }
  })
}

/** Several contracts may share a library: a change in it is one mutant, tried in each of them. */
export function merged(lists: readonly (readonly Mutant[])[]): readonly Mutant[] {
  const byId = new Map<string, Mutant>()
  for (const mutant of lists.flat()) {
    const known = byId.get(mutant.id)
    if (known === undefined) byId.set(mutant.id, mutant)
    else byId.set(mutant.id, { ...known, targets: [...known.targets, ...mutant.targets] })
  }
  return [...byId.values()]
}

function contractIn(trees: Trees, { sourceName, name }: Target): Node {
  let found: Node | undefined
  const tree = trees.get(sourceName)
  if (tree !== undefined) {
    walk(tree, (node) => {
      if (node.nodeType === 'ContractDefinition' && nameOf(node) === name) found = node
    })
  }
  if (found !== undefined) return found
  throw new MutateError(`${sourceName} has no contract ${name}.`, { next: 'Build the contracts anew.' })
}
