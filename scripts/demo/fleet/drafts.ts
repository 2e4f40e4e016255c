import { FreshnessChain, Funding, SignerId } from '@musubi/sdk'
import type { Binding, Deployment } from '@musubi/sdk'
import type { Address, Hex } from 'viem'
import { zeroHash } from 'viem'
import { DAYS, START, VALID_UNTIL } from './calendar.ts'
import { named } from './keys.ts'
import type { Attester, Party } from './People.ts'

const YEN = 10n ** 18n
const PERIOD_SECONDS = 30 * FreshnessChain.DAY_SECONDS
/** Nobody spends in this scenario: the limits are there to be seen, and to be tampered with. */
const LIMITS = { maxPerPayment: 100n * YEN, maxPerPeriod: 30_000n * YEN, periodSeconds: PERIOD_SECONDS } as const

/** Fills in a binding, whose freshness chain its attester starts. Nobody has signed it yet. */
export function draftBinding(deviceSigner: Hex, draft: draftBinding.Draft): Binding.Binding {
  const { party, attester, funder, token, validFrom = START, validUntil = VALID_UNTIL, previous = zeroHash } = draft
  const deviceId = SignerId.of(deviceSigner)
  const untipped = {
    deviceId,
    partyId: party.partyId,
    attester: attester.address,
    ...{ validFrom, validUntil },
    ...{ funder, funding: Funding.CREDIT, token },
    ...LIMITS,
    approvers: zeroHash,
    billingRef: named(`billing account of ${party.name}`),
    previous,
  }
  return { ...untipped, freshnessTip: FreshnessChain.tip(chainOf(attester, untipped)) }
}
export declare namespace draftBinding {
  type Draft = {
    readonly party: Party
    readonly attester: Attester
    readonly funder: Address
    readonly token: Address
    readonly validFrom?: number
    readonly validUntil?: number
    /** The record that it replaces. */
    readonly previous?: Hex
  }
}

/** What an attester says of a binding on a day, if it still stands. */
export function tokenOf(
  attester: Attester,
  { binding, seconds }: { readonly binding: Binding.Binding; readonly seconds: number },
): FreshnessChain.FreshnessToken {
  const day = FreshnessChain.dayAt({ validFrom: binding.validFrom, at: seconds })
  return FreshnessChain.token(chainOf(attester, binding), day)
}

function chainOf(
  { freshnessSecret: secret }: Attester,
  binding: Omit<Binding.Binding, 'freshnessTip'>,
): FreshnessChain.Chain {
  return { seed: FreshnessChain.seedOf({ secret, binding }), days: DAYS }
}

/** Where everything is signed for. */
export type Place = { readonly chainId: number; readonly address: Address }

export function placeOf({ chainId, identityRegistry }: Deployment.Deployment): Place {
  return { chainId, address: identityRegistry }
}
