import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Deployment } from '@musubi/sdk'
import type { ChainReader } from '@musubi/sdk'
import type { ChainProcess } from './ChainProcess.ts'
import { Ledger } from './Ledger.ts'
import type { Programs } from './Programs.ts'

/** Deploys with the same command that anybody uses, and reads the file that it wrote. */
export async function deployContracts(
  chain: ChainProcess,
  { folder, root, programs, reader }: deployContracts.Options,
): Promise<Ledger> {
  const args = ['--network', 'anvil', '--out', folder, '--json']
  const { path } = await programs.runJson(join(root, 'scripts', 'deploy.ts'), {
    args,
    env: { ANVIL_RPC_URL: chain.url },
  })
  return new Ledger(reader, Deployment.parse(await readFile(String(path), 'utf8')))
}
export declare namespace deployContracts {
  type Options = {
    readonly folder: string
    readonly root: string
    readonly programs: Programs
    readonly reader: ChainReader
  }
}
