import type { Secp256k1Backend } from '../../src/adapters/signer/secp256k1Backend.ts'
import { SECP256K1_BACKENDS, loadBackend } from '../../src/adapters/signer/secp256k1Backend.ts'

/** The three backends; a test of them is worth nothing where one is missing, so that is an error. */
export const backends: readonly Secp256k1Backend[] = await Promise.all(
  SECP256K1_BACKENDS.map(async (name) => {
    const backend = await loadBackend(name)
    if (backend === undefined) throw new Error(`The backend ${name} does not run here. Install all dependencies.`)
    return backend
  }),
)

export const [fastest] = backends as [Secp256k1Backend]
