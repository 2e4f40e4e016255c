import { ProgramError, print, table } from '@musubi/cli'
import type { Command } from 'commander'
import { isoTime, listCycles } from '../billing/Cycle.ts'
import { houseTotals } from '../billing/houseTotals.ts'
import { accountTotals, trialBalance } from '../books/trialBalance.ts'
import type { Database } from '../database/open.ts'
import { readGlobals, withHouse } from './context.ts'

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('what was read, which cycles stand where, what is held, and whether the books agree')
    .addHelpText(
      'after',
      '\nIt exits 1 when the books do not agree with themselves; then nothing may be sealed or exported.',
    )
    .action(async (_: unknown, command: Command) => {
      const { json, ...globals } = readGlobals(command)
      const status = await withHouse({ json, ...globals }, ({ db, backend }) => readStatus(db, backend))
      print(json, status, () => tables(status))
      if (!status.sound) throw unsound(status)
    })
}

export type Status = Awaited<ReturnType<typeof readStatus>>

/** Everything as text, so that no figure is rounded on its way. */
export async function readStatus(db: Database, backend: string) {
  const accounts = await accountTotals(db)
  const balance = [...trialBalance(accounts)].map(([asset, amount]) => ({ asset, amount: String(amount) }))
  const totals = (await houseTotals(db)).map((total) => ({
    asset: total.asset,
    settled: String(total.settled),
    billed: String(total.billed),
    prepaid: String(total.prepaid),
    carry: String(total.carry),
    deferred: String(total.deferred),
    held: String(total.held),
    own: String(total.own),
    difference: String(total.difference),
  }))
  return {
    backend,
    chains: await readChains(db),
    cycles: (await listCycles(db)).map((cycle) => ({
      cycle: cycle.cycle,
      state: cycle.state,
      from: isoTime(cycle.fromSeconds, cycle.timeZone),
      cutOff: isoTime(cycle.cutOffSeconds, cycle.timeZone),
      chargeDate: cycle.chargeDate,
    })),
    exceptions: await readExceptions(db),
    trialBalance: balance,
    accounts: accounts.map(({ account, asset, amount }) => ({ account, asset, amount: String(amount) })),
    totals,
    sound: balance.every((one) => one.amount === '0') && totals.every((one) => one.difference === '0'),
  }
}

async function readChains(db: Database) {
  const chains = await db.selectFrom('chain').selectAll().orderBy('chain_id').execute()
  return chains.map((chain) => ({
    chainId: String(chain.chain_id),
    cursor: String(chain.cursor_number),
    cursorHash: chain.cursor_hash,
    finalized: String(chain.finalized_number),
    lag: String(chain.finalized_number - chain.cursor_number),
  }))
}

/** By code, what is open. */
async function readExceptions(db: Database) {
  const rows = await db
    .selectFrom('exception')
    .select(['code', 'effect', 'asset'])
    .select((eb) => [eb.fn.countAll<bigint>().as('count'), eb.fn.sum<bigint>('amount').as('amount')])
    .where('exception_id', 'not in', db.selectFrom('exception_end').select('exception_id'))
    .groupBy(['code', 'effect', 'asset'])
    .orderBy('code')
    .orderBy('asset')
    .execute()
  return rows.map((row) => ({ ...row, count: Number(row.count), amount: String(row.amount) }))
}

function tables(status: Status): readonly string[] {
  const columns = (rows: readonly object[]): string =>
    rows.length === 0
      ? 'none'
      : table(
          Object.keys(rows[0] ?? {}),
          rows.map((row) => Object.values(row).map(String)),
        )
  return [
    `database: ${status.backend}`,
    `\nchains\n${columns(status.chains)}`,
    `\ncycles\n${columns(status.cycles)}`,
    `\nopen exceptions\n${columns(status.exceptions)}`,
    `\naccounts (debit above zero)\n${columns(status.accounts)}`,
    `\nsettled = billed + prepaid + carry + deferred + held + own\n${columns(status.totals)}`,
    `\ntrial balance\n${columns(status.trialBalance)}`,
  ]
}

function unsound(status: Status): ProgramError {
  const wrong = [
    ...status.trialBalance.filter((one) => one.amount !== '0').map((one) => `trial balance ${one.amount} ${one.asset}`),
    ...status.totals
      .filter((one) => one.difference !== '0')
      .map((one) => `totals off by ${one.difference} ${one.asset}`),
  ]
  return new ProgramError('Books.UnsoundError', 'The books do not agree with themselves.', {
    given: wrong.join(', '),
    expected: 'zero for every asset',
    next: 'Do not seal or export; keep the database as it is and find out why.',
  })
}
