import type { Tariff } from '@musubi/sdk'
import type { Address } from 'viem'

export const WH_PER_PAYMENT = 100
const YEN = 10n ** 18n

/** 31.53 yen per kWh, 10 % consumption tax included: 3.153 yen for each 100 Wh, so sub-yen remainders are everywhere. */
export const PRICE_PER_WH = (YEN * 3153n) / 100_000n

export function tariffIn(token: Address, merchantRef: string): Tariff.Tariff {
  return {
    token,
    currency: 'JPY',
    unit: 'Wh',
    pricePerUnit: PRICE_PER_WH,
    taxCategory: 'STANDARD',
    taxRateBp: 1000,
    merchantRef,
  }
}

export function priceOf(energyWh: number): bigint {
  return BigInt(energyWh) * PRICE_PER_WH
}
