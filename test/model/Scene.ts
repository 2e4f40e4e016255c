import { numberToHex } from 'viem'
import { BindingStatus } from '../../sdk/src/generated/constants.ts'
import { bindingTypes, enrolmentTypes } from '../../sdk/src/generated/typedData.ts'
import type { Cast } from './Cast.ts'
import { structHash } from './Chain.ts'
import type { Chain } from './Chain.ts'
import type { Picks } from './Picks.ts'
import type { Signatures } from './RecordsModel.ts'
import type { RegistryModel } from './RegistryModel.ts'
import { treeOf } from './tree.ts'
import { NO_ID } from './words.ts'
import type { Binding, Fleet, Hex, Key, Named, Signed, Told } from './words.ts'

const HOUR = 3600
const DAY = 24 * HOUR
const TOKENS: readonly Hex[] = [numberToHex(0xa1, { size: 20 }), numberToHex(0xa2, { size: 20 })]
const DEVICES = 40
/** What messages are mostly about. */
const RUNNING: ReadonlySet<BindingStatus> = new Set([
  BindingStatus.ACTIVE,
  BindingStatus.SUSPENDED,
  BindingStatus.PENDING,
])
const PARTIES = 3
const ATTESTERS = 3

export type PlantedFleet = { readonly fleet: Fleet; readonly proofs: readonly (readonly Hex[])[] }

/** One run: the model, everybody who takes part, and what they have made up so far. */
export class Scene {
  readonly model: RegistryModel
  readonly chain: Chain
  readonly cast: Cast
  readonly devices: readonly Key[]
  readonly parties: readonly Key[]
  readonly attesters: readonly Key[]
  readonly known: Named[] = []
  readonly fleets: PlantedFleet[] = []
  /** What was announced, by the record that it would end. */
  readonly successors = new Map<Hex, Named>()

  constructor(model: RegistryModel, chain: Chain, cast: Cast) {
    const keys = (name: string, count: number) => Array.from({ length: count }, (_, n) => cast.key(`${name} ${n}`))
    this.model = model
    this.chain = chain
    this.cast = cast
    this.devices = keys('device', DEVICES)
    this.parties = keys('party', PARTIES)
    this.attesters = keys('attester', ATTESTERS)
  }

  keyOf(idOrAccount: Hex): Key {
    const everybody = [...this.devices, ...this.parties, ...this.attesters]
    return everybody.find(({ id, account }) => id === idOrAccount || account === idOrAccount)!
  }

