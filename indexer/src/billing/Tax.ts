export type TaxSplit = { readonly taxableMinor: bigint; readonly taxMinor: bigint }

const BASIS_POINTS = 10_000n

/** The tax inside a tax-inclusive amount, rounded down once per line. */
export function splitTax(amountMinor: bigint, rateBp: number): TaxSplit {
  const rate = BigInt(rateBp)
  const taxMinor = (amountMinor * rate) / (BASIS_POINTS + rate)
  return { taxableMinor: amountMinor - taxMinor, taxMinor }
}
