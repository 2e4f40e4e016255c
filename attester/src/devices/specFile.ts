import { UsageError } from '@musubi/cli'
import type { Address } from 'viem'
import { z } from 'zod'
import { readJson } from '../state/files.ts'
import type { DeviceSpec, Problem } from './spec.ts'
import { OPTIONAL_COLUMNS, REQUIRED_COLUMNS, parseSpec } from './spec.ts'

const fields = z.record(z.string(), z.union([z.string(), z.int()]))

/**
 * Reads what is known of one device: a JSON object with the columns of a fleet's CSV, in camel case. The head is not its
 * matter: `previous` follows from the command.
 */
export function readSpec(path: string, options: { readonly p256Verifier: Address }): DeviceSpec {
  const json = readJson(path, fields)
  const row = Object.fromEntries(Object.entries(json).map(([name, value]) => [snakeCase(name), String(value)]))
  const known = new Set<string>([...REQUIRED_COLUMNS, ...OPTIONAL_COLUMNS])
  const unknown = Object.keys(json).filter((name) => !known.has(snakeCase(name)))
  const spec = parseSpec(row, options)
  if ('deviceId' in spec && unknown.length === 0) return spec
  throw new BadSpecError({ path, unknown, problems: 'deviceId' in spec ? [] : spec })
}

/** The device cannot be bound as the file says. */
export class BadSpecError extends UsageError {
  constructor({ path, unknown = [], problems }: BadSpecError.Options) {
    super('Devices.BadSpecError', 'The device cannot be bound.', {
      given: [
        ...unknown.map((name) => `unknown ${name}`),
        ...problems.map(({ column, given, expected }) => `${column}: ${given}; expected ${expected}`),
      ].join('\n  '),
      expected: FIELDS,
      next: `Mend ${path}. Nothing was bound.`,
    })
  }
}
export declare namespace BadSpecError {
  type Options = {
    readonly path: string
    readonly unknown?: readonly string[]
    readonly problems: readonly Problem[]
  }
}

const FIELDS = 'deviceSigner, validFrom, validUntil, funder, funding, token, maxPerPayment, maxPerPeriod, periodSeconds'

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
