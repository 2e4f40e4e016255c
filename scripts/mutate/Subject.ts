import { children, nameOf, walk } from './Ast.ts'
import type { Node } from './Ast.ts'
import type { Input, Target } from './Build.ts'
import { isOwn } from './Build.ts'
import type { Code, Compiler, ContractName } from './Compiler.ts'
import type { Mutant } from './Mutant.ts'
import { MutateError } from './MutateError.ts'
import { Source } from './Source.ts'

/** A contract under mutation, with what was read of it once. */
export type Subject = {
  readonly target: Target
  readonly trees: ReadonlyMap<string, Node>
  /** Contracts that only tests deploy, to reach a library by themselves: a change of the library goes into them too. */
  readonly mocks: readonly ContractName[]
  /** The code without any change, by `codeKey`. */
  readonly originals: ReadonlyMap<string, Code>
}

const MOCKS = 'project/contracts/mocks/'

export async function readSubject(target: Target, compiler: Compiler): Promise<Subject> {
  const trees = await compiler.trees(target.input)
  const mocks = [...trees].filter(([name]) => name.startsWith(MOCKS)).flatMap(([name, tree]) => deployable(name, tree))
  const codes = await compiler.compile(target.input, [target, ...mocks])
  if (codes === undefined) {
    throw new MutateError(`${target.name} does not compile.`, { next: 'Run npm run build:contracts, and mend it.' })
  }
  return { target, trees, mocks, originals: new Map(codes.map((code) => [codeKey(code), code])) }
}

export function codeKey({ sourceName, name }: ContractName): string {
  return `${sourceName}:${name}`
}

/** The contracts whose code a change of one file can reach. */
export function unitsWith(sourceName: string, { target, mocks, trees }: Subject): readonly ContractName[] {
  const { name } = target
  const reached = mocks.filter((mock) => importsOf(mock.sourceName, trees).has(sourceName))
  return [{ name, sourceName: target.sourceName }, ...reached]
}

/** What solc needs for some contracts, and no source more. */
export function inputFor(units: readonly ContractName[], { target, trees }: Subject): Input {
  const needed = new Set(units.flatMap((unit) => [...importsOf(unit.sourceName, trees)]))
  const sources = Object.entries(target.input.sources).filter(([name]) => needed.has(name))
  return { ...target.input, sources: Object.fromEntries(sources) }
}

/** A file and all that it imports, and what these import. */
function importsOf(sourceName: string, trees: ReadonlyMap<string, Node>): ReadonlySet<string> {
  const found = new Set([sourceName])
  for (const name of found) {
    const tree = trees.get(name)
    if (tree === undefined) continue
    for (const node of children(tree, 'nodes')) {
      if (node.nodeType === 'ImportDirective') found.add(String(node['absolutePath']))
    }
  }
  return found
}

function deployable(sourceName: string, tree: Node): readonly ContractName[] {
  const found: ContractName[] = []
  walk(tree, (node) => {
    const isWhole = node['contractKind'] === 'contract' && node['abstract'] === false
    if (node.nodeType === 'ContractDefinition' && isWhole && isOwn(sourceName))
      found.push({ sourceName, name: nameOf(node) })
  })
  return found
}

/** The unchanged source that a mutant is made of. */
export function sourceOf({ sourceName }: Mutant, subjects: readonly Subject[]): Source {
  const contents = subjects.map(({ target }) => target.input.sources[sourceName]?.content)
  return new Source(contents.find((content) => content !== undefined) ?? '')
}
