/**
 * Prints which secp256k1 backend is loaded when modules are missing or broken. FAULTS in the environment: a JSON list of
 * `{ specifier, code, message }`.
 */
import { registerHooks } from 'node:module'

type Fault = { readonly specifier: string; readonly code?: string; readonly message: string }
const faults = JSON.parse(process.env.FAULTS ?? '[]') as readonly Fault[]

registerHooks({
  resolve(specifier, context, nextResolve) {
    const fault = faults.find((each) => each.specifier === specifier)
    if (fault !== undefined) throw Object.assign(new Error(fault.message), { code: fault.code })
    return nextResolve(specifier, context)
  },
})

const { loadFastestBackend } = await import('../../src/adapters/signer/secp256k1Backend.ts')
console.log((await loadFastestBackend()).name)
