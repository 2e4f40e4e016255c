import type { Abi } from 'viem'
import * as Constants from '../../generated/constants.ts'
import { errorNotices } from '../../generated/errorNotices.ts'

export type ErrorItem = Extract<Abi[number], { readonly type: 'error' }>

/**
 * What a contract's error says, for people: the sentence beside it in the contract, then what was given and what was
 * allowed, then ids. Undefined for an error that is not ours.
 */
export function sentenceOf(item: ErrorItem, values: readonly unknown[]): string | undefined {
  const notice = errorNotices[item.name]
  if (notice === undefined) return undefined
  const names = new Set(item.inputs.map(({ name }) => name ?? ''))
  const parts = item.inputs.map(({ name = '', internalType = '' }, index) => ({
    isId: /^bytes32$/.test(item.inputs[index]?.type ?? ''),
    isGiven: name === 'given',
    text: `${wordsOf(name)} ${valueOf(values[index], { name, internalType, names })}`,
  }))
  const limits = parts.filter(({ isId, isGiven }) => !isId && !isGiven)
  const ids = parts.filter(({ isId, isGiven }) => isId && !isGiven)
  const texts = [...parts.filter(({ isGiven }) => isGiven), ...limits, ...ids].map(({ text }) => text)
  const sentence = notice.replaceAll('`', '').replace(/[.]$/, '')
  return texts.length === 0 ? sentence : `${sentence}: ${texts.join(', ')}`
}

/** `blockTime` reads `block time`. */
function wordsOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

type Naming = { readonly name: string; readonly internalType: string; readonly names: ReadonlySet<string> }

function valueOf(value: unknown, { name, internalType, names }: Naming): string {
  const text = String(value)
  if (internalType.startsWith('enum ')) return memberOf(internalType.slice('enum '.length), value) ?? text
  const isTime = TIMES.test(name) || (name === 'given' && [...names].some((other) => TIMES.test(other)))
  return isTime ? withDate(value, text) : text
}

/** Arguments that are seconds since 1970; what stands beside one as `given` is one, too. */
const TIMES = /^(blockTime|deadline|validUntil|newest|.+At)$/

function memberOf(enumName: string, value: unknown): string | undefined {
  const members = (Constants as Readonly<Record<string, unknown>>)[enumName]
  if (typeof members !== 'object' || members === null) return undefined
  return Object.entries(members).find(([, member]) => member === Number(value))?.[0]
}

/** The largest time of JavaScript, in seconds. Contracts can say later ones. */
const DATE_SECONDS_MAX = 8_640_000_000_000

function withDate(value: unknown, text: string): string {
  const seconds = Number(value)
  if (!(seconds >= 0 && seconds <= DATE_SECONDS_MAX)) return text
  return `${text} (${new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')})`
}
