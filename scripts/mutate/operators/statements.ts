import { child, children } from '../Ast.ts'
import type { Node } from '../Ast.ts'
import { span } from '../Ast.ts'
import { rewrite, textOf } from './Operator.ts'
import type { Edit, Operator, Site } from './Operator.ts'

export const statementOperators: readonly Operator[] = [
  { name: 'condition', edits: forced },
  { name: 'operand', edits: oneOperand },
  { name: 'removal', edits: removed },
  { name: 'modifier', edits: unguarded },
]

const REMOVABLE = new Set(['ExpressionStatement', 'EmitStatement', 'RevertStatement', 'Break', 'Continue'])

/** `if (true)`, `if (false)`, no loop, either arm of a choice, a `require` that asks nothing. */
function forced({ node }: Site): readonly Edit[] {
  const condition = child(node, 'condition')
  const callee = child(node, 'expression')
  if (node.nodeType === 'FunctionCall' && (callee?.['name'] === 'require' || callee?.['name'] === 'assert')) {
    return children(node, 'arguments')
      .slice(0, 1)
      .map((asked) => rewrite(asked, 'true'))
  }
  if (condition === undefined) return []
  switch (node.nodeType) {
    case 'IfStatement':
    case 'Conditional':
      return [rewrite(condition, 'true'), rewrite(condition, 'false')]
    case 'ForStatement':
    case 'WhileStatement':
      // A loop without an end shows nothing but a timeout.
      return [rewrite(condition, 'false')]
    default:
      return []
  }
}

/** Of two conditions, one is no longer asked. */
function oneOperand(site: Site): readonly Edit[] {
  const { node } = site
  const operands = [child(node, 'leftExpression'), child(node, 'rightExpression')]
  if (node['operator'] !== '&&' && node['operator'] !== '||') return []
  return operands.flatMap((operand) => (operand === undefined ? [] : [rewrite(node, textOf(operand, site))]))
}

function removed(site: Site): readonly Edit[] {
  const { node, parent, source } = site
  // What stands in the head of a loop cannot be a block.
  const isHead = parent?.['loopExpression'] === node || parent?.['initializationExpression'] === node
  if (!REMOVABLE.has(node.nodeType) || isHead) return []
  // `if (x) revert` without its revert is `if (false) revert`, which is tried already.
  if (node.nodeType === 'RevertStatement' && parent !== undefined && isWholeBody(parent)) return []
  return [{ span: source.throughSemicolon(span(node)), replacement: '{}' }]
}

function isWholeBody(parent: Node): boolean {
  return parent.nodeType === 'IfStatement' || children(parent, 'statements').length === 1
}

function unguarded({ node }: Site): readonly Edit[] {
  return node.nodeType === 'ModifierInvocation' && node['kind'] === 'modifierInvocation' ? [rewrite(node, '')] : []
}
