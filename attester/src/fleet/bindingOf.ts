import type { Binding } from '@musubi/sdk'
import { FreshnessChain, SignerId } from '@musubi/sdk'
import type { Address, Hex } from 'viem'
import { zeroHash } from 'viem'
import type { DeviceSpec } from '../devices/spec.ts'

/** Who stands behind a binding besides the device. */
export type Standing = {
  readonly attester: Address
  /** ERC-7913. */
  readonly partySigner: Hex
  /** Of all freshness chains of this attester. */
  readonly secret: Hex
}

/** The binding that a device is to have. The same device, times and secret give the same binding each time. */
export function bindingOf(spec: DeviceSpec, { attester, partySigner, secret }: Standing): Binding.Binding {
  const { deviceSigner: _, freshnessDays, ...rest } = spec
  const untipped = { ...rest, partyId: SignerId.of(partySigner), attester }
  const freshnessTip = freshnessDays === 0 ? zeroHash : FreshnessChain.tip(chainOf(untipped, { secret, freshnessDays }))
  return { ...untipped, freshnessTip }
}

/** The token of a day for a binding, undefined when it has no chain, or no such day. */
export function tokenAt(binding: Binding.Binding, { secret, at }: { readonly secret: Hex; readonly at: number }) {
  const { validFrom, validUntil, freshnessTip } = binding
  if (freshnessTip === zeroHash || at < validFrom || at >= validUntil) return undefined
  const freshnessDays = Math.ceil((validUntil - validFrom) / FreshnessChain.DAY_SECONDS)
  return FreshnessChain.token(chainOf(binding, { secret, freshnessDays }), FreshnessChain.dayAt({ validFrom, at }))
}

function chainOf(
  binding: Omit<Binding.Binding, 'freshnessTip'>,
  { secret, freshnessDays: days }: { readonly secret: Hex; readonly freshnessDays: number },
): FreshnessChain.Chain {
  return { seed: FreshnessChain.seedOf({ secret, binding }), days }
}
