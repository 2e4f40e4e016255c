import { existsSync, readdirSync } from 'node:fs'
import type { Binding } from '@musubi/sdk'
import type { Hex } from 'viem'
import { z } from 'zod'
import type { StateDirectory } from '../state/StateDirectory.ts'
import { readJson, writeJson } from '../state/files.ts'
import { bindingSchema, bytes32, hex } from '../state/schemas.ts'

const schema = z.strictObject({
  version: z.literal(1),
  bindingId: bytes32,
  binding: bindingSchema,
  deviceSigner: hex,
  partySigner: hex,
  signatures: z.strictObject({ device: hex, party: hex, attester: hex }),
})

/** A device that was bound by itself, with everything that was signed. */
export type BoundDevice = Omit<z.output<typeof schema>, 'version' | 'binding'> & { readonly binding: Binding.Binding }

/** Keeps what was signed, before it is sent: the chain has no copy of party's and attester's signatures to read back. */
export function save(state: StateDirectory, bound: BoundDevice): void {
  writeJson(pathOf(state, bound.bindingId), { version: 1, ...bound })
}

/** All of them, in the order of their ids. */
export function* all(state: StateDirectory): Generator<BoundDevice> {
  const folder = state.at('bindings')
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  for (const name of names.sort()) yield readJson(state.at('bindings', name), schema)
}

function pathOf(state: StateDirectory, bindingId: Hex): string {
  return state.at('bindings', `${bindingId}.json`)
}
