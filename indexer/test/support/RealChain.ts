import { join } from 'node:path'
import { Bytes, type ChannelRecord, Deployment, Voucher } from '@musubi/sdk'
import { createWallets } from '../../../scripts/demo/accounts.ts'
import { type ChainProcess, startChain } from '../../../scripts/demo/ChainProcess.ts'
import { recordOf } from '../../../scripts/demo/channels.ts'
import { DailyWord } from '../../../scripts/demo/DailyWord.ts'
import { deployContracts } from '../../../scripts/demo/deploy.ts'
import { bindCar, bindStation, type Car, makeParties } from '../../../scripts/demo/identities.ts'
import type { Ledger } from '../../../scripts/demo/Ledger.ts'
import { Programs } from '../../../scripts/demo/Programs.ts'
import { GENESIS_SECONDS } from './FakeChain.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const YEN = 10n ** 18n
const DEPOSIT = 1_000n * YEN
/** None of these is special in the demo. */
const CARS = [0, 2, 3]

type OpenChannel = { readonly car: Car; readonly record: ChannelRecord; version: bigint }

type Place = { readonly programs: Programs; readonly chain: ChainProcess; readonly folder: string }

/** A chain process with the real contracts on it, and cars that pay a station. */
export class RealChain {
  readonly #programs: Programs
  readonly #chain: ChainProcess
  readonly #wallets: ReturnType<typeof createWallets>
  readonly #ledger: Ledger
  readonly #channels: readonly OpenChannel[]
  readonly deploymentPath: string

  private constructor(place: Place, open: Awaited<ReturnType<typeof openWorld>>, deploymentPath: string) {
    this.#programs = place.programs
    this.#chain = place.chain
    this.#wallets = open.wallets
    this.#ledger = open.ledger
    this.#channels = open.channels
    this.deploymentPath = deploymentPath
  }

  /** Deploys into `folder`, binds three cars and opens a channel for each. */
  static async start(folder: string): Promise<RealChain> {
    const programs = new Programs({ temporaryFolder: folder })
    try {
      const chain = await startChain('anvil', { programs, startAtSeconds: GENESIS_SECONDS })
      const place = { programs, chain, folder }
      const world = await openWorld(place)
      return new RealChain(place, world, join(folder, `${String(world.ledger.deployment.chainId)}.json`))
    } catch (error) {
      await programs.end()
      throw error
    }
  }

  get url(): string {
    return this.#chain.url
  }

  /** Settles a newer voucher of every channel, so many times; each time is a block of its own. */
  async settle(times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      const vouchers = await Promise.all(this.#channels.map((channel) => this.#nextVoucher(channel)))
      await this.#ledger.escrow(this.#wallets.operator).settleVouchers(vouchers)
    }
  }

  /** Goes on until everything so far is final. */
  async finalize(): Promise<void> {
    await this.#chain.passTimeUntil((await this.#ledger.now()) + 60)
  }

  async stop(): Promise<void> {
    await this.#programs.end()
  }

  async #nextVoucher(channel: OpenChannel) {
    const { record, car } = channel
    channel.version += 1n
    const voucher = {
      channelId: record.channelId,
      cumulativeAmount: channel.version * YEN,
      version: channel.version,
      receiptsRoot: record.channelId,
    }
    const domain = Deployment.escrowDomain(this.#ledger.deployment)
    const digest = Voucher.hasher({ channelId: record.channelId, domain })(voucher)
    return { record, voucher: { ...voucher, signature: Bytes.toHex(await car.signer.sign(digest)) } }
  }
}

async function openWorld({ chain, programs, folder }: Place) {
  const wallets = createWallets(chain.url, 1)
  const { reader } = wallets.deployer
  const ledger = await deployContracts(chain, { folder, root: ROOT, programs, reader })
  await ledger.registry(wallets.deployer).accredit({ attester: wallets.attester.address })
  const now = await ledger.now()
  const parties = makeParties(wallets)
  const word = new DailyWord()
  const station = await bindStation(ledger, { name: 'station', wallets, now, word })
  const amount = BigInt(CARS.length) * DEPOSIT
  await ledger.provide(wallets.issuer, { minter: wallets.deployer, amount })
  await ledger.escrow(wallets.issuer).depositBalance({ token: ledger.token, amount })
  const channels: OpenChannel[] = []
  for (const index of CARS) {
    const limits = { maxPerPayment: DEPOSIT, maxPerPeriod: DEPOSIT }
    const car = await bindCar(ledger, { index, parties, wallets, limits, now, word })
    const record = recordOf(ledger, { car, station, wallets })
    const opening = { channel: record.channel, payerBinding: car.binding, amount: DEPOSIT }
    await ledger.escrow(wallets.issuer).openFromBalance(opening)
    channels.push({ car, record, version: 0n })
  }
  return { wallets, ledger, channels }
}
