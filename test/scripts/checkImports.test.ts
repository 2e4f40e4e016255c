import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { z } from 'zod'

const ROOT = join(import.meta.dirname, '..', '..')
const CONFIG = join(ROOT, '.dependency-cruiser.mjs')
const CRUISER = join(ROOT, 'node_modules', '.bin', 'depcruise')

/** One import, from a file that imports nothing else to a file that is there, and the rule that refuses it. */
type Edge = readonly [from: string, to: string, rule: string]

const FORBIDDEN: readonly Edge[] = [
  ['sdk/src/generated/a.ts', 'sdk/src/protocol/Target.ts', 'sdk-generated'],
  ['sdk/src/protocol/a.ts', 'sdk/src/ports/Target.ts', 'sdk-protocol'],
  ['sdk/src/ports/a.ts', 'sdk/src/roles/Target.ts', 'sdk-ports'],
  ['sdk/src/roles/a.ts', 'sdk/src/adapters/store/Target.ts', 'sdk-roles'],
  ['sdk/src/roles/b.ts', 'sdk/src/testing/Target.ts', 'sdk-roles'],
  ['sdk/src/adapters/store/a.ts', 'sdk/src/roles/Target.ts', 'sdk-adapters'],
  ['sdk/src/testing/a.ts', 'sdk/src/adapters/store/Target.ts', 'sdk-testing'],
  ['sdk/src/protocol/b.ts', 'sdk/src/index.ts', 'sdk-own-index'],
  ['sdk/src/protocol/d.ts', 'sdk/src/did.ts', 'sdk-own-index'],
  ['sdk/src/protocol/c.ts', 'node:fs', 'sdk-core-is-pure'],
  ['sdk/src/index.ts', 'node_modules/jose/index.d.ts', 'sdk-devices-stay-small'],
  ['sdk/src/elsewhere/a.ts', 'sdk/src/protocol/Target.ts', 'sdk-unknown-folder'],
  ['sdk/src/beside.ts', 'sdk/src/roles/Target.ts', 'sdk-beside-the-layers'],
  ['sdk/src/adapters/chain/a.ts', 'artifacts/Target.ts', 'packages-know-no-workshop'],
  ['sdk/src/adapters/chain/b.ts', 'scripts/Target.ts', 'packages-know-no-workshop'],
  ['sdk/src/adapters/chain/c.ts', 'indexer/src/books/Target.ts', 'sdk-knows-no-consumer'],
  ['sdk/src/adapters/chain/d.ts', 'not-there', 'no-unresolved'],
  ['indexer/src/database/a.ts', 'indexer/src/books/Target.ts', 'indexer-database'],
  ['indexer/src/books/a.ts', 'indexer/src/ingest/Target.ts', 'indexer-books'],
  ['indexer/src/books/b.ts', 'indexer/src/reconcile/Target.ts', 'indexer-books'],
  ['indexer/src/reconcile/a.ts', 'indexer/src/ingest/Target.ts', 'indexer-reconcile'],
  ['indexer/src/billing/a.ts', 'indexer/src/export/Target.ts', 'indexer-billing'],
  ['indexer/src/billing/b.ts', 'indexer/src/ingest/Target.ts', 'indexer-billing'],
  ['indexer/src/export/a.ts', 'indexer/src/books/Target.ts', 'indexer-export'],
  ['indexer/src/ingest/a.ts', 'indexer/src/cli.ts', 'indexer-ingest'],
  ['indexer/src/ingest/b.ts', 'indexer/src/cli/Target.ts', 'indexer-ingest'],
  ['indexer/src/ingest/c.ts', 'sdk/src/protocol/Target.ts', 'sdk-by-name'],
  ['indexer/src/ingest/d.ts', 'sdk/dist/protocol/Target.d.ts', 'sdk-by-name'],
  ['indexer/test/a.ts', 'sdk/src/generated/Target.ts', 'sdk-by-name'],
  ['attester/src/state/a.ts', 'attester/src/fleet/Target.ts', 'attester-state'],
  ['attester/src/keys/a.ts', 'attester/src/outbox/Target.ts', 'attester-keys'],
  ['attester/src/registry/a.ts', 'attester/src/state/Target.ts', 'attester-registry'],
  ['attester/src/devices/a.ts', 'attester/src/fleet/Target.ts', 'attester-devices'],
  ['attester/src/requests/a.ts', 'attester/src/fleet/Target.ts', 'attester-requests'],
  ['attester/src/outbox/a.ts', 'attester/src/cli/Target.ts', 'attester-outbox'],
  ['attester/src/fleet/a.ts', 'attester/src/status/Target.ts', 'attester-fleet'],
  ['attester/src/status/a.ts', 'attester/src/outbox/Target.ts', 'attester-status'],
  ['attester/src/state/b.ts', 'sdk/src/protocol/Target.ts', 'sdk-by-name'],
  ['attester/src/state/c.ts', 'indexer/dist/index.js', 'programs-apart'],
  ['attester/src/state/d.ts', 'node_modules/ethers/index.d.ts', 'ethers-in-contract-tests-only'],
  ['attester/src/state/e.ts', 'cli/src/Target.ts', 'cli-by-name'],
  ['cli/src/a.ts', 'sdk/dist/index.d.ts', 'cli-stands-alone'],
  ['cli/src/b.ts', 'attester/dist/index.js', 'cli-stands-alone'],
  ['cli/src/c.ts', 'cli/src/index.ts', 'cli-own-index'],
  ['cli/src/d.ts', 'scripts/Target.ts', 'packages-know-no-workshop'],
  ['scripts/a.ts', 'sdk/src/protocol/Target.ts', 'packages-by-name'],
  ['scripts/c.ts', 'cli/src/Target.ts', 'packages-by-name'],
  ['test/integration/a.ts', 'indexer/src/books/Target.ts', 'packages-by-name'],
  ['test/integration/b.ts', 'node_modules/ethers/index.d.ts', 'ethers-in-contract-tests-only'],
]

