import { join } from 'node:path'
import { readTargets } from './Build.ts'
import { merged, mutantsOf } from './collect.ts'
import { Compiler } from './Compiler.ts'
import { buildProject } from './Copy.ts'
import { fingerprintOf, Journal } from './Journal.ts'
import { Judge } from './Judge.ts'
import type { Bench } from './Judge.ts'
import { MutateError } from './MutateError.ts'
import type { Mutant } from './Mutant.ts'
import type { Options } from './options.ts'
import { Progress } from './Progress.ts'
import type { Tried } from './Report.ts'
import { SecondLine } from './SecondLine.ts'
import { readSubject } from './Subject.ts'
import type { Subject } from './Subject.ts'
import { openWorkFolder } from './workFolder.ts'

const BUILD_SECONDS_MAX = 15 * 60
/** A mutant may make tests slower, and the machine may be busy; what takes this much longer will not end. */
const PATIENCE = 3
const PATIENCE_SECONDS = 30

/** The contracts as they are, and every mutant of them. */
export type Material = { readonly subjects: readonly Subject[]; readonly mutants: readonly Mutant[] }

export async function readMaterial({ project, contracts }: Options): Promise<Material> {
  const built = await buildProject(project, BUILD_SECONDS_MAX)
  if (built.code !== 0) {
    throw new MutateError(`The contracts do not build:\n${built.output}\n`, { next: 'Mend them first.' })
  }
  const compiler = new Compiler()
  const subjects: Subject[] = []
  for (const target of await readTargets(project, contracts)) subjects.push(await readSubject(target, compiler))
  await compiler.close()
  return { subjects, mutants: merged(subjects.map(({ target, trees }) => mutantsOf(target, trees))) }
}

export type Finding = { readonly tried: readonly Tried[]; readonly left: number; readonly resumed: number }

/** Tries mutants, as many at a time as there are workers, and writes each result down before the next. */
export async function tryAll(
  mutants: readonly Mutant[],
  subjects: readonly Subject[],
  options: Options,
): Promise<Finding> {
  const { project, state } = options
  const started = performance.now()
  const fingerprint = await fingerprintOf(options, subjects)
  const journal = await Journal[options.resume ? 'resume' : 'begin'](state, fingerprint)
  const known = mutants.flatMap((mutant) => {
    const result = journal.known.get(mutant.id)
    return result === undefined ? [] : [{ mutant, result }]
  })
  const queue = mutants.filter(({ id }) => !journal.known.has(id))
  const tried: Tried[] = [...known]
  if (queue.length === 0) return { tried, left: 0, resumed: known.length }

  const folder = openWorkFolder(join(project, 'cache', 'mutate'))
  const solidity = new SecondLine({ project, folder: join(folder, 'solidity'), subjects })
  const secondLine = options.mochaOnly ? undefined : solidity
  const judges = await appointed({ project, folder, subjects, secondLine }, options)
  const progress = new Progress(queue.length)
  const isLate = () => options.seconds !== undefined && (performance.now() - started) / 1_000 > options.seconds
  const work = async (judge: Judge) => {
    // One is tried however late it is: a run that tried none has said nothing.
    while (queue.length > 0 && (tried.length === known.length || !isLate())) {
      const mutant = queue.shift()
      if (mutant === undefined) break
      const result = await judge.try(mutant)
      await journal.add(result)
      tried.push({ mutant, result })
      progress.advance(`${result.verdict} ${mutant.id} ${result.seconds.toFixed(1)} s`)
    }
  }
  try {
    await Promise.all(judges.map(work))
  } finally {
    progress.end()
    await Promise.all(judges.map((judge) => judge.close()))
  }
  return { tried, left: queue.length, resumed: known.length }
}

/** Judges with their copies, once the unchanged code has passed its tests. */
async function appointed(bench: Omit<Bench, 'mochaSecondsMax'>, { workers }: Options): Promise<readonly Judge[]> {
  let seconds = 0
  const first = await Judge.appoint('baseline', { ...bench, mochaSecondsMax: 0 })
  for (const subject of bench.subjects) seconds += await first.baseline(subject)
  await first.close()
  console.error(`Without a mutant the tests pass, in ${seconds.toFixed(1)} s.`)
  const mochaSecondsMax = PATIENCE_SECONDS + PATIENCE * seconds
  const names = Array.from({ length: workers }, (_, index) => `worker-${index}`)
  return Promise.all(names.map((name) => Judge.appoint(name, { ...bench, mochaSecondsMax })))
}