  /** A device that was never bound, as long as there is one. */
  freshDevice(picks: Picks): Key {
    const fresh = this.devices.filter(({ id }) => !this.model.heads.has(id) && !this.#isPromised(id))
    return picks.mostly(fresh[0] ?? this.devices[0]!, 10, () => picks.of(this.devices))
  }

  /** A record mostly of those that count now; now and then an older one, or one that was never recorded. */
  anyBinding(picks: Picks): Named {
    const heads = [...this.model.heads.values()]
    if (heads.length === 0) return this.known[0] ?? this.make(picks, { device: this.devices[0]! })
    const running = heads.filter((id) => RUNNING.has(this.model.statusOf(id)))
    const id = picks.of(running.length === 0 || picks.once(6) ? heads : running)
    return picks.mostly(this.namedOf(id), 10, () => picks.of(this.known))
  }

  namedOf(id: Hex): Named {
    return this.known.find((named) => named.id === id)!
  }

  /** A binding of the device, mostly sound, mostly vouched for by somebody who may. */
  make(picks: Picks, wish: { device: Key; party?: Hex; previous?: Hex; attester?: Hex }): Named {
    const { now } = this.model
    const validFrom = now + picks.mostly(-HOUR, 5, () => picks.of([2 * DAY, 0, 30]))
    const maxPerPeriod = picks.of([1_000n, 5_000n])
    const binding: Binding = {
      deviceId: wish.device.id,
      partyId: picks.mostly(
        wish.party ?? picks.of(this.parties).id,
        20,
        () => picks.of([...this.parties, wish.device]).id,
      ),
      attester: wish.attester ?? this.anyAttester(picks),
      validFrom,
      validUntil: picks.mostly(now + picks.of([400, 400, 60, 20, 3]) * DAY, 25, () =>
        picks.of([validFrom, now, now + 1]),
      ),
      funder: numberToHex(0xf1, { size: 20 }),
      funding: 1,
      token: picks.mostly(TOKENS[0]!, 4, () => TOKENS[1]!),
      maxPerPayment: picks.mostly(10n, 40, () => maxPerPeriod + 1n),
      maxPerPeriod,
      periodSeconds: picks.mostly(picks.of([10 * DAY, DAY]), 40, () => picks.of([0, 1])),
      approvers: NO_ID,
      // Tells bindings apart that are alike in all that counts.
      billingRef: numberToHex(this.known.length, { size: 32 }),
      freshnessTip: NO_ID,
      previous: picks.mostly(wish.previous ?? NO_ID, 20, () =>
        picks.mostly(NO_ID, 2, () => this.known[0]?.id ?? NO_ID),
      ),
    }
    const named = { id: structHash(bindingTypes, binding), binding }
    this.known.push(named)
    return named
  }

  /** A fleet of one party: first bindings, and renewals of its heads; some leaves are not what the fleet says. */
  makeFleet(picks: Picks): PlantedFleet {
    const { now } = this.model
    const [partyId, attester] = [picks.of(this.parties).id, this.anyAttester(picks)]
    const leaves = Array.from({ length: picks.of([2, 3, 1, 4]) }, () => this.#makeLeaf(picks, partyId, attester))
    const { root, proofs } = treeOf(leaves.map(({ id }) => id))
    const validUntil = picks.mostly(now + 400 * DAY, 8, () => now + picks.of([30 * DAY, 0]))
    const words = { root, count: leaves.length, partyId, attester, validFrom: now - HOUR, validUntil }
    return { fleet: { id: structHash(enrolmentTypes, words), leaves, ...words }, proofs }
  }

  anyAttester(picks: Picks): Hex {
    const accredited = this.attesters.filter(({ account }) => this.model.indexOf(account) !== 0)
    return picks.mostly(
      picks.of(accredited.length === 0 ? this.attesters : accredited).account,
      15,
      () => picks.of(this.attesters).account,
    )
  }

  signed(picks: Picks, by: Key): Signed {
    const other = picks.once(40)
    return { by: other ? picks.of([...this.parties, ...this.attesters]) : by, overThis: !picks.once(40) }
  }

  signatures(picks: Picks, { binding }: Named): Signatures {
    const [device, party] = [this.keyOf(binding.deviceId), this.keyOf(binding.partyId)]
    return {
      device: this.signed(picks, device),
      party: this.signed(picks, party),
      attester: this.signed(picks, this.keyOf(binding.attester)),
    }
  }

  /** The record's sequence and a deadline, mostly right. */
  told(picks: Picks, id: Hex): Told {
    const sequence = this.model.records.get(id)?.sequence ?? 0
    const { now } = this.model
    return {
      sequence: picks.mostly(sequence, 15, () => picks.of([sequence + 1, Math.max(0, sequence - 1)])),
      deadline: picks.mostly(now + HOUR, 10, () => picks.of([now, now - 1])),
    }
  }

  #makeLeaf(picks: Picks, partyId: Hex, attester: Hex): Named {
    const heads = [...this.model.records.values()].filter(
      ({ id, binding }) => this.model.headOf(binding.deviceId) === id && binding.partyId === partyId,
    )
    const head = heads.length === 0 || picks.once(2) ? undefined : picks.of(heads)
    if (head === undefined) return this.make(picks, { device: this.freshDevice(picks), party: partyId, attester })
    const device = this.keyOf(head.binding.deviceId)
    return this.make(picks, { device, party: partyId, attester, previous: head.id })
  }

  /** Whether the device waits for an activation or an announced rebinding: taken by somebody else it would spoil both. */
  #isPromised(deviceId: Hex): boolean {
    const leaves = this.fleets.flatMap(({ fleet }) => fleet.leaves)
    return [...leaves, ...this.successors.values()].some(({ binding }) => binding.deviceId === deviceId)
  }
}
