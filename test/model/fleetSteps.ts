/** What is tried with fleets: enrolled or not, leaves shown as they are or otherwise. */
import { bindingTypes, enrolmentTypes, revokeLeavesTypes } from '../../sdk/src/generated/typedData.ts'
import { sign } from './calls.ts'
import type { Step } from './calls.ts'
import type { Picks } from './Picks.ts'
import type { PlantedFleet, Scene } from './Scene.ts'
import { NO_ID } from './words.ts'
import type { Fleet, Hex, Named } from './words.ts'

/** A leaf as it is shown: `place` is where the model looks for it, nowhere when the proof was bent. */
type Shown = { readonly leaf: Named; readonly index: number; readonly place: number; readonly proof: readonly Hex[] }

const enrol: Step = (scene, picks) => {
  const again = scene.fleets.length > 0 && picks.once(10)
  const planted = again ? picks.of(scene.fleets) : scene.makeFleet(picks)
  const { fleet } = planted
  const party = scene.keyOf(fleet.partyId)
  const [byParty, byAttester] = [scene.signed(picks, party), scene.signed(picks, scene.keyOf(fleet.attester))]
  const signatures = [byParty, byAttester].map((signed) => sign(scene, signed, enrolmentTypes, fleet))
  const args = [wordsOf(fleet), party.account, ...signatures]
  const onModel = () => {
    scene.model.enrol(fleet, byParty, byAttester)
    scene.fleets.push(planted)
  }
  return { call: { functionName: 'enrol', args }, onModel }
}

const activate: Step = (scene, picks) => {
  const fits = ({ binding }: Named) => binding.previous === NO_ID && !scene.model.heads.has(binding.deviceId)
  const planted = anyFleet(scene, picks, fits)
  const { fleet } = planted
  const { leaf, index, place, proof } = show(picks, planted, fits)
  const device = scene.keyOf(leaf.binding.deviceId)
  const signed = scene.signed(picks, device)
  const signature = sign(scene, signed, bindingTypes, leaf.binding)
  const args = [wordsOf(fleet), leaf.binding, index, proof, device.account, signature]
  return { call: { functionName: 'activate', args }, onModel: () => scene.model.activate(fleet, leaf, place, signed) }
}

const activateRenewal: Step = (scene, picks) => {
  const fits = ({ binding }: Named) => scene.model.heads.get(binding.deviceId) === binding.previous
  const planted = anyFleet(scene, picks, fits)
  const { fleet } = planted
  const { leaf, index, place, proof } = show(picks, planted, fits)
  const replaced = scene.known.find(({ id }) => id === leaf.binding.previous)
  const head = replaced === undefined || picks.once(15) ? scene.anyBinding(picks) : replaced
  const device = scene.keyOf(leaf.binding.deviceId)
  const signed = scene.signed(picks, device)
  const signature = sign(scene, signed, bindingTypes, leaf.binding)
  const args = [wordsOf(fleet), leaf.binding, head.binding, index, proof, device.account, signature]
  const onModel = () => scene.model.activateRenewal(fleet, leaf, head, place, signed)
  return { call: { functionName: 'activateRenewal', args }, onModel }
}

const revokeLeaves: Step = (scene, picks) => {
  const { fleet } = anyFleet(scene, picks, () => true)
  const indexes = Array.from({ length: picks.of([1, 0, 2]) }, () => picks.of([0, 1, 2, 3, 7, 300]))
  const { deadline } = scene.told(picks, NO_ID)
  const signed = scene.signed(picks, scene.keyOf(fleet.attester))
  const message = { enrolmentId: fleet.id, indexes, deadline }
  const args = [message, sign(scene, signed, revokeLeavesTypes, message)]
  const onModel = () => scene.model.revokeLeaves(fleet, indexes, deadline, signed)
  return { call: { functionName: 'revokeLeaves', args }, onModel }
}

export const FLEET_STEPS: Readonly<Record<string, readonly [Step, number]>> = {
  enrol: [enrol, 2],
  activate: [activate, 4],
  activateRenewal: [activateRenewal, 4],
  revokeLeaves: [revokeLeaves, 1],
}

/** The enrolment as the contract takes it. */
export function wordsOf({ root, count, partyId, attester, validFrom, validUntil }: Fleet) {
  return { root, count, partyId, attester, validFrom, validUntil }
}

/** Mostly an enrolled one with a leaf that fits the call. */
function anyFleet(scene: Scene, picks: Picks, fits: (leaf: Named) => boolean): PlantedFleet {
  if (scene.fleets.length === 0 || picks.once(20)) return scene.makeFleet(picks)
  const fitting = scene.fleets.filter(({ fleet }) => fleet.leaves.some(fits))
  return picks.of(fitting.length === 0 || picks.once(8) ? scene.fleets : fitting)
}

/** Mostly a leaf that fits the call, mostly at its place and with its proof. */
function show(picks: Picks, { fleet, proofs }: PlantedFleet, fits: (leaf: Named) => boolean): Shown {
  const fitting = [...fleet.leaves.keys()].filter((place) => fits(fleet.leaves[place]!))
  const place = fitting.length === 0 || picks.once(12) ? picks.of([...fleet.leaves.keys()]) : picks.of(fitting)
  const leaf = fleet.leaves[place]!
  const index = picks.mostly(place, 20, () => picks.of([0, 1, 2, 3, 4, 2 ** 20]))
  const proof = proofs[place]!
  if (!picks.once(30)) return { leaf, index, place: index, proof }
  const bent = [[...proof, NO_ID], proof.slice(1), [leaf.id, ...proof.slice(1)]]
  return { leaf, index, place: -1, proof: proof.length === 0 ? [NO_ID] : picks.of(bent) }
}
