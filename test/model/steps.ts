/** What admins, parties, attesters and escrows try. Each step is the call and the words in which the model hears of it. */
import {
  rebindNoticeTypes,
  rebindVetoTypes,
  releaseTypes,
  resumeTypes,
  revokeManyTypes,
  revokeTypes,
  statusSnapshotTypes,
  suspendTypes,
} from '../../sdk/src/generated/typedData.ts'
import { sign, signaturesOf, signersOf, successorOf } from './calls.ts'
import type { Step } from './calls.ts'
import type { Picks } from './Picks.ts'
import type { Scene } from './Scene.ts'
import { NO_ACCOUNT, NO_ID } from './words.ts'
import type { Named } from './words.ts'

const DAY = 24 * 3600

const accredit: Step = ({ model, attesters }, picks) => {
  const { account } = picks.of(attesters)
  return { call: { functionName: 'accredit', args: [account] }, onModel: () => model.accredit(account) }
}

const retire: Step = ({ model, attesters }, picks) => {
  const { account } = picks.of(attesters)
  return { call: { functionName: 'retire', args: [account] }, onModel: () => model.retire(account) }
}

const markCompromised: Step = ({ model }, picks) => {
  const index = picks.of([...model.attesters.keys(), model.attesters.length]) + 1
  const starts = [...model.records.values()].map(({ vouchedAt }) => vouchedAt)
  const since = picks.mostly(picks.of([model.now, ...starts]), 6, () => picks.of([0, model.now + 1, model.now - DAY]))
  return {
    call: { functionName: 'markCompromised', args: [index, since] },
    onModel: () => model.markCompromised(index, since),
  }
}

const bind: Step = (scene, picks) => {
  const next = scene.make(picks, { device: scene.freshDevice(picks) })
  const signatures = scene.signatures(picks, next)
  const args = [next.binding, signaturesOf(scene, next, signatures), ...signersOf(scene, next)]
  return { call: { functionName: 'bind', args: args }, onModel: () => scene.model.bind(next, signatures) }
}

const renew: Step = (scene, picks) => {
  const head = scene.anyBinding(picks)
  const device = scene.keyOf(head.binding.deviceId)
  const next = scene.make(picks, { device, party: head.binding.partyId, previous: head.id })
  const signatures = scene.signatures(picks, next)
  const args = [next.binding, head.binding, signaturesOf(scene, next, signatures), ...signersOf(scene, next)]
  return { call: { functionName: 'renew', args: args }, onModel: () => scene.model.renew(next, head, signatures) }
}

const rotateKey: Step = (scene, picks) => {
  const head = scene.anyBinding(picks)
  const device = scene.freshDevice(picks)
  const next = scene.make(picks, { device, party: head.binding.partyId, previous: head.id })
  const signatures = scene.signatures(picks, next)
  const args = [next.binding, head.binding, signaturesOf(scene, next, signatures), ...signersOf(scene, next)]
  return {
    call: { functionName: 'rotateKey', args: args },
    onModel: () => scene.model.rotateKey(next, head, signatures),
  }
}

const rebind: Step = (scene, picks) => {
  const head = scene.anyBinding(picks)
  const next = successorOf(scene, picks, head)
  const signatures = scene.signatures(picks, next)
  const told = { ...scene.told(picks, head.id), successor: picks.mostly(next.id, 20, () => NO_ID) }
  const party = scene.keyOf(head.binding.partyId)
  const released = scene.signed(picks, party)
  const args = [
    ...[next.binding, head.binding, signaturesOf(scene, next, signatures), ...signersOf(scene, next)],
    ...[party.account, sign(scene, released, releaseTypes, { bindingId: head.id, ...told }), told.deadline],
  ]
  const onModel = () => scene.model.rebind(next, head, signatures, { ...told, ...released })
  return { call: { functionName: 'rebind', args: args }, onModel }
}

