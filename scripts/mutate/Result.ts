import { z } from 'zod'

export const VERDICTS = ['killed', 'timeout', 'survived', 'stillborn', 'equivalent'] as const

/**
 * What became of a mutant. `stillborn` does not compile, `equivalent` compiles to the very same code: neither is one that
 * a test could notice, so neither is counted.
 */
export const Result = z.object({
  id: z.string(),
  verdict: z.enum(VERDICTS),
  /** The first test that failed. */
  by: z.string(),
  seconds: z.number(),
})
export type Result = z.infer<typeof Result>

export function isCounted({ verdict }: Pick<Result, 'verdict'>): boolean {
  return verdict !== 'stillborn' && verdict !== 'equivalent'
}

/** A mutant whose tests never end was noticed. */
export function isKilled({ verdict }: Pick<Result, 'verdict'>): boolean {
  return verdict === 'killed' || verdict === 'timeout'
}
