import type { Address } from 'viem'
import { getAddress, isAddress } from 'viem'
import { z } from 'zod'
import type { Domain } from './Domain.ts'
import * as DomainOf from './Domain.ts'
import { BaseError } from './Errors.ts'

const address = z
  .string()
  .refine((text) => isAddress(text), 'expected an address')
  .transform((text) => getAddress(text))

const schema = z.strictObject({
  version: z.literal(1),
  chainId: z.int().positive(),
  /** Block of the first deployment: nothing of ours is older. */
  startBlock: z.int().nonnegative(),
  accessManager: address,
  p256Sha256Verifier: address,
  identityRegistry: address,
  channelEscrow: address,
  ledgerAnchor: address,
  /** Only on local chains. */
  settlementToken: address.optional(),
  closeDelayFloorSeconds: z.int().positive(),
})

/** What `npm run deploy` writes to `deployments/<chainId>.json`. */
export type Deployment = {
  readonly version: 1
  readonly chainId: number
  readonly startBlock: number
  readonly accessManager: Address
  readonly p256Sha256Verifier: Address
  readonly identityRegistry: Address
  readonly channelEscrow: Address
  readonly ledgerAnchor: Address
  readonly settlementToken?: Address | undefined
  readonly closeDelayFloorSeconds: number
}

/** Reads the text of a deployment file. */
export function parse(text: string): Deployment {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new BadDeploymentError({ given: text.slice(0, 80), expected: 'JSON', cause })
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new BadDeploymentError({ given: json, expected: z.prettifyError(parsed.error) })
  return parsed.data
}

/** Domain of the deployment's registry. */
export function registryDomain({ chainId, identityRegistry }: Deployment): Domain {
  return DomainOf.registry({ chainId, address: identityRegistry })
}

/** Domain of the deployment's escrow. */
export function escrowDomain({ chainId, channelEscrow }: Deployment): Domain {
  return DomainOf.escrow({ chainId, address: channelEscrow })
}

/** Domain of the deployment's ledger anchor. */
export function anchorDomain({ chainId, ledgerAnchor }: Deployment): Domain {
  return DomainOf.anchor({ chainId, address: ledgerAnchor })
}

/** The text is not that of a deployment file. */
export class BadDeploymentError extends BaseError {
  override readonly name = 'Deployment.BadDeploymentError'
  constructor({ given, expected, cause }: { given: unknown; expected: string; cause?: unknown }) {
    const shown = (typeof given === 'string' ? given : JSON.stringify(given)).slice(0, 200)
    super(`The deployment file is not sound: given ${shown}, expected ${expected}.`, {
      next: 'Write it again with `npm run deploy -- --network NAME`.',
      given,
      expected,
      cause,
    })
  }
}
