import type { Hex } from 'viem'
import {
  rebindNoticeTypehash,
  rebindVetoTypehash,
  releaseTypehash,
  resumeTypehash,
  revocationTypehash,
  revokeLeavesTypehash,
  revokeManyTypehash,
  revokeTypehash,
  suspendTypehash,
} from '../generated/typedData.ts'
import { toHex } from './Bytes.ts'
import type { Domain } from './Domain.ts'
import * as StructHash from './StructHash.ts'
import { uint } from './StructHash.ts'

/** What a message about a running record names. Each accepted one raises the record's sequence, so none counts twice. */
export type StandingMessage = {
  readonly bindingId: Hex
  /** The record's current one. */
  readonly sequence: number
  /** Last second in which the message can be relayed. */
  readonly deadline: number
}

/** A message that also names the binding that follows; 32 zero bytes when none does. */
export type SucceededMessage = StandingMessage & { readonly successor: Hex }

/** Ends many bindings of one attester with one signature. */
export type RevokeMany = {
  readonly rows: readonly Omit<StandingMessage, 'deadline'>[]
  readonly deadline: number
}

/** Keeps leaves of an enrolment from ever being activated. */
export type RevokeLeaves = {
  readonly enrolmentId: Hex
  readonly indexes: readonly number[]
  readonly deadline: number
}

/** What the liable party or the attester signs to stop new money for now. */
export function suspendDigest(message: StandingMessage, domain: Domain): Hex {
  return plain(suspendTypehash, message, domain)
}

/** What liable party and attester sign, both, to end a suspension. */
export function resumeDigest(message: StandingMessage, domain: Domain): Hex {
  return plain(resumeTypehash, message, domain)
}

/** What the attester signs to end a binding. */
export function revokeDigest(message: StandingMessage, domain: Domain): Hex {
  return plain(revokeTypehash, message, domain)
}

/** What the old liable party signs against a rebinding that it did not ask for. */
export function rebindVetoDigest(message: StandingMessage, domain: Domain): Hex {
  return plain(rebindVetoTypehash, message, domain)
}

/** What the liable party signs to end a binding. */
export function releaseDigest(message: SucceededMessage, domain: Domain): Hex {
  return succeeded(releaseTypehash, message, domain)
}

/** What the old record's attester signs to announce a rebinding without a word of the old party. */
export function rebindNoticeDigest(message: SucceededMessage, domain: Domain): Hex {
  return succeeded(rebindNoticeTypehash, message, domain)
}

/** What the attester signs to end many bindings. */
export function revokeManyDigest({ rows, deadline }: RevokeMany, domain: Domain): Hex {
  const hashes = rows.map(({ bindingId, sequence }) =>
    toHex(StructHash.structHash(revocationTypehash, [bindingId, uint(sequence, 24)])),
  )
  const words = [StructHash.arrayHash(hashes), uint(deadline, 40)]
  return StructHash.digest(StructHash.structHash(revokeManyTypehash, words), domain)
}

/** What the enrolment's attester signs to keep leaves from being activated. */
export function revokeLeavesDigest({ enrolmentId, indexes, deadline }: RevokeLeaves, domain: Domain): Hex {
  const words = [enrolmentId, StructHash.arrayHash(indexes.map((index) => uint(index, 32))), uint(deadline, 40)]
  return StructHash.digest(StructHash.structHash(revokeLeavesTypehash, words), domain)
}

function plain(typehash: Hex, { bindingId, sequence, deadline }: StandingMessage, domain: Domain): Hex {
  const words = [bindingId, uint(sequence, 24), uint(deadline, 40)]
  return StructHash.digest(StructHash.structHash(typehash, words), domain)
}

function succeeded(typehash: Hex, message: SucceededMessage, domain: Domain): Hex {
  const { bindingId, sequence, successor, deadline } = message
  const words = [bindingId, uint(sequence, 24), successor, uint(deadline, 40)]
  return StructHash.digest(StructHash.structHash(typehash, words), domain)
}
