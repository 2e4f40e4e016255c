// Written by `npm run codegen` from the compiled contracts. Do not edit.

/** EIP-712 domain of the registry, without chain and address. */
export const registryDomain = { name: 'Musubi IdentityRegistry', version: '1' } as const

/** EIP-712 domain of the escrow, without chain and address. */
export const escrowDomain = { name: 'Musubi ChannelEscrow', version: '1' } as const

/** EIP-712 domain of the anchor, without chain and address. */
export const anchorDomain = { name: 'Musubi LedgerAnchor', version: '1' } as const

/** Longest close delay that the escrow takes, in seconds. */
export const CLOSE_DELAY_MAX_SECONDS = 2592000

export const Funding = { NONE: 0, CREDIT: 1, PREPAID: 2, OWN: 3 } as const
export type Funding = (typeof Funding)[keyof typeof Funding]

export const BindingStatus = {
  NONE: 0,
  ACTIVE: 1,
  SUSPENDED: 2,
  RELEASED: 3,
  REVOKED: 4,
  RENEWED: 5,
  REBOUND: 6,
  ROTATED: 7,
  PENDING: 8,
  EXPIRED: 9,
  COMPROMISED: 10,
} as const
export type BindingStatus = (typeof BindingStatus)[keyof typeof BindingStatus]

export const ChannelStatus = { NONE: 0, OPEN: 1, CLOSED: 2 } as const
export type ChannelStatus = (typeof ChannelStatus)[keyof typeof ChannelStatus]

export const DepositSource = { ALLOWANCE: 0, BALANCE: 1, AUTHORIZATION: 2 } as const
export type DepositSource = (typeof DepositSource)[keyof typeof DepositSource]

export const SkipReason = { NOT_OPEN: 0, STALE_VOUCHER: 1, WRONG_SIGNER: 2 } as const
export type SkipReason = (typeof SkipReason)[keyof typeof SkipReason]