const announceRebind: Step = (scene, picks) => {
  const head = scene.anyBinding(picks)
  const next = successorOf(scene, picks, head)
  const told = { ...scene.told(picks, head.id), successor: next.id }
  const signed = scene.signed(picks, scene.keyOf(head.binding.attester))
  const message = { bindingId: head.id, ...told }
  const onModel = () => {
    scene.model.announceRebind(head.id, told, signed)
    scene.successors.set(head.id, next)
  }
  return {
    call: { functionName: 'announceRebind', args: [message, sign(scene, signed, rebindNoticeTypes, message)] },
    onModel,
  }
}

const vetoRebind: Step = (scene, picks) => {
  const head = announcedOrAny(scene, picks)
  const told = scene.told(picks, head.id)
  const party = scene.keyOf(head.binding.partyId)
  const signed = scene.signed(picks, party)
  const message = { bindingId: head.id, ...told }
  const args = [message, head.binding, party.account, sign(scene, signed, rebindVetoTypes, message)]
  return { call: { functionName: 'vetoRebind', args: args }, onModel: () => scene.model.vetoRebind(head, told, signed) }
}

const rebindAnnounced: Step = (scene, picks) => {
  const head = announcedOrAny(scene, picks)
  const announced = scene.successors.get(head.id)
  const next = announced === undefined || picks.once(8) ? successorOf(scene, picks, head) : announced
  const signatures = scene.signatures(picks, next)
  const args = [next.binding, head.binding, signaturesOf(scene, next, signatures), ...signersOf(scene, next)]
  return {
    call: { functionName: 'rebindAnnounced', args: args },
    onModel: () => scene.model.rebindAnnounced(next, head, signatures),
  }
}

const suspendByParty: Step = (scene, picks) => {
  const { id, binding } = scene.anyBinding(picks)
  const told = scene.told(picks, id)
  const party = scene.keyOf(binding.partyId)
  const signed = scene.signed(picks, party)
  const message = { bindingId: id, ...told }
  const args = [message, binding, party.account, sign(scene, signed, suspendTypes, message)]
  return {
    call: { functionName: 'suspendByParty', args: args },
    onModel: () => scene.model.suspendByParty(id, told, signed),
  }
}

const suspendByAttester: Step = (scene, picks) => {
  const { id, binding } = scene.anyBinding(picks)
  const told = scene.told(picks, id)
  const signed = scene.signed(picks, scene.keyOf(binding.attester))
  const message = { bindingId: id, ...told }
  const args = [message, sign(scene, signed, suspendTypes, message)]
  return {
    call: { functionName: 'suspendByAttester', args: args },
    onModel: () => scene.model.suspendByAttester(id, told, signed),
  }
}

const resume: Step = (scene, picks) => {
  const suspended = [...scene.model.records.values()].filter((record) => record.suspended)
  const { id, binding } = suspended.length === 0 || picks.once(8) ? scene.anyBinding(picks) : picks.of(suspended)
  const told = scene.told(picks, id)
  const party = scene.keyOf(binding.partyId)
  const [byParty, byAttester] = [scene.signed(picks, party), scene.signed(picks, scene.keyOf(binding.attester))]
  const message = { bindingId: id, ...told }
  const signatures = [byParty, byAttester].map((signed) => sign(scene, signed, resumeTypes, message))
  const args = [message, binding, party.account, ...signatures]
  return {
    call: { functionName: 'resume', args: args },
    onModel: () => scene.model.resume(id, told, byParty, byAttester),
  }
}

const revoke: Step = (scene, picks) => {
  const { id, binding } = scene.anyBinding(picks)
  const told = scene.told(picks, id)
  const signed = scene.signed(picks, scene.keyOf(binding.attester))
  const message = { bindingId: id, ...told }
  const args = [message, sign(scene, signed, revokeTypes, message)]
  return { call: { functionName: 'revoke', args: args }, onModel: () => scene.model.revoke(id, told, signed) }
}

