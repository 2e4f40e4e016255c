import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UsageError } from '@musubi/cli'
import type { Deployment } from '@musubi/sdk'
import { isAddressEqual } from 'viem'
import { z } from 'zod'
import { readJson, readJsonIfThere, writeJson } from './files.ts'
import { address } from './schemas.ts'

const configSchema = z.strictObject({
  version: z.literal(1),
  attester: address,
  /** Where the attester publishes its keys, when it does. */
  did: z.string().optional(),
  chainId: z.int().positive(),
  registry: address,
})

/** Who this attester is, and for which registry it signs. */
export type Config = z.output<typeof configSchema>

/** What an attester keeps: plain files, each of which is whole at any moment. Secrets lie in it encrypted alone. */
export type StateDirectory = {
  readonly path: string
  readonly config: Config
  /** A file in it. */
  at(...parts: readonly string[]): string
}

export const FILES = { config: 'config.json', keystore: 'keystore.json', secret: 'freshness-secret.json' } as const

/** Makes the directory's configuration; the same one again changes nothing. */
export function create(directory: string, config: Config): StateDirectory {
  const path = resolve(directory)
  const file = join(path, FILES.config)
  const there = readJsonIfThere(file, configSchema)
  if (there === undefined) writeJson(file, config)
  else if (JSON.stringify(there) !== JSON.stringify(config)) {
    throw new UsageError('State.OtherConfigError', `${path} belongs to another attester, domain or registry.`, {
      given: JSON.stringify(config),
      expected: JSON.stringify(there),
      next: 'Name another directory with --state.',
    })
  }
  return opened(path, config)
}

/** Opens what `init` made, and refuses to use it with another registry than the one that it was made for. */
export function open(directory: string, deployment: Deployment.Deployment | undefined): StateDirectory {
  const path = resolve(directory)
  if (!existsSync(join(path, FILES.config))) {
    throw new UsageError('State.NoStateError', 'There is no state of an attester here.', {
      given: path,
      expected: `a directory with ${FILES.config}`,
      next: 'Make one with `musubi-attester init`, or name it with --state.',
    })
  }
  const config = readJson(join(path, FILES.config), configSchema)
  if (deployment !== undefined) requireRegistry(config, deployment)
  return opened(path, config)
}

function requireRegistry({ chainId, registry }: Config, deployment: Deployment.Deployment): void {
  if (chainId === deployment.chainId && isAddressEqual(registry, deployment.identityRegistry)) return
  throw new UsageError('State.OtherRegistryError', 'The state was made for another registry.', {
    given: `${deployment.identityRegistry} on chain ${deployment.chainId}`,
    expected: `${registry} on chain ${chainId}`,
    next: 'Name the right --deployment, or another --state.',
  })
}

function opened(path: string, config: Config): StateDirectory {
  return { path, config, at: (...parts) => join(path, ...parts) }
}
