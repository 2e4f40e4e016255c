import { createRequire } from 'node:module'
import { requireDigest } from './keys.ts'

/** The curve arithmetic that a secp256k1 library offers. */
export type Secp256k1Backend = {
  readonly name: 'native' | 'wasm' | 'javascript'
  /** r || s with low s, and the parity of R's y. */
  sign(digest: Uint8Array, privateKey: Uint8Array): { readonly signature: Uint8Array; readonly yParity: number }
  /** The 64 bytes x || y of the public key, or undefined when there is none. */
  recover(digest: Uint8Array, signature: Uint8Array, yParity: number): Uint8Array | undefined
  /** The 64 bytes x || y. */
  publicKey(privateKey: Uint8Array): Uint8Array
}

/** The backends from the fastest to the one that runs everywhere. */
export const SECP256K1_BACKENDS = ['native', 'wasm', 'javascript'] as const

/** Loads a backend by name; undefined when it does not run here. */
export async function loadBackend(name: Secp256k1Backend['name']): Promise<Secp256k1Backend | undefined> {
  try {
    return await LOADERS[name]()
  } catch (error) {
    // Not installed, or no binary for this machine: that is what the other backends are for.
    if (error instanceof Error && isMissing(error)) return undefined
    throw error
  }
}

/** Loads the fastest backend that runs here. */
export async function loadFastestBackend(): Promise<Secp256k1Backend> {
  for (const name of SECP256K1_BACKENDS) {
    const backend = await loadBackend(name)
    if (backend !== undefined) return backend
  }
  return loadJavascript()
}

const LOADERS = { native: loadNative, wasm: loadWasm, javascript: loadJavascript }

type NativeBindings = {
  ecdsaSign(digest: Uint8Array, key: Uint8Array): { readonly signature: Uint8Array; readonly recid: number }
  ecdsaRecover(signature: Uint8Array, recid: number, digest: Uint8Array, compressed: boolean): Uint8Array
  publicKeyCreate(key: Uint8Array, compressed: boolean): Uint8Array
}

function loadNative(): Promise<Secp256k1Backend> {
  // The bindings by their own file: the package's entry falls back to slow JavaScript without a word.
  const bindings = createRequire(import.meta.url)('secp256k1/bindings.js') as NativeBindings
  return Promise.resolve({
    name: 'native',
    sign: (digest, key) => {
      const { signature, recid } = bindings.ecdsaSign(digest, key)
      return { signature, yParity: recid }
    },
    recover: (digest, signature, yParity) =>
      orUndefined(() => bindings.ecdsaRecover(signature, yParity, digest, false).subarray(1)),
    publicKey: (key) => bindings.publicKeyCreate(key, false).subarray(1),
  })
}

async function loadWasm(): Promise<Secp256k1Backend> {
  const wasm = await import('tiny-secp256k1')
  return {
    name: 'wasm',
    sign: (digest, key) => {
      const { signature, recoveryId } = wasm.signRecoverable(digest, key)
      return { signature, yParity: recoveryId }
    },
    recover: (digest, signature, yParity) =>
      orUndefined(() => wasm.recover(digest, signature, yParity as 0 | 1, false)?.subarray(1)),
    publicKey: (key) => {
      const point = wasm.pointFromScalar(key, false)
      if (point === null) throw new RangeError('The private key is not in the range of the curve.')
      return point.subarray(1)
    },
  }
}

async function loadJavascript(): Promise<Secp256k1Backend> {
  const { secp256k1 } = await import('@noble/curves/secp256k1.js')
  return {
    name: 'javascript',
    sign: (digest, key) => {
      const recovered = secp256k1.sign(digest, key, { prehash: false, format: 'recovered' })
      return { signature: recovered.subarray(1), yParity: recovered[0] ?? 0 }
    },
    recover: (digest, signature, yParity) =>
      orUndefined(() => {
        // The other two refuse it by themselves.
        requireDigest(digest)
        const recovered = new Uint8Array([yParity, ...signature])
        const point = secp256k1.recoverPublicKey(recovered, digest, { prehash: false })
        return secp256k1.Point.fromBytes(point).toBytes(false).subarray(1)
      }),
    publicKey: (key) => secp256k1.getPublicKey(key, false).subarray(1),
  }
}

/** The libraries throw for a signature that is no signature; here that is an answer. */
function orUndefined(recover: () => Uint8Array | undefined): Uint8Array | undefined {
  try {
    return recover()
  } catch {
    return undefined
  }
}

/** The last one: a binary that is there, for another machine or system library. */
const MISSING_CODES = new Set<unknown>(['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ERR_DLOPEN_FAILED'])

function isMissing(error: Error): boolean {
  const code = 'code' in error ? error.code : undefined
  return MISSING_CODES.has(code) || /no native build/i.test(error.message)
}
