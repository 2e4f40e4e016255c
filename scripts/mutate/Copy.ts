import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { run } from '../runner/command.ts'
import type { Finished } from '../runner/command.ts'
import { fileOf } from './Build.ts'
import type { Code } from './Compiler.ts'

/** What a copy does not need, or makes by itself. */
const LEFT_OUT = new Set(['node_modules', '.git', 'artifacts', 'cache', 'coverage', 'dist', '.musubi'])

/** Fewer runs than usual: a change of the code is no rare input. */
const FEW_RUNS = { FUZZ_RUNS: '64', INVARIANT_RUNS: '8' }

/** A copy of the project, in which contracts may be wrong. */
export class Copy {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  /** With the artifacts, where they are not built anew. */
  static async of(project: string, folder: string, { artifacts }: { readonly artifacts: boolean }): Promise<Copy> {
    const isWanted = (path: string) => !LEFT_OUT.has(basename(path))
    await mkdir(folder, { recursive: true })
    // Name by name: Node copies no folder into one that lies below it.
    for (const name of (await readdir(project)).filter(isWanted)) {
      await cp(join(project, name), join(folder, name), { recursive: true, filter: isWanted })
    }
    await symlink(join(project, 'node_modules'), join(folder, 'node_modules'))
    const built = join(project, 'artifacts')
    const isCode = (path: string) => !path.startsWith(join(built, 'build-info'))
    if (artifacts) await cp(built, join(folder, 'artifacts'), { recursive: true, filter: isCode })
    return new Copy(folder)
  }

  /** Puts code in the place of what was built. */
  async install(codes: readonly Code[]): Promise<void> {
    for (const { sourceName, name, ...code } of codes) {
      const path = join(this.folder, 'artifacts', fileOf(sourceName), `${name}.json`)
      const artifact = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
      await writeFile(path, JSON.stringify({ ...artifact, ...code }))
    }
  }

  async write(sourceName: string, text: string): Promise<void> {
    await writeFile(join(this.folder, fileOf(sourceName)), text)
  }

  /** Runs mocha on the code that is installed, in the order of the files, and no further than the first failure. */
  mocha(files: readonly string[], secondsMax: number): Promise<Finished> {
    return this.#hardhat(['test', 'mocha', '--no-compile', '--bail', ...files], secondsMax)
  }

  /** Compiles what is written, and runs fuzz tests and invariants on it. */
  solidity(files: readonly string[], secondsMax: number): Promise<Finished> {
    return this.#hardhat(['test', 'solidity', ...files], secondsMax)
  }

  #hardhat(args: readonly string[], secondsMax: number): Promise<Finished> {
    const cli = join('node_modules', 'hardhat', 'dist', 'src', 'cli.js')
    const env = { ...process.env, ...FEW_RUNS, NO_COLOR: '1', FORCE_COLOR: undefined }
    return run(process.execPath, [cli, ...args], { echo: false, secondsMax, env, cwd: this.folder })
  }
}

/** Builds the project where it lies, into folders that Git ignores: copies start from there. */
export async function buildProject(project: string, secondsMax: number): Promise<Finished> {
  const cli = join(project, 'node_modules', 'hardhat', 'dist', 'src', 'cli.js')
  if (!existsSync(cli)) return { code: 1, output: `There is no ${cli}: run npm ci.`, seconds: 0, timedOut: false }
  return run(process.execPath, [cli, 'build', '--quiet', '--no-tests'], { echo: false, secondsMax, cwd: project })
}
