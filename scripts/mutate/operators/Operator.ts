import type { Node, Span } from '../Ast.ts'
import { span } from '../Ast.ts'
import type { Source } from '../Source.ts'

/** What an operator knows of the node that it looks at. */
export type Site = {
  readonly node: Node
  readonly parent: Node | undefined
  readonly source: Source
  readonly declarations: ReadonlyMap<number, Node>
}

/** A change without the name of who made it. */
export type Edit = { readonly span: Span; readonly replacement: string }

/** One way to get a contract wrong: what it would write at a node, nothing for most of them. */
export type Operator = { readonly name: string; readonly edits: (site: Site) => readonly Edit[] }

/** Writes a node anew. */
export function rewrite(node: Node, replacement: string): Edit {
  return { span: span(node), replacement }
}

export function textOf(node: Node, { source }: Site): string {
  return source.text(span(node))
}

/** Exchanges two nodes, the first of which stands first, within the node that holds both. */
export function exchange(holder: Node, [first, second]: readonly [Node, Node], { source }: Site): Edit {
  const [whole, a, b] = [span(holder), span(first), span(second)]
  const between = source.text({ start: a.end, end: b.start })
  const head = source.text({ start: whole.start, end: a.start })
  const tail = source.text({ start: b.end, end: whole.end })
  return { span: whole, replacement: `${head}${source.text(b)}${between}${source.text(a)}${tail}` }
}

/** Writes another operator between two operands. */
export function reoperate(node: Node, [left, right]: readonly [Node, Node], to: string, { source }: Site): Edit {
  const before = source.text({ start: span(node).start, end: span(left).end })
  const between = source.text({ start: span(left).end, end: span(right).start })
  const after = source.text({ start: span(right).start, end: span(node).end })
  return rewrite(node, `${before}${between.replace(String(node['operator']), () => to)}${after}`)
}
