import { randomBytes } from 'node:crypto'
import { Bytes, Channel, Deployment, Funding } from '@musubi/sdk'
import type { ChannelRecord } from '@musubi/sdk'
import type { Wallets } from './accounts.ts'
import type { Plan } from './Plan.ts'
import type { Car, Device } from './identities.ts'
import type { Ledger } from './Ledger.ts'
import { priceOf } from './tariff.ts'
import { must } from './must.ts'

/** One car's channel to one station. */
export type CarChannel = {
  readonly record: ChannelRecord
  readonly car: number
  readonly station: string
  /** Token base units. */
  readonly deposit: bigint
  readonly sessions: number
}

/** Two days, as on a public chain: also how long a station may trust a channel that it cannot see. */
const CLOSE_DELAY_SECONDS = 48 * 3600

/** What a car is expected to spend at a station: the energy of its sessions, and a tenth more, so that there is a refund. */
export function depositFor(energyWh: number): bigint {
  return (priceOf(energyWh) * 11n) / 10n
}

export function channelKey(car: number, station: string): string {
  return `${car} ${station}`
}

/** Energy of each pair of car and station that meets in the plans. */
export function energyByChannel(
  plans: readonly Plan[],
): Map<string, { car: number; station: string; energyWh: number; sessions: number }> {
  const pairs = new Map<string, { car: number; station: string; energyWh: number; sessions: number }>()
  for (const { car, session } of plans) {
    const key = channelKey(car, session.station)
    const pair = pairs.get(key) ?? { car, station: session.station, energyWh: 0, sessions: 0 }
    pairs.set(key, { ...pair, energyWh: pair.energyWh + session.energyWh, sessions: pair.sessions + 1 })
  }
  return pairs
}

/** Opens a channel for each pair: out of the issuer's float, or out of the prepaid party's own money. */
export async function openChannels(
  ledger: Ledger,
  { plans, cars, stations, wallets }: Opening,
): Promise<Map<string, CarChannel>> {
  const channels = new Map<string, CarChannel>()
  for (const [key, { car: number, station: name, energyWh, sessions }] of energyByChannel(plans)) {
    const car = must(cars[number], `car ${number}`)
    const record = recordOf(ledger, { car, station: must(stations.get(name), `station ${name}`), wallets })
    const deposit = depositFor(energyWh)
    const opening = { channel: record.channel, payerBinding: car.binding, amount: deposit }
    if (car.binding.funding === Funding.PREPAID) await ledger.escrow(car.party.wallet).open(opening)
    else await ledger.escrow(wallets.issuer).openFromBalance(opening)
    channels.set(key, { record, car: number, station: name, deposit, sessions })
  }
  return channels
}
type Opening = {
  readonly plans: readonly Plan[]
  readonly cars: readonly Car[]
  readonly stations: ReadonlyMap<string, Device>
  readonly wallets: Wallets
}

/** A channel of a car with a station of the operator, not open yet. Each call makes another one. */
export function recordOf(
  ledger: Ledger,
  { car, station, wallets }: { car: Car; station: Device; wallets: Wallets },
): ChannelRecord {
  const channel: Channel.Channel = {
    payer: car.deviceId,
    beneficiary: wallets.operator.address,
    token: ledger.token,
    terms: {
      payerBinding: car.bindingId,
      funder: car.binding.funder,
      payee: station.deviceId,
      payeeBinding: station.bindingId,
      closeDelaySeconds: CLOSE_DELAY_SECONDS,
      salt: Bytes.toHex(randomBytes(32)),
    },
  }
  const channelId = Channel.id(channel, Deployment.escrowDomain(ledger.deployment))
  return { channelId, channel, payerSigner: car.signer.signer, payeeSigner: station.signer.signer }
}
