import { Deployment, Funding, TrustList, signTrustList } from '@musubi/sdk'
import type { Wallets } from './accounts.ts'
import { createWallets } from './accounts.ts'
import type { ChainProcess } from './ChainProcess.ts'
import { depositFor, energyByChannel, openChannels } from './channels.ts'
import type { CarChannel } from './channels.ts'
import { DailyWord } from './DailyWord.ts'
import { deployContracts } from './deploy.ts'
import type { Plan } from './Plan.ts'
import { PREPAID_CAR, bindCar, bindStation, makeParties } from './identities.ts'
import type { Car, Device, Party } from './identities.ts'
import type { Ledger } from './Ledger.ts'
import { must } from './must.ts'
import { counted, plural } from './numbers.ts'
import type { Programs } from './Programs.ts'

/** Everybody and everything that has to exist before the first car is plugged in. */
export type World = {
  readonly ledger: Ledger
  readonly wallets: Wallets
  readonly parties: readonly Party[]
  readonly cars: readonly Car[]
  readonly stations: ReadonlyMap<string, Device>
  readonly channels: ReadonlyMap<string, CarChannel>
  /** What the attester publishes each day. */
  readonly word: DailyWord
  /** Which attesters the devices believe, signed by the operator of the stations. */
  readonly trustList: Uint8Array
}

/** As long as the bindings. */
const TRUST_LIST_SECONDS = 365 * 24 * 3600
const PARTIES = 3
const YEN = 10n ** 18n
/** A car's ceiling (極度額) in 30 days; raised in whole multiples when the data needs more. */
const CEILING = 10_000n * YEN
/** Far above what 100 Wh cost. */
const PER_PAYMENT_MAX = 100n * YEN

/** Deploys, accredits, binds, funds and opens. */
export async function buildWorld({
  chain,
  plans,
  cars: count,
  folder,
  root,
  programs,
  onStep,
}: buildWorld.Options): Promise<World> {
  const wallets = createWallets(chain.url, PARTIES)
  onStep('deploying the contracts (compiled the first time: half a minute)')
  const ledger = await deployContracts(chain, { folder, root, programs, reader: wallets.deployer.reader })
  // The admin's only part in all of this.
  await ledger.registry(wallets.deployer).accredit({ attester: wallets.attester.address })
  const now = await ledger.now()

  onStep(`binding ${counted(count)} cars to ${PARTIES} liable parties, the stations to one`)
  const parties = makeParties(wallets)
  const word = new DailyWord()
  const ceilings = ceilingsOf(plans)
  const cars: Car[] = []
  for (let index = 0; index < count; index++) {
    const limits = { maxPerPayment: PER_PAYMENT_MAX, maxPerPeriod: ceilings.get(index) ?? CEILING }
    cars.push(await bindCar(ledger, { index, parties, wallets, limits, now, word }))
  }
  const stations = new Map<string, Device>()
  for (const name of new Set(plans.map(({ session }) => session.station))) {
    stations.set(name, await bindStation(ledger, { name, wallets, now, word }))
  }

  const channels = await fundAndOpen(ledger, { plans, cars, stations, wallets, onStep })
  const trustList = await writeTrustList(ledger, { wallets, now })
  return { ledger, wallets, parties, cars, stations, channels, word, trustList }
}
export declare namespace buildWorld {
  type Options = {
    readonly chain: ChainProcess
    readonly plans: readonly Plan[]
    /** How many cars there are. */
    readonly cars: number
    /** Where the deployment file goes. */
    readonly folder: string
    readonly root: string
    readonly programs: Programs
    readonly onStep: (step: string) => void
  }
}

/** The file that somebody brings to each device. */
async function writeTrustList(
  { deployment }: Ledger,
  { wallets, now }: { readonly wallets: Wallets; readonly now: number },
): Promise<Uint8Array> {
  const { attester, operator } = wallets
  const list = { version: 1, validFrom: now, validUntil: now + TRUST_LIST_SECONDS, attesters: [attester.address] }
  const domain = Deployment.registryDomain(deployment)
  return TrustList.encode(await signTrustList(list, { domain, signer: operator.signer }))
}

type Opening = Pick<World, 'cars' | 'stations' | 'wallets'> & Pick<buildWorld.Options, 'plans' | 'onStep'>

async function fundAndOpen(
  ledger: Ledger,
  { plans, cars, stations, wallets, onStep }: Opening,
): Promise<Map<string, CarChannel>> {
  const needed = [...energyByChannel(plans).values()].map(({ car, energyWh }) => ({
    car,
    deposit: depositFor(energyWh),
  }))
  onStep(`paying the issuer's float into the escrow, opening ${plural(needed.length, 'channel', 'channels')}`)
  const { issuer, deployer: minter } = wallets
  const sum = (funding: Funding): bigint =>
    needed.reduce(
      (all, { car, deposit }) => (must(cars[car], `car ${car}`).binding.funding === funding ? all + deposit : all),
      0n,
    )
  const float = sum(Funding.CREDIT)
  await ledger.provide(issuer, { minter, amount: float })
  await ledger.escrow(issuer).depositBalance({ token: ledger.token, amount: float })
  const prepaid = sum(Funding.PREPAID)
  if (prepaid > 0n)
    await ledger.provide(must(cars[PREPAID_CAR], 'prepaid car').party.wallet, { minter, amount: prepaid })
  return openChannels(ledger, { plans, cars, stations, wallets })
}

/** What each car that charges may put at risk in a period: all of its deposits. */
function ceilingsOf(plans: readonly Plan[]): Map<number, bigint> {
  const deposits = new Map<number, bigint>()
  for (const { car, energyWh } of energyByChannel(plans).values()) {
    deposits.set(car, (deposits.get(car) ?? 0n) + depositFor(energyWh))
  }
  return new Map([...deposits].map(([car, deposit]) => [car, CEILING * (deposit / CEILING + 1n)]))
}
