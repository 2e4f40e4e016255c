import { join } from 'node:path'
import type { Secp256k1Backend } from '@musubi/sdk'
import * as committed from '../../../scripts/gas/committed.ts'
import type { Figure } from '../../figures.ts'
import { rounded } from '../../figures.ts'
import { median } from '../../payments/statistics.ts'
import type { LocalChain } from '../localChain.ts'
import { loadEas } from './contracts.ts'
import { measureEasGas } from './gas.ts'
import type { EasOffchain } from './offchain.ts'
import { measureEasOffchain } from './offchain.ts'

const GAS_FILE = join(import.meta.dirname, '..', '..', '..', 'test', 'gas', 'gas.json')

/** The facts of a binding as an attestation of the Ethereum Attestation Service, beside our own. The notes say what each has and lacks. */
export async function measureEas(chain: LocalChain, options: measureEas.Options): Promise<Figure[]> {
  const contracts = await loadEas()
  const ours = await readOurs()
  if (contracts === undefined) return [...ours, { name: 'eas', value: 'not installed' }]
  const gas = await measureEasGas(contracts, chain)
  return [
    ...ours,
    {
      name: 'easAttestGas',
      value: gas.attest,
      note: 'the attester sends it; all facts are stored, readable by whoever has the id',
    },
    {
      name: 'easAttestByDelegationGas',
      value: gas.attestByDelegation,
      note: "relayed with the attester's signature, the nearest to bind; none of device and party, no accreditation, no exposure against a ceiling, no head: attestations may contradict each other",
    },
    { name: 'easRevokeGas', value: gas.revoke, note: 'the attester sends it' },
    { name: 'easRevokeByDelegationGas', value: gas.revokeByDelegation, note: 'relayed; no suspension, no release' },
    {
      name: 'easCheckGas',
      value: gas.check,
      note: 'getAttestation, cold, from another contract: all facts are read, and the caller still has to judge expiry, revocation and attester',
    },
    ...(await measureOffchain(options)),
  ]
}
export declare namespace measureEas {
  type Options = { readonly rounds: number; readonly devices: number; readonly backend: Secp256k1Backend }
}

async function readOurs(): Promise<Figure[]> {
  const gas = await committed.read(GAS_FILE)
  const note =
    'device, party and accredited attester have signed; exposure against a ceiling, one head a device; facts are in the event only; figure of npm run gas'
  return [
    { name: 'bindGas', value: gas['bind'] ?? 'unknown', note },
    { name: 'revokeGas', value: gas['revoke'] ?? 'unknown', note: 'relayed' },
    {
      name: 'checkGas',
      value: gas['check'] ?? 'unknown',
      note: 'cold, from another contract; hashes the binding that is shown, and says where it stands',
    },
  ]
}

async function measureOffchain({ rounds, devices, backend }: measureEas.Options): Promise<Figure[]> {
  const measured: EasOffchain[] = []
  for (let round = 0; round < rounds; round++) measured.push(await measureEasOffchain({ count: devices, backend }))
  return [
    {
      name: 'easOffchainVerifyMs',
      value: rounded(median(measured.map(({ backendMs }) => backendMs))),
      note: "one signature, the attester's: no device proves that it is the one, no party, no freshness; most of it is viem's hash",
    },
    {
      name: 'easOffchainVerifyViemMs',
      value: rounded(median(measured.map(({ viemMs }) => viemMs))),
      note: 'the same by viem alone',
    },
  ]
}
