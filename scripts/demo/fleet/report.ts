import Table from 'cli-table3'
import type { Answer } from '../devices/chargerProtocol.ts'
import { counted } from '../numbers.ts'
import { plainTable } from '../tables.ts'
import { dateOf } from './calendar.ts'
import type { Check } from './Check.ts'
import { wordsOf } from './liability.ts'
import type { Moment } from './liability.ts'
import type { Party } from './People.ts'
import { tallyOf } from './standings.ts'
import type { Standing } from './standings.ts'

const KEY_TYPES = { p256: 'P-256', secp256k1: 'secp256k1' } as const
/** What all of a charger's reasons would repeat. */
const COMMON_WORDS = /^(Presentation|IdentityVerifier)\.|Error$/g
const HOUR_SECONDS = 3600

/** Every case in a row: what came, and what the charger made of it. */
export function checkTable(checks: readonly Check[], parties: readonly Party[]): string {
  const table = new Table(plainTable(['device', 'key', 'case', 'verdict', 'reason', 'age']))
  for (const { device, what, answer } of checks) {
    const key = device === undefined ? '-' : KEY_TYPES[device.key.kind]
    table.push([device?.name ?? '-', key, what, ...verdictOf(answer, parties)])
  }
  return `\nChargers without a network: what came, and what they made of it.\n\n${table.toString()}\n`
}

/** Who answered for the sold car. */
export function momentTable(moments: readonly Moment[]): string {
  const table = new Table(plainTable(['time (UTC)', 'moment', 'who answers, by the chain']))
  for (const { seconds, what, given } of moments) table.push([dateOf(seconds), what, wordsOf(given)])
  return `Who answers for the car that was sold.\n\n${table.toString()}\n`
}

/** What a person should know at the end. */
export function closingWords(facts: closingWords.Facts): string {
  const { enrolled, transactions, gas, checks, standings, seconds } = facts
  const accepted = checks.filter(({ answer }) => answer.kind === 'accepted').length
  return [
    `${counted(enrolled)} devices enrolled by ${transactions} transactions (${counted(gas)} gas in all), in ${seconds} s.`,
    `Offline, ${accepted} were accepted and ${checks.length - accepted} refused, each with its reason.`,
    `By the chain, of the bindings with a story: ${tallyOf(standings)}.`,
    '',
    'How identity is shown without a network:  docs/PROTOCOL.md',
  ].join('\n')
}
export declare namespace closingWords {
  type Facts = {
    readonly enrolled: number
    readonly transactions: number
    readonly gas: bigint
    readonly checks: readonly Check[]
    readonly standings: readonly Standing[]
    readonly seconds: number
  }
}

/** Verdict, reason, and how old the proof of freshness was. */
function verdictOf(answer: Answer, parties: readonly Party[]): [string, string, string] {
  if (answer.kind === 'accepted') {
    const liable = parties.find(({ partyId }) => partyId === answer.partyId)?.name ?? answer.partyId
    return ['accepted', `${liable} answers`, ageOf(answer.freshnessAgeSeconds)]
  }
  return answer.kind === 'refused'
    ? ['refused', answer.error.replaceAll(COMMON_WORDS, ''), '-']
    : [answer.kind, '-', '-']
}

function ageOf(seconds: number | undefined): string {
  return seconds === undefined ? 'none' : `${Math.floor(seconds / HOUR_SECONDS)} h`
}
