import { constants, existsSync } from 'node:fs'
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Deployment } from '@musubi/sdk'
import { DeployError, textOf } from './errors.ts'

export function pathOf(folder: string, chainId: number): string {
  return join(folder, `${chainId}.json`)
}

/** The committed record of a chain; nothing when there is none. */
export async function read(path: string): Promise<Deployment.Deployment | undefined> {
  if (!existsSync(path)) return undefined
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new DeployError(`${path} cannot be read: ${textOf(error)}. Mend it, or give another folder with --out.`)
  })
  try {
    return Deployment.parse(text)
  } catch (error) {
    const reason = error instanceof Deployment.BadDeploymentError ? String(error.expected) : textOf(error)
    throw new DeployError(`${path} is not a deployment of version 1: ${reason}. Move it away to deploy afresh.`)
  }
}

/** Makes the folder, so that one that cannot be written to is found before anything is deployed. */
export async function prepare(path: string): Promise<void> {
  const folder = dirname(path)
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
  } catch (error) {
    throw new DeployError(`${path} cannot be written: ${textOf(error)}. Give another folder with --out.`)
  }
}

/** Whole or not at all: a reader never meets half a file. */
export async function write(path: string, deployment: Deployment.Deployment): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    const file = await open(temporary, 'w')
    try {
      await file.writeFile(`${JSON.stringify(deployment, null, 2)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw new DeployError(
      `The contracts are deployed, but ${path} cannot be written: ${textOf(error)}. Deploy again with --out.`,
    )
  }
}
