import { join } from 'node:path'
import * as committed from '../../scripts/gas/committed.ts'
import type { Figure } from '../figures.ts'
import { QUOTES } from './peers.ts'

const GAS_FILE = join(import.meta.dirname, '..', '..', 'test', 'gas', 'gas.json')

/** Ours, by the names in gas.json. */
const OURS = {
  openFromBalance: 'with identity and ceiling checked',
  settleFirst: 'payout slot from zero',
  settleRepeat: 'channel settled before',
  settle100PerChannel: '100 channels of one beneficiary, by 100',
  close: 'settles and refunds; two signatures',
  requestClose: "the funder's own call",
  withdraw: 'pays out what was settled',
} as const

/**
 * Gas of our escrow beside that of its peers. Ours are the figures that `npm run gas` measures and CI keeps true. The peers'
 * contracts are in no package, so theirs are quoted.
 */
export async function compareEscrow(): Promise<Figure[]> {
  const gas = await committed.read(GAS_FILE)
  const ours = Object.entries(OURS).map(([name, note]) => ({
    name: `${name}Gas`,
    value: gas[name] ?? 'unknown',
    note: `measured by npm run gas; ${note}`,
  }))
  return [...ours, ...QUOTES.map(({ name, gas: value, note }) => ({ name, value, note }))]
}
