import type { OnProgress } from '@musubi/cli'
import { z } from 'zod'
import { listCycles, openCycle, requireCycle } from '../billing/Cycle.ts'
import { freezeCycle } from '../billing/freeze.ts'
import { sealCycle } from '../billing/seal.ts'
import type { Database } from '../database/open.ts'
import { sealFiles } from '../export/sealFiles.ts'
import type { Json } from '../hash.ts'
import type { Handler, Outcome } from '../journal/Journal.ts'
import { importReceipts } from '../receipts/importReceipts.ts'
import { ACCOUNT_COLUMNS, accountRow, registerAccounts } from '../registers/accounts.ts'
import { FUNDER_COLUMNS, funderRow, registerFunders } from '../registers/funders.ts'
import { MERCHANT_COLUMNS, merchantRow, registerMerchants } from '../registers/merchants.ts'

/** A register: how its file's rows are read, and how they are added. */
export type Register = {
  readonly schema: z.ZodType<Json>
  readonly columns: readonly string[]
  readonly handler: Handler
}

// Rows travel through the journal as they were typed, so a rate that the row type has as a number is text there.
const asTyped = (row: object): { [key: string]: string } =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [column, String(value)]))

function register<T extends object>(
  schema: z.ZodType<T>,
  columns: readonly string[],
  add: (db: Database, rows: readonly T[], seq: bigint) => Promise<number>,
): Register {
  const content = z.array(schema).min(1)
  return {
    schema: schema.transform(asTyped),
    columns,
    handler: async (db, rows, seq) => {
      const parsed = content.parse(rows)
      const added = await add(db, parsed, seq)
      return { changed: added > 0, result: { rows: parsed.length, added } }
    },
  }
}

export const REGISTERS = {
  funders: register(funderRow, FUNDER_COLUMNS, registerFunders),
  accounts: register(accountRow, ACCOUNT_COLUMNS, registerAccounts),
  merchants: register(merchantRow, MERCHANT_COLUMNS, registerMerchants),
} as const

const sealedCycle = z.strictObject({ cycle: z.string(), softwareVersion: z.string() })

async function seal(db: Database, content: Json, seq: bigint, onProgress: OnProgress): Promise<Outcome> {
  const { cycle: name, softwareVersion } = sealedCycle.parse(content)
  const cycle = await requireCycle(db, name, 'frozen')
  const lines = await sealCycle(db, { name, seq, onProgress })
  await sealFiles(db, { cycle, lines, softwareVersion })
  const count = (type: string): number => lines.filter((line) => line.row.record_type === type).length
  return {
    changed: true,
    result: { cycle: name, lines: lines.length, charges: count('CHARGE'), statements: count('STATEMENT') },
  }
}

/** Every kind of journal record, and what applying it does: by a command now, or by reading the journal again. */
export const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['register-funders', REGISTERS.funders.handler],
  ['register-accounts', REGISTERS.accounts.handler],
  ['register-merchants', REGISTERS.merchants.handler],
  ['import-receipts', importReceipts],
  ['cycle-open', openCycle],
  ['cycle-freeze', freezeCycle],
  ['cycle-seal', seal],
])

/** The cycle that a command means when none is named: the first that is frozen, or the last that is sealed. */
export async function defaultCycle(db: Database, state: 'frozen' | 'sealed'): Promise<string | undefined> {
  const cycles = (await listCycles(db)).filter((cycle) => cycle.state === state)
  return (state === 'frozen' ? cycles[0] : cycles.at(-1))?.cycle
}
