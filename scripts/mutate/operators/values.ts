import { child, children, declarationOf, nameOf, typeOf } from '../Ast.ts'
import type { Node } from '../Ast.ts'
import { exchange, rewrite, textOf } from './Operator.ts'
import type { Edit, Operator, Site } from './Operator.ts'

export const valueOperators: readonly Operator[] = [
  { name: 'constant', edits: constants },
  { name: 'unary', edits: unary },
  { name: 'enum', edits: nextMember },
  { name: 'arguments', edits: exchanged },
  { name: 'return', edits: otherResult },
]

/** Numbers one off, truths turned, texts that differ. */
function constants(site: Site): readonly Edit[] {
  const { node, parent } = site
  // The length of an array type is no value that a test could see.
  if (node.nodeType !== 'Literal' || parent?.nodeType === 'ArrayTypeName') return []
  const text = textOf(node, site)
  switch (node['kind']) {
    case 'bool':
      return [rewrite(node, text === 'true' ? 'false' : 'true')]
    case 'string':
      return text.length > 2 ? [rewrite(node, `${text.slice(0, -1)}~${text.slice(-1)}`)] : []
    case 'number':
      return numbers(text).map((number) => rewrite(node, number))
    default:
      return []
  }
}

function numbers(text: string): readonly string[] {
  if (text === '0') return ['1']
  return text === '1' ? ['0', '2'] : [`(${text} + 1)`, `(${text} - 1)`]
}

function unary(site: Site): readonly Edit[] {
  const { node } = site
  const operand = child(node, 'subExpression')
  if (operand === undefined) return []
  const text = textOf(operand, site)
  switch (node['operator']) {
    case '!':
    case '~':
    case '-':
      return [rewrite(node, text)]
    case '++':
    case '--': {
      const other = node['operator'] === '++' ? '--' : '++'
      return [rewrite(node, node['prefix'] === true ? `${other}${text}` : `${text}${other}`)]
    }
    default:
      return []
  }
}

/** `Status.OPEN` becomes the member declared after it. */
function nextMember(site: Site): readonly Edit[] {
  const { node, declarations } = site
  const owner = child(node, 'expression')
  const type = declarations.get(declarationOf(owner) ?? -1)
  if (node.nodeType !== 'MemberAccess' || owner === undefined || type?.nodeType !== 'EnumDefinition') return []
  const names = children(type, 'members').map(nameOf)
  const next = names[(names.indexOf(String(node['memberName'])) + 1) % names.length]
  return next === undefined || names.length < 2 ? [] : [rewrite(node, `${textOf(owner, site)}.${next}`)]
}

/** Neighbours of one type change places: in calls, events, errors, structs and tuples. */
function exchanged(site: Site): readonly Edit[] {
  const { node } = site
  const values = node.nodeType === 'FunctionCall' ? children(node, 'arguments') : children(node, 'components')
  // Places that are left empty would be counted wrongly, and a declaration's names are no values.
  if (node.nodeType === 'TupleExpression' && values.length !== (node['components'] as unknown[]).length) return []
  return values.flatMap((first, index) => {
    const second = values[index + 1]
    if (second === undefined || kindOf(first) !== kindOf(second)) return []
    return textOf(first, site) === textOf(second, site) ? [] : [exchange(node, [first, second], site)]
  })
}

/** Where a value lies does not matter, nor which number a literal is. */
function kindOf(node: Node): string {
  return typeOf(node)
    .replace(/ (memory|calldata|storage.*)$/, '')
    .replace(/^int_const .*/, 'int_const')
}

function otherResult(site: Site): readonly Edit[] {
  const value = child(site.node, 'expression')
  if (site.node.nodeType !== 'Return' || value === undefined) return []
  const text = textOf(value, site)
  const type = typeOf(value)
  if (type === 'bool') return [rewrite(value, `!(${text})`)]
  if (/^(address|u?int\d+|bytes\d+)$/.test(type)) return [rewrite(value, `${type}(0)`)]
  return []
}
