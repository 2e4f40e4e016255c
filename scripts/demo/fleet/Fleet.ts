import type { Binding, Enrolment, LeafTree } from '@musubi/sdk'
import type { Hex } from 'viem'
import type { DeviceKey } from '../devices/protocol.ts'
import type { Attester, Party } from './People.ts'

/** A party's devices as its attester has them: with every binding and the whole tree. */
export type Fleet = {
  readonly party: Party
  readonly attester: Attester
  readonly devices: readonly Enrolled[]
  readonly tree: LeafTree.LeafTree
  readonly enrolment: Enrolment.Enrolment
  readonly signatures: { readonly party: Hex; readonly attester: Hex }
}

/** One of them, with its key: the demo plays the devices, too. */
export type Enrolled = {
  readonly name: string
  readonly key: DeviceKey
  readonly deviceSigner: Hex
  readonly binding: Binding.Binding
}
