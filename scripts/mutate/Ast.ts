/** Reads solc's syntax trees: their nodes, and where in the source each stands. */

/** A node of Solidity or, inside assembly, of Yul (which has no id). Its other fields depend on its type. */
export type Node = { readonly nodeType: string; readonly src: string } & Readonly<Record<string, unknown>>

/** A range of a source in bytes: solc counts bytes, not characters. */
export type Span = { readonly start: number; readonly end: number }

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'nodeType' in value && 'src' in value
}

/** The node in a field; undefined when there is none, as for the missing `else` of an `if`. */
export function child(node: Node, field: string): Node | undefined {
  const value = node[field]
  return isNode(value) ? value : undefined
}

/** The nodes in a field that holds a list. */
export function children(node: Node, field: string): readonly Node[] {
  const value = node[field]
  return Array.isArray(value) ? value.filter(isNode) : []
}

/** Calls `visit` for a node and all below it, parents first. */
export function walk(node: Node, visit: (node: Node, parent: Node | undefined) => void, parent?: Node): void {
  visit(node, parent)
  for (const value of Object.values(node)) {
    const below: readonly unknown[] = Array.isArray(value) ? value : [value]
    for (const each of below) if (isNode(each)) walk(each, visit, node)
  }
}

export function span(node: Node): Span {
  const [start = 0, length = 0] = node.src.split(':').map(Number)
  return { start, end: start + length }
}

/** The type of an expression as solc writes it; empty for what has none. */
export function typeOf(node: Node): string {
  const types = node['typeDescriptions'] as { readonly typeString?: string | null } | undefined
  return types?.typeString ?? ''
}

/** The declaration that a name stands for. */
export function declarationOf(node: Node | undefined): number | undefined {
  const id = node?.['referencedDeclaration']
  return typeof id === 'number' ? id : undefined
}

export function idOf(node: Node): number {
  return Number(node['id'])
}

export function nameOf(node: Node): string {
  return typeof node['name'] === 'string' ? node['name'] : ''
}
