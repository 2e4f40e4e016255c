import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { StatusList } from '@musubi/sdk'
import type { Hex } from 'viem'
import { z } from 'zod'
import type { StateDirectory } from '../state/StateDirectory.ts'
import { readLines, writeLines, writeWhole } from '../state/files.ts'
import { bytes32 } from '../state/schemas.ts'
import type { PublishedToken } from './day.ts'

const tokenSchema = z.strictObject({
  bindingId: bytes32,
  deviceId: bytes32,
  day: z.int().nonnegative(),
  preimage: bytes32,
})

const LIST = /^(\d+)\.status$/

/** Files of one day (UTC): lists by their second, and the tokens. */
export function pathsOf(state: StateDirectory, date: string) {
  return {
    list: (asOf: number) => state.at('status', date, `${asOf}.status`),
    tokens: state.at('status', date, 'tokens.jsonl'),
  }
}

/** The newest list of a day, undefined when there is none yet. */
export function newestList(state: StateDirectory, date: string): StatusList.PublishedStatusList | undefined {
  const folder = state.at('status', date)
  const seconds = existsSync(folder) ? readdirSync(folder).flatMap((name) => LIST.exec(name)?.[1] ?? []) : []
  const newest = Math.max(0, ...seconds.map(Number))
  if (newest === 0) return undefined
  return StatusList.decode(readFileSync(pathsOf(state, date).list(newest)))
}

/** Keeps tokens and list, the list last: a list that is there has its tokens beside it. */
export function save(state: StateDirectory, { date, list, tokens }: save.Options): void {
  const paths = pathsOf(state, date)
  writeLines(paths.tokens, tokens)
  writeWhole(paths.list(list.snapshot.asOf), StatusList.encode(list))
}
export declare namespace save {
  type Options = {
    readonly date: string
    readonly list: StatusList.PublishedStatusList
    readonly tokens: readonly PublishedToken[]
  }
}

/** The newest tokens that were published, by binding; none before the first day. */
export function newestTokens(state: StateDirectory): ReadonlyMap<Hex, PublishedToken> {
  const folder = state.at('status')
  const dates = existsSync(folder) ? readdirSync(folder).sort() : []
  const path = dates.map((date) => pathsOf(state, date).tokens).findLast((each) => existsSync(each))
  return new Map(path === undefined ? [] : readLines(path, tokenSchema).map((token) => [token.bindingId, token]))
}