const ALLOWED: readonly (readonly [from: string, to: string])[] = [
  ['sdk/src/protocol/a.ts', 'sdk/src/generated/Target.ts'],
  ['sdk/src/ports/a.ts', 'sdk/src/protocol/Target.ts'],
  ['sdk/src/roles/a.ts', 'sdk/src/ports/Target.ts'],
  ['sdk/src/adapters/store/a.ts', 'node:fs'],
  ['sdk/src/adapters/store/b.ts', 'sdk/src/ports/Target.ts'],
  ['sdk/src/index.ts', 'sdk/src/roles/Target.ts'],
  ['sdk/src/did.ts', 'sdk/src/adapters/Target.ts'],
  ['sdk/test/a.ts', 'sdk/src/roles/Target.ts'],
  ['indexer/src/ingest/a.ts', 'indexer/src/books/Target.ts'],
  ['indexer/src/ingest/b.ts', 'indexer/src/beside.ts'],
  ['indexer/src/ingest/c.ts', 'sdk/dist/index.d.ts'],
  ['indexer/src/reconcile/a.ts', 'indexer/src/books/Target.ts'],
  ['indexer/src/billing/a.ts', 'indexer/src/books/Target.ts'],
  ['indexer/src/export/a.ts', 'indexer/src/billing/Target.ts'],
  ['attester/src/fleet/a.ts', 'attester/src/devices/Target.ts'],
  ['attester/src/cli/a.ts', 'attester/src/status/Target.ts'],
  ['attester/src/state/a.ts', 'sdk/dist/did.d.ts'],
  ['indexer/src/books/b.ts', 'cli/dist/index.d.ts'],
  ['cli/src/a.ts', 'cli/src/beside.ts'],
  ['cli/test/a.ts', 'cli/src/Target.ts'],
  ['indexer/src/cli.ts', 'indexer/src/cli/Target.ts'],
  ['indexer/src/cli/a.ts', 'indexer/src/export/Target.ts'],
  ['scripts/a.ts', 'sdk/dist/index.d.ts'],
  ['scripts/b.ts', 'sdk/dist/did.d.ts'],
  ['test/contracts/a.ts', 'sdk/src/generated/Target.ts'],
  ['test/contracts/b.ts', 'node_modules/ethers/index.d.ts'],
]

const Report = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
})

describe('check:imports', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'musubi-imports-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it('accepts the arrows of the layout', async () => {
    assert.deepEqual(await violations(join(folder, 'allowed'), ALLOWED), [])
  })

  it('refuses each forbidden edge by the rule made for it', async () => {
    const found = await violations(join(folder, 'forbidden'), FORBIDDEN)
    const expected = FORBIDDEN.map(([from, , rule]) => `${from}: ${rule}`)
    assert.deepEqual(found, expected.sort())
  })

  it('refuses an edge that is only a type', async () => {
    const found = await violations(
      join(folder, 'types'),
      [['sdk/src/roles/a.ts', 'sdk/src/adapters/Target.ts']],
      'type ',
    )
    assert.deepEqual(found, ['sdk/src/roles/a.ts: sdk-roles'])
  })

  it('refuses a cycle of types', async () => {
    const there = ['sdk/src/roles/a.ts', 'sdk/src/roles/b.ts'] as const
    const back = ['sdk/src/roles/b.ts', 'sdk/src/roles/a.ts'] as const
    const found = await violations(join(folder, 'cycle'), [there, back], 'type ')
    assert.deepEqual(found, ['sdk/src/roles/a.ts: no-cycles'])
  })
})

/** Writes files that import each other along the edges, cruises them by the repository's rules, and lists `file: rule`. */
async function violations(folder: string, edges: readonly (readonly string[])[], kind = ''): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  for (const [, to] of edges) if (to?.includes('/') === true) await write(join(folder, to), 'export type T = 1\n')
  for (const [from, to] of edges) {
    assert.ok(from !== undefined && to !== undefined)
    const specifier = to.includes('/') ? `${'../'.repeat(from.split('/').length - 1)}${to}` : to
    await write(join(folder, from), `import ${kind}{ T } from '${specifier}'\nexport const t: T = 1\n`)
  }
  const args = [
    CRUISER,
    '--config',
    CONFIG,
    '--output-type',
    'json',
    '{sdk,cli,indexer,attester}/{src,test}',
    '{scripts,test}',
  ]
  // The JSON reporter leaves the verdict to whoever reads it, and ends with 0.
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 64 << 20 })
  return Report.parse(JSON.parse(stdout))
    .summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`)
    .sort()
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
