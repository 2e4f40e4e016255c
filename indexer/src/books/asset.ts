/** Books' name of a token that no deployment of ours settles in: it is kept apart and never billed. */
export function foreignAsset(chainId: bigint, token: string): string {
  return `eip155:${String(chainId)}/${token}`
}

/** Carries are kept to 10^-18 of a unit, so a token with more decimals could not be billed exactly. */
export const DECIMALS_MAX = 18
