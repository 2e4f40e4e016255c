import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { MutateError } from './MutateError.ts'
import { oneLine } from './Mutant.ts'
import type { Mutant } from './Mutant.ts'

/** Why a mutant may live: mostly because it does the same as the original. */
const Explanation = z.strictObject({
  id: z.string(),
  place: z.string(),
  operator: z.string(),
  original: z.string(),
  replacement: z.string(),
  reason: z.string().trim().min(1),
})
export type Explanation = z.infer<typeof Explanation>

const File = z.strictObject({ survivors: z.array(Explanation) })

export type Explanations = ReadonlyMap<string, Explanation>

export async function readExplanations(path: string): Promise<Explanations> {
  if (!existsSync(path)) return new Map()
  const read = File.safeParse(JSON.parse(await readFile(path, 'utf8')))
  if (read.success) return new Map(read.data.survivors.map((each) => [each.id, each]))
  throw new MutateError(`${path} is no list of survivors: ${z.prettifyError(read.error)}`, {
    next: 'Every entry needs id, place, operator, original, replacement and a reason.',
  })
}

/** An entry to copy into the file, and to complete. */
export function entryFor({ id, place, operator, original, replacement }: Mutant): Explanation {
  return { id, place, operator, original: oneLine(original), replacement: oneLine(replacement), reason: '' }
}
