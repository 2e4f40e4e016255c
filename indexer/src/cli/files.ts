import { readFileSync } from 'node:fs'
import { facts, print, showing, table } from '@musubi/cli'
import type { Command } from 'commander'
import { parse } from 'csv-parse/sync'
import { createKeyFiles, readPublicKey, readSigningKey } from '../export/keys.ts'
import { verifyDelivery } from '../export/verifyDelivery.ts'
import { writeDelivery } from '../export/writeDelivery.ts'
import { readGlobals, withJournal } from './context.ts'
import { noSuchCycle } from './noSuchCycle.ts'
import { defaultCycle } from './operations.ts'

type ExportOptions = { out: string; signingKey: string; bookEntity?: string; rail?: string }

export function addExport(program: Command): void {
  program
    .command('export')
    .description('write the files of a sealed cycle; the same bytes each time')
    .argument('[cycle]', 'a sealed cycle; the last one by default')
    .requiredOption('--out <dir>', 'where to write')
    .requiredOption('--signing-key <pem>', 'Ed25519 private key that signs the manifest')
    .option('--book-entity <name>', 'which book entity, when the cycle has several')
    .option('--rail <rail>', 'ISSUER or PSP, when the cycle has both')
    .addHelpText('after', EXPORT_HELP)
    .action(async (name: string | undefined, options: ExportOptions, command: Command) => {
      const globals = readGlobals(command)
      const signingKey = readSigningKey(options.signingKey)
      // The journal is opened although nothing is recorded: without a sound journal nothing leaves the house.
      const written = await withJournal(globals, async ({ db }) => {
        const cycle = name ?? (await defaultCycle(db, 'sealed'))
        if (cycle === undefined) throw noSuchCycle('sealed')
        const { out: directory, bookEntity, rail } = options
        return writeDelivery(db, { cycle, directory, signingKey, bookEntity, rail })
      })
      print(globals.json, written, () => [
        ...[written.charges, written.statements].flatMap((path) => (path === null ? [] : [path, billTable(path)])),
        facts([
          ['manifest', written.manifest ?? 'none'],
          ['billed yen', written.billedYen],
          ['prepaid yen', written.prepaidYen],
          ['carried on, in 10^-18 yen', written.carryE18],
        ]),
      ])
    })
}

const EXPORT_HELP = `
A file that is there already is left alone when it has the same bytes, and refused when it has others.

  musubi-indexer export 2026-11 --out outbox --signing-key signing.pem`

const VERIFY_HELP = `
The first thing that is wrong is named: file, row and column, what is there and what should be.

  musubi-indexer verify outbox --public-key signing.pem.pub`

const KEYS_HELP = `
Keep the private key; give the other file to whoever verifies.

  musubi-indexer keys new --out signing.pem`

/** What a billing clerk looks for first. */
function billTable(path: string): string {
  const rows: readonly Record<string, string>[] = parse(readFileSync(path), { columns: true })
  const head = ['account', 'card', 'merchant', 'item', 'from', 'to', 'payments', 'amount', 'tax', 'currency']
  return table(
    head,
    rows.map((row) =>
      [row.billing_account, row.card_ref, row.payee_name, row.item, row.period_from, row.period_to]
        .concat([row.payment_count, row.amount_minor, row.tax_minor, row.currency])
        .map((text) => text ?? ''),
    ),
  )
}

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('prove exported files by themselves, with no database and no network')
    .argument('<paths...>', 'directories or files')
    .requiredOption('--public-key <pem>', 'Ed25519 public key of the one who signed')
    .addHelpText('after', VERIFY_HELP)
    .action(async (paths: string[], options: { publicKey: string }, command: Command) => {
      const globals = readGlobals(command)
      const key = readPublicKey(options.publicKey)
      const verified = await showing('rows', globals, (onProgress) =>
        Promise.resolve(verifyDelivery(paths, key, onProgress)),
      )
      print(globals.json, verified, () => [
        facts(Object.entries(verified).map(([name, value]) => [name, String(value)])),
      ])
    })
}

export function addKeys(program: Command): void {
  program
    .command('keys')
    .description('keys that sign manifests')
    .command('new')
    .description('write a new Ed25519 key, and its public half beside it with the ending .pub')
    .requiredOption('--out <file>', 'where the private key goes')
    .addHelpText('after', KEYS_HELP)
    .action((options: { out: string }, command: Command) => {
      const { json } = readGlobals(command)
      const files = createKeyFiles(options.out)
      print(json, files, () => [facts(Object.entries(files))])
    })
}
