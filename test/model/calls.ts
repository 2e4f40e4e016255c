/** What every step needs to say a thing twice: to the contract in bytes, to the model in words. */
import { bindingTypes } from '../../sdk/src/generated/typedData.ts'
import { structHash } from './Chain.ts'
import type { Call, Types } from './Chain.ts'
import type { Picks } from './Picks.ts'
import type { Signatures } from './RecordsModel.ts'
import type { Scene } from './Scene.ts'
import type { Hex, Named, Signed } from './words.ts'

export type Attempt = { readonly call: Call; readonly onModel: () => void }
/** Something that anybody may try. */
export type Step = (scene: Scene, picks: Picks) => Attempt

export function sign(scene: Scene, signed: Signed, types: Types, message: object): Hex {
  return scene.cast.sign(signed, scene.chain.digest(structHash(types, message)))
}

/** The signatures of all three under a binding, as the contract takes them. */
export function signaturesOf(scene: Scene, { binding }: Named, { device, party, attester }: Signatures) {
  return {
    device: sign(scene, device, bindingTypes, binding),
    party: sign(scene, party, bindingTypes, binding),
    attester: sign(scene, attester, bindingTypes, binding),
  }
}

/** Signers of device and party. */
export function signersOf(scene: Scene, { binding }: Named): Hex[] {
  return [scene.keyOf(binding.deviceId).account, scene.keyOf(binding.partyId).account]
}

/** A binding of a new device and, mostly, of another party. */
export function successorOf(scene: Scene, picks: Picks, head: Named): Named {
  const others = scene.parties.filter(({ id }) => id !== head.binding.partyId)
  const party = picks.mostly(picks.of(others), 15, () => picks.of(scene.parties))
  return scene.make(picks, { device: scene.freshDevice(picks), party: party.id, previous: head.id })
}
