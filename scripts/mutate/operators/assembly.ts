import { child, children, nameOf, span } from '../Ast.ts'
import { rewrite, textOf } from './Operator.ts'
import type { Edit, Operator, Site } from './Operator.ts'

const SWAPS: Readonly<Record<string, string>> = {
  ...{ lt: 'gt', gt: 'lt', slt: 'sgt', sgt: 'slt', add: 'sub', sub: 'add', mul: 'div', div: 'mul', mod: 'mul' },
  ...{ and: 'or', or: 'and', xor: 'and', shl: 'shr', shr: 'shl' },
}

/** What the other operators do, in inline assembly. */
export const assemblyOperators: readonly Operator[] = [
  { name: 'yulCall', edits: otherCall },
  { name: 'yulConstant', edits: otherNumber },
  { name: 'yulCondition', edits: forced },
  { name: 'yulRemoval', edits: removed },
]

function otherCall(site: Site): readonly Edit[] {
  const { node } = site
  const callee = child(node, 'functionName')
  if (node.nodeType !== 'YulFunctionCall' || callee === undefined) return []
  const name = nameOf(callee)
  const [first] = children(node, 'arguments')
  const whole = textOf(node, site)
  const swap = SWAPS[name]
  if (swap !== undefined) return [rewrite(node, `${swap}${whole.slice(name.length)}`)]
  if (name === 'iszero' && first !== undefined) return [rewrite(node, textOf(first, site))]
  return name === 'eq' ? [rewrite(node, `iszero(${whole})`)] : []
}

function otherNumber(site: Site): readonly Edit[] {
  const { node } = site
  if (node.nodeType !== 'YulLiteral' || node['kind'] !== 'number') return []
  return [rewrite(node, `0x${(BigInt(String(node['value'])) + 1n).toString(16)}`)]
}

function forced({ node }: Site): readonly Edit[] {
  const condition = child(node, 'condition')
  if (condition === undefined) return []
  if (node.nodeType === 'YulForLoop') return [rewrite(condition, '0')]
  return node.nodeType === 'YulIf' ? [rewrite(condition, '0'), rewrite(condition, '1')] : []
}

/** A loop that lost its step ends with the gas. */
function removed({ node }: Site): readonly Edit[] {
  const isStatement = node.nodeType === 'YulExpressionStatement' || node.nodeType === 'YulAssignment'
  return isStatement ? [{ span: span(node), replacement: '' }] : []
}
