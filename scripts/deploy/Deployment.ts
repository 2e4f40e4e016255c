import { constants, existsSync } from 'node:fs'
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { getAddress, isAddress } from 'viem'
import { z } from 'zod'
import { DeployError, textOf } from './errors.ts'

const address = z
  .string()
  .refine((text) => isAddress(text, { strict: false }), 'is not an address')
  .transform((text) => getAddress(text))

const deploymentSchema = z.strictObject({
  version: z.literal(1),
  chainId: z.int().positive(),
  /** Block of the first contract: nothing of ours is older. */
  startBlock: z.int().nonnegative(),
  accessManager: address,
  p256Sha256Verifier: address,
  identityRegistry: address,
  channelEscrow: address,
  /** On local chains only. */
  settlementToken: address.optional(),
  closeDelayFloorSeconds: z.int().positive(),
})

/** Where the contracts of one chain are: what `deployments/<chainId>.json` says. */
export type Deployment = z.output<typeof deploymentSchema>

export function pathOf(folder: string, chainId: number): string {
  return join(folder, `${chainId}.json`)
}

/** The committed record of a chain; nothing when there is none. */
export async function read(path: string): Promise<Deployment | undefined> {
  if (!existsSync(path)) return undefined
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new DeployError(`${path} cannot be read: ${textOf(error)}. Mend it, or give another folder with --out.`)
  })
  try {
    return deploymentSchema.parse(JSON.parse(text))
  } catch (error) {
    const reason = error instanceof z.ZodError ? listIssues(error) : textOf(error)
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
export async function write(path: string, deployment: Deployment): Promise<void> {
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

function listIssues(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
}
