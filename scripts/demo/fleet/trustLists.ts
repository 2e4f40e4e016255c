import { TrustList, signTrustList } from '@musubi/sdk'
import type { Signer } from '@musubi/sdk'
import { MARK, START, at } from './calendar.ts'
import type { FleetWorld } from './FleetWorld.ts'
import type { Attester } from './People.ts'

/** The files that are brought to chargers. */
export type TrustLists = {
  /** From before South was found out. */
  readonly old: Uint8Array
  readonly current: Uint8Array
  /** Signed by an attester that wants to be on it. */
  readonly forged: Uint8Array
}

/** Chargers that nobody brings a new list to serve nobody after this. */
const LASTS_DAYS = 60

export async function writeTrustLists({ people, domain }: FleetWorld): Promise<TrustLists> {
  const { north, south, selfMade, runner } = people
  const file = async (list: Omit<TrustList.TrustList, 'attesters'>, attesters: readonly Attester[], signer: Signer) => {
    const addresses = TrustList.sorted(attesters.map(({ address }) => address))
    return TrustList.encode(await signTrustList({ ...list, attesters: addresses }, { domain, signer }))
  }
  const first = { version: 1, validFrom: START, validUntil: at(LASTS_DAYS) }
  const second = { version: 2, validFrom: MARK, validUntil: MARK + at(LASTS_DAYS) - START }
  return {
    old: await file(first, [north, south], runner),
    current: await file(second, [north], runner),
    forged: await file({ ...second, version: 3 }, [north, selfMade], selfMade.signer),
  }
}
