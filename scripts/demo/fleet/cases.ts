import { acceptedCases } from './acceptedCases.ts'
import type { Case, Check } from './Check.ts'
import { clockCases, endedCases, forgedCases, misdirectedCases, staleCases } from './refusedCases.ts'
import type { Scene } from './Scene.ts'
import { trustListCases } from './trustListCases.ts'

/** How many there are: a case that went missing would otherwise look like one that went well. */
export const CASES = 30

/** Lets everything happen, in the one order in which it can: trust lists and clocks go forward. */
export async function checkOffline(scene: Scene): Promise<readonly Check[]> {
  const cases: readonly Case[] = [
    ...acceptedCases(scene),
    ...endedCases(scene),
    ...staleCases(scene),
    ...misdirectedCases(scene),
    ...(await forgedCases(scene)),
    ...trustListCases(scene),
    ...clockCases(scene),
  ]
  const checks: Check[] = []
  for (const { run, ...rest } of cases) checks.push({ ...rest, answer: await run() })
  return checks
}
