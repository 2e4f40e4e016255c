import { loadBackend, loadFastestBackend } from '@musubi/sdk'
import type { Secp256k1Backend } from '@musubi/sdk'
import type { Figure } from '../figures.ts'
import { rounded } from '../figures.ts'
import { median } from '../payments/statistics.ts'
import type { KeyType } from './cast.ts'
import { KEY_TYPES, credentialOf } from './cast.ts'
import type { Contacts } from './contacts.ts'
import { measureContacts, measureVerdicts } from './contacts.ts'
import { measureEas } from './eas/measureEas.ts'
import { accreditAttester, measureEnrolment } from './enrolment.ts'
import { newLeaf } from './leaves.ts'
import type { LocalChain } from './localChain.ts'
import { onLocalChain } from './localChain.ts'
import { newVerifier, show } from './verifiers.ts'
import type { Holder } from './verifiers.ts'

/** What it costs to show who answers for a device: bytes, time offline, time to enrol a fleet; beside it what EAS costs. */
export async function measureIdentity(options: measureIdentity.Options): Promise<Figure[]> {
  const { rounds, devices } = options
  const backend = await loadFastestBackend()
  const fleets: Fleets = { secp256k1: await newFleet('secp256k1', devices), p256: await newFleet('p256', devices) }
  const offline = [
    { name: 'backend', value: `secp256k1 ${backend.name}`, note: 'P-256 is node:crypto' },
    ...(await measureSizes(fleets, backend)),
    ...(await measureTimes(fleets, { rounds, backend })),
  ]
  const online = await onLocalChain(async (chain) => [
    ...(await measureFleets(chain, rounds)),
    ...(await measureEas(chain, { ...options, backend })),
  ])
  return [...offline, ...online, { name: 'rounds', value: rounds }, { name: 'devices', value: devices }]
}
export declare namespace measureIdentity {
  type Options = {
    readonly rounds: number
    /** Of each kind of key. */
    readonly devices: number
  }
}

type Fleets = Readonly<Record<KeyType, readonly Holder[]>>
type Timing = { readonly rounds: number; readonly backend: Secp256k1Backend }

async function newFleet(keyType: KeyType, count: number): Promise<Holder[]> {
  const holders: Holder[] = []
  for (let index = 0; index < count; index++) holders.push(await credentialOf(`${keyType} device ${index}`, keyType))
  return holders
}

/** Of presentations that a verifier accepts: what it refuses has no size. */
async function measureSizes({ secp256k1, p256 }: Fleets, backend: Secp256k1Backend): Promise<Figure[]> {
  const identities = await newVerifier({ backend, showingsMax: 1 })
  const sizeOf = async (holder: Holder) => {
    const bytes = await show(holder, identities)
    await identities.verify(bytes)
    return bytes.length
  }
  let largest = 0
  for (const holder of [...secp256k1, ...p256]) largest = Math.max(largest, await sizeOf(holder))
  const leaf = await sizeOf(await newLeaf('leaf', 'p256'))
  return [
    { name: 'presentationBytes', value: largest, wanted: 1024, note: 'a binding with a token, both kinds of keys' },
    { name: 'presentationLeafBytes', value: leaf, wanted: 2560, note: 'a leaf of 20 levels with a token, P-256' },
  ]
}

async function measureTimes(fleets: Fleets, { rounds, backend }: Timing): Promise<Figure[]> {
  const wasm = await loadBackend('wasm')
  const native = { secp256k1: [] as Contacts[], p256: [] as Contacts[] }
  const inWasm = { secp256k1: [] as Contacts[], p256: [] as Contacts[] }
  const perSecond: number[] = []
  for (let round = 0; round < rounds; round++) {
    for (const keyType of KEY_TYPES) {
      native[keyType].push(await measureContacts(fleets[keyType], backend))
      if (wasm !== undefined) inWasm[keyType].push(await measureContacts(fleets[keyType], wasm))
    }
    perSecond.push(await measureVerdicts([...fleets.secp256k1, ...fleets.p256], backend))
    console.error(`bench: contacts, round ${round + 1} of ${rounds} done`)
  }
  return [
    ...perKeyType('firstContactMs', { of: native, figure: 'firstMs', wanted: 1 }),
    ...perKeyType('repeatMs', { of: native, figure: 'repeatMs', wanted: 0.3 }),
    ...(wasm === undefined ? [] : perKeyType('wasmFirstContactMs', { of: inWasm, figure: 'firstMs' })),
    { name: 'verdictsPerSecond', value: Math.round(median(perSecond)), note: 'known devices of both kinds, one core' },
  ]
}

type OfBoth = {
  readonly of: Readonly<Record<KeyType, readonly Contacts[]>>
  readonly figure: keyof Contacts
  readonly wanted?: number
}

/** The worse of the two is the figure; each stands beside it. */
function perKeyType(name: string, { of, figure, wanted }: OfBoth): Figure[] {
  const each = KEY_TYPES.map((keyType) => ({
    name: name.replace(/Ms$/, keyType === 'p256' ? 'P256Ms' : 'Secp256k1Ms'),
    value: rounded(median(of[keyType].map((contacts) => contacts[figure]))),
  }))
  const worse = Math.max(...each.map(({ value }) => value))
  return [{ name, value: worse, ...(wanted === undefined ? {} : { wanted }), note: 'the worse of the two' }, ...each]
}

async function measureFleets(chain: LocalChain, rounds: number): Promise<Figure[]> {
  await accreditAttester(chain)
  const seconds: number[] = []
  for (let round = 0; round < rounds; round++) {
    seconds.push(await measureEnrolment(chain, round))
    console.error(`bench: enrolment, round ${round + 1} of ${rounds} done`)
  }
  const note = 'ids, leaves, tree, two signatures, one transaction to its receipt'
  return [{ name: 'enrol10000Seconds', value: rounded(median(seconds)), note }]
}
