/** Writes a fleet of made-up devices for `musubi-attester enrol`. The same options give the same file. */
import { readFileSync, writeFileSync } from 'node:fs'
import { Deployment } from '@musubi/sdk'
import { Command, InvalidArgumentError } from 'commander'
import type { Address } from 'viem'
import { getAddress } from 'viem'
import { fleetCsv } from './devices.ts'

const YEAR_SECONDS = 365 * 86_400

function positive(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('expected a number from 1 to 9,999,999')
}

const options = new Command('npm run devices --')
  .description('Write a CSV file of made-up devices, whose keys are public and worth nothing.')
  .option('--count <n>', 'how many', positive, 10_000)
  .requiredOption('--out <file>', 'where to write')
  .option('--deployment <file>', 'what `npm run deploy` wrote', 'deployments/31337.json')
  .requiredOption('--funder <address>', 'who funds their spending')
  .option('--token <address>', "the token of their limits; the local chain's by default")
  .option('--from <seconds>', 'start of their validity, in seconds', Number)
  .parse()
  .opts<{ count: number; out: string; deployment: string; funder: string; token?: string; from?: number }>()

const deployment = Deployment.parse(readFileSync(options.deployment, 'utf8'))
// The same file all day.
const validFrom = options.from ?? Math.floor(Date.now() / 86_400_000) * 86_400
const terms = {
  p256Verifier: deployment.p256Sha256Verifier,
  funder: getAddress(options.funder),
  token: getAddress((options.token ?? deployment.settlementToken) as Address),
  validFrom,
  validUntil: validFrom + YEAR_SECONDS,
}
writeFileSync(options.out, await fleetCsv(options.count, terms))
console.log(`${options.count} devices in ${options.out}`)
