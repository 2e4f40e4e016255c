/** Digits behind the point in which carries are kept: 10^-18 of one unit of the currency. */
const VALUE_DIGITS = 18

/** One unit of the currency's smallest coin, in 10^-18 of the currency's unit. */
export function minorUnitE18(exponent: number): bigint {
  return 10n ** BigInt(VALUE_DIGITS - exponent)
}

/** Value at par of base units of a token. */
export function valueE18(sourceAtomic: bigint, decimals: number): bigint {
  return sourceAtomic * 10n ** BigInt(VALUE_DIGITS - decimals)
}

/** Base units that a value at par came from. Exact for every carry and every billed amount of such a token. */
export function atomicOfE18(value: bigint, decimals: number): bigint {
  return value / 10n ** BigInt(VALUE_DIGITS - decimals)
}

export type Rounded = { readonly amountMinor: bigint; readonly carryOutE18: bigint }

/** Whole coins of what was carried in and what was spent; the rest is carried out, and never negative. */
export function roundDown(carryInE18: bigint, spentE18: bigint, exponent: number): Rounded {
  const total = carryInE18 + spentE18
  const unit = minorUnitE18(exponent)
  return { amountMinor: total / unit, carryOutE18: total % unit }
}
