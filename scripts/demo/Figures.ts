/** What the demo says about itself. Every figure comes from the records of the part that it is about. */
export type Figures = {
  readonly sessions: number
  /** Sessions in which car and station showed each other who answers for them, before the first payment. */
  readonly introductions: number
  readonly energyWh: number
  readonly payments: number
  /** Token base units, by the cars' stores. */
  readonly authorised: string
  /** Token base units, by the chain. */
  readonly settled: string
  /** By the charge file. */
  readonly billedYen: string
  /** By the statement file. */
  readonly prepaidYen: string
  readonly carryE18: string
  readonly carryKeys: number
  readonly csv: string
  readonly manifest: string
  readonly killedAndResumed: boolean
  readonly offlineSession: boolean
  readonly verified: boolean
  readonly seconds: number
}

const YEN = 10n ** 18n

/** The sentences of the figures that disagree with each other, or with what the input asks for. */
export function disagreements(figures: Figures, expected: Expected): string[] {
  const { authorised, settled, billedYen, prepaidYen, carryE18, carryKeys } = figures
  const carry = BigInt(carryE18)
  const billed = (BigInt(billedYen) + BigInt(prepaidYen)) * YEN + carry
  const checks: readonly (readonly [boolean, string])[] = [
    [figures.sessions === expected.sessions, `sessions is ${figures.sessions}; the file has ${expected.sessions}`],
    [
      figures.introductions === expected.sessions,
      `introductions is ${figures.introductions}; the file has ${expected.sessions} sessions`,
    ],
    [figures.energyWh === expected.energyWh, `energyWh is ${figures.energyWh}; the file has ${expected.energyWh}`],
    [figures.payments === expected.payments, `payments is ${figures.payments}; the sessions make ${expected.payments}`],
    [BigInt(authorised) === expected.price, `authorised is ${authorised}; the energy costs ${expected.price}`],
    [authorised === settled, `authorised is ${authorised}, but settled is ${settled}`],
    [BigInt(settled) === billed, `settled is ${settled}, but billed, prepaid and carry make ${billed}`],
    [carry >= 0n && carry < BigInt(carryKeys) * YEN, `carryE18 is ${carryE18}, not below ${carryKeys} yen`],
    [figures.killedAndResumed === expected.killedAndResumed, `killedAndResumed is ${figures.killedAndResumed}`],
    [figures.offlineSession, 'offlineSession is false'],
    [figures.verified, 'verified is false'],
  ]
  return checks.flatMap(([holds, sentence]) => (holds ? [] : [sentence]))
}

/** What follows from the input alone. */
export type Expected = {
  readonly sessions: number
  readonly energyWh: number
  readonly payments: number
  readonly price: bigint
  /** Whether a session is long enough to be interrupted. */
  readonly killedAndResumed: boolean
}