const revokeMany: Step = (scene, picks) => {
  const targets = Array.from({ length: picks.of([2, 3, 0, 1]) }, () => scene.anyBinding(picks))
  const rows = targets.map(({ id }) => ({ id, sequence: scene.told(picks, id).sequence }))
  const { deadline } = scene.told(picks, NO_ID)
  const index = scene.model.records.get(targets[0]?.id ?? NO_ID)?.attesterIndex ?? picks.of([1, 2, 9])
  const account = scene.model.attesters[index - 1]?.account
  const signed = scene.signed(picks, scene.keyOf(account ?? scene.attesters[0]!.account))
  const message = { rows: rows.map(({ id, sequence }) => ({ bindingId: id, sequence })), deadline }
  const args = [index, message, sign(scene, signed, revokeManyTypes, message)]
  return {
    call: { functionName: 'revokeMany', args: args },
    onModel: () => scene.model.revokeMany(index, rows, deadline, signed),
  }
}

const release: Step = (scene, picks) => {
  const { id, binding } = scene.anyBinding(picks)
  const told = { ...scene.told(picks, id), successor: picks.mostly(NO_ID, 15, () => id) }
  const party = scene.keyOf(binding.partyId)
  const signed = scene.signed(picks, party)
  const message = { bindingId: id, ...told }
  const args = [message, binding, party.account, sign(scene, signed, releaseTypes, message)]
  return { call: { functionName: 'release', args: args }, onModel: () => scene.model.release(id, told, signed) }
}

const anchorStatus: Step = (scene, picks) => {
  const { now, attesters } = scene.model
  const index = picks.mostly(picks.of([...attesters.keys()]) + 1, 10, () => attesters.length + 1)
  const attester = picks.mostly(
    attesters[index - 1]?.account ?? NO_ACCOUNT,
    15,
    () => picks.of(scene.attesters).account,
  )
  const asOf = picks.mostly(now, 4, () => picks.of([now - 1, now + 1, 0]))
  const snapshot = { attester, asOf, count: 0, root: NO_ID }
  const signed = scene.signed(picks, attester === NO_ACCOUNT ? scene.parties[0]! : scene.keyOf(attester))
  const args = [index, snapshot, sign(scene, signed, statusSnapshotTypes, snapshot)]
  return {
    call: { functionName: 'anchorStatus', args: args },
    onModel: () => scene.model.anchorStatus(index, snapshot, signed),
  }
}

const spend: Step = (scene, picks) => {
  const payer = scene.anyBinding(picks)
  const { id, binding } = scene.anyBinding(picks)
  const payee = { deviceId: binding.deviceId, bindingId: id }
  const amount = picks.of([100n, 400n, 0n, 700n, 5_001n])
  const args = [payer.binding, payee.deviceId, payee.bindingId, amount]
  return { call: { functionName: 'spend', args: args }, onModel: () => scene.model.spend(payer, payee, amount) }
}

function announcedOrAny(scene: Scene, picks: Picks): Named {
  const records = [...scene.model.records.values()]
  const announced = records.filter((record) => record.announced !== undefined && record.end === undefined)
  return announced.length === 0 || picks.once(8) ? scene.anyBinding(picks) : scene.namedOf(picks.of(announced).id)
}

/** Each with how often it is tried among the others. */
export const STEPS: Readonly<Record<string, readonly [Step, number]>> = {
  accredit: [accredit, 2],
  retire: [retire, 1],
  markCompromised: [markCompromised, 1],
  bind: [bind, 4],
  renew: [renew, 3],
  rotateKey: [rotateKey, 2],
  rebind: [rebind, 2],
  announceRebind: [announceRebind, 4],
  vetoRebind: [vetoRebind, 1],
  rebindAnnounced: [rebindAnnounced, 5],
  suspendByParty: [suspendByParty, 1],
  suspendByAttester: [suspendByAttester, 1],
  resume: [resume, 2],
  revoke: [revoke, 1],
  revokeMany: [revokeMany, 1],
  release: [release, 1],
  anchorStatus: [anchorStatus, 1],
  spend: [spend, 4],
}
