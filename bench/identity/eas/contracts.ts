import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Artifact } from '../localChain.ts'
import { parseArtifact } from '../localChain.ts'

export type EasContracts = { readonly registry: Artifact; readonly eas: Artifact }

/**
 * The contracts of EAS as its package ships them, compiled by its authors: their sources are pinned to a compiler that is not
 * ours. Undefined where the package is not installed.
 */
export async function loadEas(require = createRequire(import.meta.url)): Promise<EasContracts | undefined> {
  const [registry, eas] = [pathOf('SchemaRegistry', require), pathOf('EAS', require)]
  if (registry === undefined || eas === undefined) return undefined
  return {
    registry: parseArtifact(await readFile(registry, 'utf8')),
    eas: parseArtifact(await readFile(eas, 'utf8')),
  }
}

function pathOf(name: string, require: NodeJS.Require): string | undefined {
  try {
    return require.resolve(`@ethereum-attestation-service/eas-contracts/artifacts/contracts/${name}.sol/${name}.json`)
  } catch {
    return undefined
  }
}
