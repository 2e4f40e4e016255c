import type { OnProgress } from '@musubi/cli'
import { Binding, Enrolment, LeafTree, SignerId } from '@musubi/sdk'
import type { Hex } from 'viem'
import { z } from 'zod'
import { existsSync, readdirSync } from 'node:fs'
import type { RowProblem } from '../devices/csv.ts'
import { BadRowsError, FIRST_ROW } from '../devices/csv.ts'
import type { DeviceSpec } from '../devices/spec.ts'
import { mapInTurns } from '../progress.ts'
import type { StateDirectory } from '../state/StateDirectory.ts'
import { readJson, readLines, writeJson, writeLines } from '../state/files.ts'
import { bindingSchema, bytes32, enrolmentSchema, hex } from '../state/schemas.ts'
import type { Standing } from './bindingOf.ts'
import { bindingOf } from './bindingOf.ts'
import { problemsOf } from './unsound.ts'

const deviceSchema = z.strictObject({
  index: z.int().nonnegative(),
  bindingId: bytes32,
  deviceSigner: hex,
  binding: bindingSchema,
})
const fleetSchema = z.strictObject({
  version: z.literal(1),
  enrolmentId: bytes32,
  enrolment: enrolmentSchema,
  partySigner: hex,
  /** Once all have signed. */
  signatures: z.strictObject({ party: hex, attester: hex }).optional(),
})

/** One device of a fleet, as the tree has it. */
export type FleetDevice = {
  readonly index: number
  readonly bindingId: Hex
  readonly deviceSigner: Hex
  readonly binding: Binding.Binding
}

/** An enrolment with all its devices. */
export type Fleet = Omit<z.output<typeof fleetSchema>, 'version'> & { readonly devices: readonly FleetDevice[] }

/** Builds the enrolment of a fleet: the same rows, party, attester and secret give the same one each time. */
export async function build(specs: readonly DeviceSpec[], options: build.Options): Promise<Fleet> {
  const { attester, partySigner, onProgress } = options
  const problems: RowProblem[] = []
  const deviceOf = (spec: DeviceSpec, index: number) => {
    const binding = bindingOf(spec, options)
    problems.push(...problemsOf(binding).map((problem) => ({ row: index + FIRST_ROW, ...problem })))
    return { index, bindingId: Binding.id(binding), deviceSigner: spec.deviceSigner, binding }
  }
  const devices = await mapInTurns(specs, deviceOf, onProgress)
  // The registry sees a root alone: what it would never activate nobody but us can keep out.
  if (problems.length > 0) throw new BadRowsError(problems)
  const { root, count } = treeOf({ devices })
  const times = { validFrom: lowest(specs), validUntil: highest(specs) }
  const enrolment = { root, count, partyId: SignerId.of(partySigner), attester, ...times }
  return { enrolmentId: Enrolment.id(enrolment), enrolment, partySigner, devices }
}
export declare namespace build {
  type Options = Standing & { readonly onProgress?: OnProgress }
  type ErrorType = BadRowsError
}

/** The Merkle tree, which gives each device its proof. */
export function treeOf({ devices }: Pick<Fleet, 'devices'>): LeafTree.LeafTree {
  const bindingIds = devices.map(({ bindingId }) => bindingId)
  return LeafTree.build({ bindingIds, deviceIds: devices.map(({ binding }) => binding.deviceId) })
}

/** Keeps a fleet: the devices first, so that an enrolment that is there is there with all of them. */
export function save(state: StateDirectory, { devices, ...fleet }: Fleet): void {
  const folder = ['enrolments', fleet.enrolmentId] as const
  if (!existsSync(state.at(...folder, DEVICES))) writeLines(state.at(...folder, DEVICES), devices)
  writeJson(state.at(...folder, FLEET), { version: 1, ...fleet })
}

/** What is kept of a fleet, without its devices; undefined when there is nothing. */
export function find(state: StateDirectory, enrolmentId: Hex): Omit<Fleet, 'devices'> | undefined {
  const path = state.at('enrolments', enrolmentId, FLEET)
  return existsSync(path) ? readJson(path, fleetSchema) : undefined
}

export function devicesOf(state: StateDirectory, enrolmentId: Hex): readonly FleetDevice[] {
  return readLines(state.at('enrolments', enrolmentId, DEVICES), deviceSchema)
}

/** All fleets of the state, one after the other: each may have a million devices. */
export function all(state: StateDirectory): Generator<Fleet> {
  return allBut(state, undefined)
}

/** The same without one, whose devices are not even read. */
export function* allBut(state: StateDirectory, enrolmentId: Hex | undefined): Generator<Fleet> {
  const folder = state.at('enrolments')
  const names = existsSync(folder) ? readdirSync(folder).sort() : []
  for (const name of names) {
    if (name === enrolmentId) continue
    const fleet = find(state, name as Hex)
    if (fleet !== undefined) yield { ...fleet, devices: devicesOf(state, fleet.enrolmentId) }
  }
}

/** Where bindings are that this attester enrolled; those that it did not are left out. */
export function placesOf(state: StateDirectory, bindingIds: readonly Hex[]): readonly Place[] {
  const sought = new Set(bindingIds)
  const places: Place[] = []
  for (const { enrolmentId, devices } of all(state)) {
    for (const { bindingId, index } of devices) {
      if (sought.has(bindingId)) places.push({ enrolmentId, index, bindingId })
    }
  }
  return places
}
export type Place = { readonly enrolmentId: Hex; readonly index: number; readonly bindingId: Hex }

const DEVICES = 'devices.jsonl'
const FLEET = 'enrolment.json'

function lowest(specs: readonly DeviceSpec[]): number {
  return specs.reduce((least, { validFrom }) => Math.min(least, validFrom), Number.MAX_SAFE_INTEGER)
}

function highest(specs: readonly DeviceSpec[]): number {
  return specs.reduce((most, { validUntil }) => Math.max(most, validUntil), 0)
}
