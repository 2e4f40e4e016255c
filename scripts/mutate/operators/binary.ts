import { child } from '../Ast.ts'
import { reoperate } from './Operator.ts'
import type { Operator } from './Operator.ts'

/** A boundary that moves by one, and a direction that turns. */
const COMPARISONS: Swaps = {
  '<': ['<=', '>'],
  '<=': ['<', '>='],
  '>': ['>=', '<'],
  '>=': ['>', '<='],
  '==': ['!='],
  '!=': ['=='],
}
const ARITHMETIC: Swaps = {
  ...{ '+': ['-'], '-': ['+'], '*': ['/'], '/': ['*'], '%': ['*'], '**': ['*'] },
  ...{ '+=': ['-=', '='], '-=': ['+=', '='], '*=': ['/='], '/=': ['*='] },
}
const BITS: Swaps = {
  ...{ '&': ['|'], '|': ['&'], '^': ['&'], '<<': ['>>'], '>>': ['<<'] },
  ...{ '&=': ['|='], '|=': ['&='], '^=': ['&='], '<<=': ['>>='], '>>=': ['<<='] },
}

export const binaryOperators: readonly Operator[] = [
  swapped('comparison', COMPARISONS),
  swapped('arithmetic', ARITHMETIC),
  swapped('bits', BITS),
  swapped('logic', { '&&': ['||'], '||': ['&&'] }),
]

type Swaps = Readonly<Record<string, readonly string[]>>

function swapped(name: string, swaps: Swaps): Operator {
  return {
    name,
    edits: (site) => {
      const { node } = site
      const left = child(node, 'leftExpression') ?? child(node, 'leftHandSide')
      const right = child(node, 'rightExpression') ?? child(node, 'rightHandSide')
      if (left === undefined || right === undefined) return []
      return (swaps[String(node['operator'])] ?? []).map((to) => reoperate(node, [left, right], to, site))
    },
  }
}
