const YEN_DECIMALS = 18
const YEN = 10n ** BigInt(YEN_DECIMALS)

/** A whole number as people read it: 1,234,567. */
export function counted(value: number | bigint): string {
  return value.toLocaleString('en-US')
}

export function plural(count: number, one: string, many: string): string {
  return `${counted(count)} ${count === 1 ? one : many}`
}

/** Token base units as yen, with as many decimals; what is below them is cut, not rounded. */
export function yen(baseUnits: bigint, decimals: number): string {
  const fraction = (baseUnits % YEN).toString().padStart(YEN_DECIMALS, '0').slice(0, decimals)
  return `${counted(baseUnits / YEN)}.${fraction}`
}

/** Watt-hours as kWh, every one of them shown. */
export function kWh(energyWh: number | bigint): string {
  const wh = BigInt(energyWh)
  return `${counted(wh / 1000n)}.${(wh % 1000n).toString().padStart(3, '0')}`
}
