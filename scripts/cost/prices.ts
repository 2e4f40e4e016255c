/** A number that the cost depends on, where its default comes from, and when it was so. */
export type Price = {
  readonly flag: string
  readonly unit: string
  readonly value: number
  readonly source: string
}

/** Every one is an option of `npm run cost`. What no public document fixes is called an assumption. */
export const PRICES = {
  ethYen: {
    flag: '--eth-yen',
    unit: 'yen for 1 ETH',
    value: 500_000,
    source: 'assumption: near the 498,559 yen of an undated copy of coindeskjapan.com/price/ethereum',
  },
  l1BaseFeeGwei: {
    flag: '--l1-base-fee-gwei',
    unit: 'gwei for 1 gas of Ethereum',
    value: 1,
    source: 'assumption: read eth_gasPrice for the day',
  },
  blobBaseFeeGwei: {
    flag: '--blob-base-fee-gwei',
    unit: 'gwei for 1 blob gas',
    value: 0.0655,
    source: 'EIP-7918 (December 2025): at least 1/15.258 of the L1 base fee; here with 1 gwei',
  },
  opBaseFeeGwei: {
    flag: '--op-base-fee-gwei',
    unit: 'gwei for 1 gas of the OP-type chain',
    value: 0.005,
    source: "Base's minimum since 2026-02-19 (docs.base.org, configuration changelog)",
  },
  opBaseFeeScalar: {
    flag: '--op-base-fee-scalar',
    unit: 'millionths of the L1 base fee',
    value: 2_269,
    source: 'assumption: as Base had it in 2024; read GasPriceOracle.baseFeeScalar',
  },
  opBlobBaseFeeScalar: {
    flag: '--op-blob-base-fee-scalar',
    unit: 'millionths of the blob base fee',
    value: 1_055_762,
    source: 'assumption: as Base had it in 2024; read GasPriceOracle.blobBaseFeeScalar',
  },
  opOperatorFeeScalar: {
    flag: '--op-operator-fee-scalar',
    unit: 'millionths of a wei for 1 gas',
    value: 0,
    source: 'OP specification, Isthmus: 0 unless an operator sets it',
  },
  opOperatorFeeConstant: {
    flag: '--op-operator-fee-constant',
    unit: 'wei for 1 transaction',
    value: 0,
    source: 'OP specification, Isthmus: 0 unless an operator sets it',
  },
  arbitrumBaseFeeGwei: {
    flag: '--arbitrum-base-fee-gwei',
    unit: 'gwei for 1 gas of the Arbitrum-type chain',
    value: 0.02,
    source: "Arbitrum One's minimum since January 2026 (ArbOS 51, forum.arbitrum.foundation/t/30182)",
  },
  arbitrumDataFeeGwei: {
    flag: '--arbitrum-data-fee-gwei',
    unit: 'gwei for 1 unit of data, 16 units a byte',
    value: 0.05,
    source: 'assumption: read ArbGasInfo.getL1BaseFeeEstimate',
  },
  cardPercent: {
    flag: '--card-percent',
    unit: 'percent of a card payment',
    value: 3.6,
    source: "Stripe's fee for cards in Japan (blog.flipdare.com/prod/stripe/fees, 2026)",
  },
  cardFixedYen: {
    flag: '--card-fixed-yen',
    unit: 'yen for 1 card payment',
    value: 0,
    source: 'as the line above: no fixed part in Japan',
  },
  paymentYen: {
    flag: '--payment-yen',
    unit: 'yen that one channel settles',
    value: 500,
    source: 'assumption: some charging of a car',
  },
} as const satisfies Record<string, Price>

export type PriceName = keyof typeof PRICES
export type Prices = Readonly<Record<PriceName, number>>
