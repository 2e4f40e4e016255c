import { AbiCoder, concat, id, keccak256 } from 'ethers'
import { enrolmentTypes } from '../../../sdk/src/generated/typedData.ts'
import type { Binding } from './bindings.ts'
import { bindingIdOf } from './bindings.ts'
import type { Device, Message } from './devices.ts'
import { ZERO_HASH, domainOf, ethers } from './world.ts'
import type { World } from './world.ts'

export type Enrolment = {
  root: string
  count: number
  partyId: string
  attester: string
  validFrom: bigint | number
  validUntil: bigint | number
}

const LEAF_TYPEHASH = id('Leaf(uint32 index,bytes32 bindingId)')

export function leafOf(index: number, bindingId: string): string {
  const encoded = AbiCoder.defaultAbiCoder().encode(['bytes32', 'uint32', 'bytes32'], [LEAF_TYPEHASH, index, bindingId])
  return keccak256(keccak256(encoded))
}

/** Every level of the tree over these bindings, leaves first; empty places hold zero. */
export function levelsOf(bindingIds: readonly string[]): string[][] {
  const depth = Math.ceil(Math.log2(bindingIds.length))
  const leaves = Array.from({ length: 2 ** depth }, (_, index) => {
    const bindingId = bindingIds[index]
    return bindingId === undefined ? ZERO_HASH : leafOf(index, bindingId)
  })
  const levels = [leaves]
  for (let level = leaves; level.length > 1;) {
    const below = level
    level = Array.from({ length: below.length / 2 }, (_, i) => keccak256(concat([below[2 * i]!, below[2 * i + 1]!])))
    levels.push(level)
  }
  return levels
}

/** Siblings from the leaf up. */
export function proofOf(levels: readonly string[][], index: number): string[] {
  return levels.slice(0, -1).map((level, height) => level[(index >> height) ^ 1]!)
}

/** A fleet whose tree has `depth` levels although only `bindings`, from place 0 on, are known: the rest is made up. */
export function deepFleet(bindings: readonly Binding[], depth: number): { root: string; proofs: string[][] } {
  const levels = levelsOf(bindings.map(bindingIdOf))
  const known = levels.length - 1
  const above = Array.from({ length: depth - known }, (_, height) => id(`made up ${height}`))
  const root = above.reduce((node, sibling) => keccak256(concat([node, sibling])), levels.at(-1)![0]!)
  return { root, proofs: bindings.map((_, index) => [...proofOf(levels, index), ...above]) }
}

/** The enrolment of a fleet that one party answers for, with the first binding's validity. */
export function makeEnrolment(bindings: readonly Binding[], overrides: Partial<Enrolment> = {}): Enrolment {
  const [first] = bindings
  if (first === undefined) throw new Error('a fleet has at least one device')
  const { partyId, attester, validFrom, validUntil } = first
  const root = levelsOf(bindings.map(bindingIdOf)).at(-1)![0]!
  return { root, count: bindings.length, partyId, attester, validFrom, validUntil, ...overrides }
}

export function enrolmentIdOf(enrolment: Enrolment): string {
  return ethers.TypedDataEncoder.hashStruct('Enrolment', { Enrolment: [...enrolmentTypes.Enrolment] }, enrolment)
}

export async function enrolmentMessage(world: World, enrolment: Enrolment): Promise<Message> {
  return { domain: await domainOf(world.registry), types: enrolmentTypes, value: enrolment }
}

/** Enrols for real. */
export async function enrol(world: World, enrolment: Enrolment, party: Device = world.party) {
  const message = await enrolmentMessage(world, enrolment)
  await world.registry.enrol(enrolment, party.signer, party.sign(message), world.attesterDevice.sign(message))
  return enrolmentIdOf(enrolment)
}
