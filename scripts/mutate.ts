/** Mutation tests of the contracts: mistakes made on purpose, each of which some test should notice. */
import { join } from 'node:path'
import { only, sample } from './mutate/choose.ts'
import { readExplanations } from './mutate/Explanations.ts'
import { MutateError } from './mutate/MutateError.ts'
import { diff, oneLine } from './mutate/Mutant.ts'
import type { Mutant } from './mutate/Mutant.ts'
import { readOptions } from './mutate/options.ts'
import type { Options } from './mutate/options.ts'
import { complaints, render, reportOf } from './mutate/Report.ts'
import type { Tried } from './mutate/Report.ts'
import { readMaterial, tryAll } from './mutate/run.ts'
import type { Material } from './mutate/run.ts'
import { sourceOf } from './mutate/Subject.ts'

/** What a shell is told of a run that says nothing about the tests. */
const EXIT_UNABLE = 2

try {
  await main(readOptions(process.argv.slice(2), join(import.meta.dirname, '..')))
} catch (error) {
  if (!(error instanceof MutateError)) throw error
  console.error(`mutate: ${error.message}`)
  process.exit(EXIT_UNABLE)
}

async function main(options: Options): Promise<void> {
  const material = await readMaterial(options)
  const chosen = choose(material.mutants, options)
  if (options.list) list(chosen, options)
  else await report(chosen, material, options)
}

function choose(mutants: readonly Mutant[], options: Options): readonly Mutant[] {
  const { mutant: ids, sample: size = mutants.length, seed } = options
  const wanted = ids === undefined ? only(mutants, options.only) : mutants.filter(({ id }) => ids.includes(id))
  if (wanted.length > 0) return size < wanted.length ? sample(wanted, { size, seed }) : wanted
  throw new MutateError(`No mutant is ${(ids ?? options.only).join(' or ')}.`, {
    next: '--list shows which there are.',
  })
}

function list(mutants: readonly Mutant[], { json }: Options): void {
  for (const { id, file, line, original, replacement } of mutants) {
    console.log(`${id}\n  ${file}:${line}\n  - ${oneLine(original)}\n  + ${oneLine(replacement)}`)
  }
  console.log(json ? JSON.stringify({ total: mutants.length }) : `${mutants.length} mutants`)
}

async function report(chosen: readonly Mutant[], { mutants, subjects }: Material, options: Options): Promise<void> {
  const explanations = await readExplanations(options.survivors)
  if (options.mutant !== undefined) for (const mutant of chosen) console.log(diff(mutant, sourceOf(mutant, subjects)))
  const { tried, left, resumed } = await tryAll(chosen, subjects, options)
  const known = new Set(mutants.map(({ id }) => id))
  // Of contracts that are not under mutation nobody can say what is gone.
  const gone = isWhole(options) ? [...explanations.keys()].filter((id) => !known.has(id)) : []
  const summary = reportOf({ tried, explanations, gone, left, resumed })
  console.log(render(summary, tried))
  if (options.mutant !== undefined) for (const { result } of tried) console.log(verdictText({ result }))
  if (options.json) console.log(JSON.stringify(summary))
  for (const complaint of complaints(summary, options.atLeast)) {
    console.error(`mutate: ${complaint}`)
    process.exitCode = 1
  }
}

function verdictText({ result }: Pick<Tried, 'result'>): string {
  return `${result.id} ${result.verdict}${result.by === '' ? '' : ` by: ${result.by}`}`
}

function isWhole(options: Options): boolean {
  return options.mutant === undefined && options.only.length === 0 && options.sample === undefined
}
