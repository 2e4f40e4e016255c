/**
 * Writes the golden vectors in `test/vectors/`: what each id, digest, layout and signature must be. They are made by viem
 * and by layouts written out here, not by the hashing and codecs of SDK and indexer, which are tested against them; the
 * contract tests read them too.
 *
 * `npm run vectors` writes; `npm run vectors -- --check` fails when what is committed differs.
 */
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { anchorVectors } from './vectors/anchors.ts'
import { lineVectors, proofVectors, totalsVectors } from './vectors/billing.ts'
import { channelVectors, messageVectors, receiptVectors } from './vectors/channels.ts'
import { freshnessVectors } from './vectors/freshness.ts'
import { historyVectors } from './vectors/history.ts'
import { agreementVectors, bindingVectors, domainVectors, idVectors, standingVectors } from './vectors/identity.ts'
import { itemVectors, refusedTariffs, tariffs } from './vectors/layouts.ts'
import { presentationVectors } from './vectors/presentations.ts'
import { leafVectors, snapshotVectors } from './vectors/trees.ts'
import { trustListVectors } from './vectors/trustLists.ts'
import { refusedFrames, wireVectors } from './vectors/wire.ts'

const OUTPUT = join(import.meta.dirname, '..', 'test', 'vectors')

/** Copied from the specifications and suites that they name: what others computed is no work of ours to write anew. */
const COPIED = new Set(['dids.json', 'wycheproof.json'])

const { check } = new Command('vectors')
  .description('Write the golden vectors in test/vectors/.')
  .option('--check', 'write nothing; fail when the committed files differ')
  .parse()
  .opts<{ check?: true }>()

const vectors = {
  'ids.json': idVectors(),
  'domains.json': domainVectors(),
  'bindings.json': await bindingVectors(),
  'standing.json': await standingVectors(),
  'leaves.json': await leafVectors(),
  'freshness.json': freshnessVectors(),
  'statusSnapshots.json': await snapshotVectors(),
  'trustLists.json': await trustListVectors(),
  'presentations.json': await presentationVectors(),
  'agreements.json': await agreementVectors(),
  'tariffs.json': { sound: tariffs, refused: refusedTariffs() },
  'items.json': itemVectors(),
  'channels.json': channelVectors(),
  'channelMessages.json': await messageVectors(),
  'receipts.json': receiptVectors(),
  'frames.json': { sound: await wireVectors(), refused: await refusedFrames() },
  'history.json': await historyVectors(),
  'anchors.json': await anchorVectors(),
  'totals.json': totalsVectors(),
  'billing.json': { lines: lineVectors(), proofs: proofVectors() },
}
const rendered = new Map(Object.entries(vectors).map(([name, value]) => [name, render(value)]))

if (check) await compare()
else await write()

async function compare(): Promise<void> {
  const committed = (await readdir(OUTPUT)).filter((name) => name.endsWith('.json') && !COPIED.has(name))
  const differing = new Set(committed.filter((name) => !rendered.has(name)))
  for (const [name, text] of rendered) {
    const there = committed.includes(name) ? await readFile(join(OUTPUT, name), 'utf8') : undefined
    if (there !== text) differing.add(name)
  }
  if (differing.size === 0) {
    console.log(`vectors: ${rendered.size} files are as committed`)
    return
  }
  console.error(
    `vectors: different in test/vectors: ${[...differing].join(', ')}. ` +
      'A golden vector changes only with the protocol: say why in the commit, then run `npm run vectors`.',
  )
  process.exitCode = 1
}

async function write(): Promise<void> {
  for (const [name, text] of rendered) await writeFile(join(OUTPUT, name), text)
  console.log(`vectors: wrote ${[...rendered.keys()].join(', ')}`)
}

/** Integers that may pass 2^53 are decimal strings. */
function render(value: unknown): string {
  const toText = (_key: string, field: unknown) => (typeof field === 'bigint' ? field.toString() : field)
  return `${JSON.stringify(value, toText, 2)}\n`
}
