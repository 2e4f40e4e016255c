import { child, children, declarationOf, idOf, isNode, nameOf, walk } from './Ast.ts'
import type { Node } from './Ast.ts'

/** Functions, modifiers and constants of a contract, each with the entry points that lead to it, the nearest first. */
export type Reach = ReadonlyMap<number, readonly string[]>

/** All declarations of a build by their id. */
export function declarationsOf(trees: Iterable<Node>): ReadonlyMap<number, Node> {
  const found = new Map<number, Node>()
  for (const tree of trees) {
    walk(tree, (node) => {
      if (typeof node['id'] === 'number') found.set(node['id'], node)
    })
  }
  return found
}

/** Follows every name from the contract's entry points on: what they never come to is not part of it. */
export function reachOf(contract: Node, declarations: ReadonlyMap<number, Node>): Reach {
  const overrides = overridesIn(declarations)
  const isPart = partOf(contract, declarations)
  const found = new Map<number, { readonly entry: string; readonly steps: number }[]>()
  for (const root of rootsOf(contract, declarations)) {
    const seen = new Set([idOf(root)])
    let layer = [idOf(root)]
    for (let steps = 0; layer.length > 0; steps += 1) {
      for (const id of layer) found.set(id, [...(found.get(id) ?? []), { entry: entryName(root), steps }])
      layer = layer.flatMap((id) => namedBy(declarations.get(id))).flatMap((id) => [id, ...(overrides.get(id) ?? [])])
      layer = [...new Set(layer)].filter((id) => !seen.has(id) && isPart(declarations.get(id)))
      for (const id of layer) seen.add(id)
    }
  }
  const nearestFirst = (entries: readonly { readonly entry: string; readonly steps: number }[]) =>
    entries.toSorted((a, b) => a.steps - b.steps).map(({ entry }) => entry)
  return new Map([...found].map(([id, entries]) => [id, [...new Set(nearestFirst(entries))]]))
}

/** What somebody outside can call, and what runs at deployment. */
function rootsOf(contract: Node, declarations: ReadonlyMap<number, Node>): readonly Node[] {
  const bases = (contract['linearizedBaseContracts'] as readonly number[]).map((id) => declarations.get(id))
  return bases.flatMap((base) => (base === undefined ? [] : children(base, 'nodes'))).filter(isRoot)
}

function isRoot(node: Node): boolean {
  if (node.nodeType === 'FunctionDefinition') {
    return node['kind'] === 'constructor' || node['visibility'] === 'external' || node['visibility'] === 'public'
  }
  return node.nodeType === 'VariableDeclaration' && (node['visibility'] === 'public' || node['constant'] !== true)
}

function entryName(root: Node): string {
  if (root.nodeType === 'FunctionDefinition') return nameOf(root) === '' ? String(root['kind']) : nameOf(root)
  // A variable that nobody can ask for is given its value at deployment.
  return root['visibility'] === 'public' ? nameOf(root) : 'constructor'
}

/** What has a body or a value to change. */
function isBody(node: Node): boolean {
  if (node.nodeType === 'VariableDeclaration') return child(node, 'value') !== undefined
  return node.nodeType === 'FunctionDefinition' || node.nodeType === 'ModifierDefinition'
}

/** Of other contracts only the interface is called: what stands behind it is compiled and tested with them. */
function partOf(contract: Node, declarations: ReadonlyMap<number, Node>): (node: Node | undefined) => boolean {
  const bases = new Set(contract['linearizedBaseContracts'] as readonly number[])
  return (node) => {
    if (node === undefined || !isBody(node)) return false
    const holder = declarations.get(Number(node['scope']))
    if (holder?.nodeType !== 'ContractDefinition') return true
    return holder['contractKind'] === 'library' || bases.has(idOf(holder))
  }
}

function namedBy(body: Node | undefined): readonly number[] {
  if (body === undefined) return []
  const ids: number[] = []
  walk(body, (node) => {
    ids.push(declarationOf(node) ?? -1)
    // An operator of a user-defined type, and what assembly reads.
    if (typeof node['function'] === 'number') ids.push(node['function'])
    const outside = node['externalReferences'] as readonly { readonly declaration: number }[] | undefined
    ids.push(...(outside ?? []).map(({ declaration }) => declaration))
  })
  return ids
}

/** A call names the function that is declared first: which one runs is the contract's to say, so all of them count. */
function overridesIn(declarations: ReadonlyMap<number, Node>): ReadonlyMap<number, readonly number[]> {
  const overrides = new Map<number, number[]>()
  for (const node of declarations.values()) {
    const bases = node['baseFunctions'] ?? node['baseModifiers']
    if (!isNode(node) || !Array.isArray(bases)) continue
    for (const base of bases as number[]) overrides.set(base, [...(overrides.get(base) ?? []), idOf(node)])
  }
  return overrides
}
