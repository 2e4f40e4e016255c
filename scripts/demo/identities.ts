import { randomBytes } from 'node:crypto'
import { Binding, Bytes, Deployment, Funding, SignerId } from '@musubi/sdk'
import type { Credential, Signer } from '@musubi/sdk'
import type { Address, Hex } from 'viem'
import { concat, keccak256, stringToHex } from 'viem'
import type { Wallet, Wallets } from './accounts.ts'
import type { DailyWord } from './DailyWord.ts'
import { signerOf } from './devices/keys.ts'
import type { DeviceKey } from './devices/protocol.ts'
import type { Ledger } from './Ledger.ts'
import { must } from './must.ts'

/** A legal person that answers for its cars, with one billing account. */
export type Party = {
  readonly wallet: Wallet
  readonly partyId: Hex
  readonly name: string
  readonly billingAccount: string
  /** keccak256(salt || billing account): what the chain sees of it. */
  readonly billingRef: Hex
  /** The acquirer's vault token: never a card number. */
  readonly cardRef: string
}

/** A machine that somebody answers for. */
export type Device = {
  readonly name: string
  readonly key: DeviceKey
  readonly signer: Signer
  readonly deviceId: Hex
  readonly binding: Binding.Binding
  readonly bindingId: Hex
  /** What it shows to its peers, but for the freshness. */
  readonly credential: Credential.Credential
}
export type Car = Device & { readonly party: Party }

const NONE: Hex = `0x${'00'.repeat(32)}`
const YEAR_SECONDS = 365 * 24 * 3600
const PERIOD_SECONDS = 30 * 24 * 3600

export function makeParties(wallets: Wallets): Party[] {
  return wallets.parties.map((wallet, index) => {
    const billingAccount = `BA-${String(index + 1).padStart(4, '0')}`
    return {
      wallet,
      partyId: SignerId.of(wallet.address),
      name: `Fleet ${String.fromCharCode(65 + index)}`,
      billingAccount,
      billingRef: keccak256(concat([Bytes.toHex(randomBytes(32)), stringToHex(billingAccount)])),
      cardRef: `tok_${randomBytes(9).toString('hex')}`,
    }
  })
}

/** Which cars are special. */
const P256_CARS = new Set([1, 4])
/** The car whose party deposits for itself. */
export const PREPAID_CAR = 7

/** Who vouches, from when on, and who says each day that it still holds. */
type Vouching = { readonly wallets: Wallets; readonly now: number; readonly word: DailyWord }

export type Limits = { readonly maxPerPayment: bigint; readonly maxPerPeriod: bigint }

/** Makes a car's key and binds the car to its party, with the signatures of all three. */
export async function bindCar(
  ledger: Ledger,
  {
    index,
    parties,
    wallets,
    limits,
    now,
    word,
  }: { index: number; parties: readonly Party[]; limits: Limits } & Vouching,
): Promise<Car> {
  const party = must(parties[index % parties.length], 'liable party')
  const key = newKey(P256_CARS.has(index) ? 'p256' : 'secp256k1')
  const signer = await signerOf(key, ledger.deployment.p256Sha256Verifier)
  const prepaid = index === PREPAID_CAR
  const binding = bindingOf(ledger, {
    signer,
    party: party.partyId,
    attester: wallets.attester,
    ...{ now, word },
    funder: prepaid ? party.wallet.address : wallets.issuer.address,
    funding: prepaid ? Funding.PREPAID : Funding.CREDIT,
    billingRef: party.billingRef,
    limits,
  })
  const credential = await bind(ledger, { binding, signer, party: party.wallet, wallets })
  return {
    name: `car ${index + 1}`,
    key,
    signer,
    deviceId: binding.deviceId,
    binding,
    bindingId: Binding.id(binding),
    credential,
    party,
  }
}

/** Makes a station's key and binds the station to its operator. It is paid and pays nothing. */
export async function bindStation(
  ledger: Ledger,
  { name, wallets, now, word }: { name: string } & Vouching,
): Promise<Device> {
  const key = newKey('secp256k1')
  const signer = await signerOf(key, ledger.deployment.p256Sha256Verifier)
  const operator = wallets.operator
  const binding = bindingOf(ledger, {
    signer,
    party: SignerId.of(operator.address),
    attester: wallets.attester,
    ...{ now, word },
    funder: operator.address,
    funding: Funding.OWN,
    billingRef: NONE,
    limits: { maxPerPayment: 0n, maxPerPeriod: 0n },
  })
  const credential = await bind(ledger, { binding, signer, party: operator, wallets })
  return { name, key, signer, deviceId: binding.deviceId, binding, bindingId: Binding.id(binding), credential }
}

type Draft = {
  readonly signer: Signer
  readonly party: Hex
  readonly attester: Wallet
  readonly now: number
  readonly word: DailyWord
  readonly funder: Address
  readonly funding: Funding
  readonly billingRef: Hex
  readonly limits: Limits
}

function bindingOf(
  ledger: Ledger,
  { signer, party, attester, now, word, funder, funding, billingRef, limits }: Draft,
): Binding.Binding {
  const untipped = {
    deviceId: SignerId.of(signer.signer),
    partyId: party,
    attester: attester.address,
    validFrom: now,
    validUntil: now + YEAR_SECONDS,
    funder,
    funding,
    token: ledger.token,
    ...limits,
    periodSeconds: PERIOD_SECONDS,
    approvers: NONE,
    billingRef,
    previous: NONE,
  }
  return { ...untipped, freshnessTip: word.tipOf(untipped) }
}

type Signing = {
  readonly binding: Binding.Binding
  readonly signer: Signer
  readonly party: Wallet
  readonly wallets: Wallets
}

/** Records the binding. What party and attester signed for the chain is what the device shows without one. */
async function bind(ledger: Ledger, signing: Signing): Promise<Credential.Credential> {
  const { binding, signer, party, wallets } = signing
  const { chainId, identityRegistry: address } = ledger.deployment
  const digest = Bytes.fromHex(Binding.digest(binding, Deployment.registryDomain(ledger.deployment)))
  const signed = async (by: Signer): Promise<Hex> => Bytes.toHex(await by.sign(digest))
  const [device, ofParty, ofAttester] = [
    await signed(signer),
    await signed(party.signer),
    await signed(wallets.attester.signer),
  ]
  const signatures = { device, party: ofParty, attester: ofAttester }
  // Whoever pays the gas may relay it.
  const deviceSigner = signer.signer
  const partySigner = party.address
  await ledger.registry(wallets.operator).bind({ binding, deviceSigner, partySigner, signatures })
  const proof = { kind: 'binding', partySignature: ofParty, attesterSignature: ofAttester } as const
  return { registry: { chainId, address }, binding, deviceSigner, partySigner, proof }
}

function newKey(kind: DeviceKey['kind']): DeviceKey {
  return { kind, secret: Bytes.toHex(randomBytes(32)) }
}
