import { readFile } from 'node:fs/promises'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { MutateError } from './MutateError.ts'

const Artifact = z.object({ contractName: z.string(), inputSourceName: z.string(), buildInfoId: z.string() })

const Input = z.object({
  language: z.literal('Solidity'),
  settings: z.record(z.string(), z.unknown()),
  sources: z.record(z.string(), z.object({ content: z.string() })),
})
const BuildInfo = z.object({ input: Input })

/** What solc was given: all sources by name, and how to compile them. */
export type Input = z.infer<typeof Input>

/** A contract that is compiled anew with a mutant in. */
export type Target = { readonly name: string; readonly sourceName: string; readonly input: Input }

/** What Hardhat puts before the names of a project's own files. */
const OWN = 'project/'

/** Reads from Hardhat's artifacts how each of the contracts was compiled, so that a mutant is compiled in the same way. */
export async function readTargets(project: string, names: readonly string[]): Promise<readonly Target[]> {
  return Promise.all(names.map((name) => readTarget(project, name)))
}

async function readTarget(project: string, name: string): Promise<Target> {
  const artifacts = join(project, 'artifacts')
  const [path] = globSync(`contracts/**/${name}.json`, { cwd: artifacts })
  if (path === undefined) {
    throw new MutateError(`There is no contract ${name} among the artifacts.`, {
      next: 'Give --contracts the name of a contract in contracts/.',
    })
  }
  const { inputSourceName, buildInfoId } = Artifact.parse(await readJson(join(artifacts, path)))
  const { input } = BuildInfo.parse(await readJson(join(artifacts, 'build-info', `${buildInfoId}.json`)))
  // solc would write a hash of the sources into the code: two equal codes must look equal.
  const settings = { ...input.settings, metadata: { bytecodeHash: 'none' } }
  return { name, sourceName: inputSourceName, input: { ...input, settings } }
}

export function isOwn(sourceName: string): boolean {
  return sourceName.startsWith(OWN)
}

/** The file that people know a source by. */
export function fileOf(sourceName: string): string {
  return isOwn(sourceName) ? sourceName.slice(OWN.length) : sourceName
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'))
}
