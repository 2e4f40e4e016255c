import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Figures } from '../../scripts/demo/Figures.ts'
import { billTable, closingWords } from '../../scripts/demo/summary.ts'

const PRICE_PER_WH = 31_530_000_000_000_000n
const SPAN = { from: '2024-05-01', cutOff: '2024-05-16' }
const HEADER =
  'record_type,liable_party_ref,billing_account,payment_count,amount_minor,tax_minor,source_atomic,carry_out_e18,' +
  'card_ref,period_from,period_to'
const FIGURES: Figures = {
  ...{ sessions: 1000, introductions: 1000, energyWh: 15_701_246, payments: 157_512, seconds: 400 },
  ...{ authorised: '495060286380000000000000', settled: '495060286380000000000000' },
  ...{ billedYen: '450000', prepaidYen: '45060', carryE18: '286380000000000000', carryKeys: 4 },
  ...{ csv: 'c', manifest: 'm', killedAndResumed: true, offlineSession: true, verified: true },
}

/** Columns of a terminal: a Japanese character takes two. */
const columnsOf = (line: string): number => line.replaceAll(/[\u3000-\u9fff]/g, '..').length

describe('billTable', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'musubi-summary-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const bill = async (): Promise<string[]> => {
    const charges = join(folder, 'charges.csv')
    const rows = [
      'CHARGE,0xaa,BA-0001,157012,495060,45005,495060286380000000000000,286380000000000000,' +
        'tok_5569f9c90d4c06a184,2024-05-01T09:00:00+09:00,2024-05-15T23:59:59+09:00',
      'STATEMENT,0xBB,BA-0002,1,0,0,31530000000000000,31530000000000000,' +
        ',2024-05-02T09:00:00+09:00,2024-05-03T09:00:00+09:00',
    ]
    await writeFile(charges, [HEADER, ...rows, ''].join('\r\n'))
    const parties = [
      { partyId: '0xAA', name: '青葉配送' },
      { partyId: '0xbb', name: 'Fleet B' },
    ] as const
    const text = await billTable({ charges, statements: undefined, span: SPAN }, { parties, pricePerWh: PRICE_PER_WH })
    return text.split('\n')
  }
  const table = async (): Promise<string[]> => (await bill()).filter((line) => /青葉|Fleet|liable|^all/.test(line))

  it('given a Japanese name: its columns align, and fit into 80 columns of a terminal', async () => {
    const lines = await table()
    assert.equal(lines.length, 4)
    assert.deepEqual(new Set(lines.map(columnsOf)), new Set([columnsOf(lines[0]!)]))
    assert.ok(columnsOf(lines[0]!) <= 80)
  })

  it('it names card reference and period of each line, and says where there is no card', async () => {
    const lines = await bill()
    const below = (name: string): string => lines[lines.findIndex((line) => line.startsWith(name)) + 1]!.trim()
    assert.equal(below('青葉配送'), 'card reference tok_5569f9c90d4c06a184, period 2024-05-01 to 2024-05-15')
    assert.equal(below('Fleet B'), 'no card: a statement, period 2024-05-02 to 2024-05-03')
    assert.ok(lines.every((line) => columnsOf(line.trimEnd()) <= 80))
  })

  it('it groups thousands, cuts nothing, and adds up', async () => {
    const [, first, , all] = await table()
    assert.match(first!, /157,012 +15,701\.246 +495,060 +45,005 +0\.28638$/)
    assert.match(all!, /^all +157,013 +15,701\.247 +495,060 +45,005 +0\.31791$/)
  })
})

describe('closingWords', () => {
  it('given anvil: it shows the money, and says nothing of finality', () => {
    const text = closingWords(FIGURES, { chain: 'anvil', kept: undefined })
    assert.match(text, /1,000 sessions, 15,701\.246 kWh, 157,512 signed payments/)
    assert.match(text, /In 1,000 sessions car and station first showed each other who answers for them\.\n/)
    assert.match(text, /settled on the chain +495,060\.28638 yen/)
    assert.match(text, /Nothing was kept/)
    assert.doesNotMatch(text, /finality/)
  })

  it("given Hardhat's node: it says that no finality lag is shown", () => {
    assert.match(closingWords(FIGURES, { chain: 'hardhat', kept: undefined }), /no finality lag is shown/)
  })

  it('given a folder that is kept: it names it, and what to do next', () => {
    const text = closingWords(FIGURES, { chain: 'anvil', kept: '/tmp/out' })
    assert.match(text, /Everything is in \/tmp\/out:/)
    assert.match(text, /npx musubi-indexer verify \/tmp\/out\/billing --public-key \/tmp\/out\/signing-key\.pem\.pub/)
  })

  it('given sessions too short to interrupt: it claims no kill', () => {
    const text = closingWords(
      { ...FIGURES, killedAndResumed: false, offlineSession: false },
      { chain: 'anvil', kept: undefined },
    )
    assert.match(text, /No session was long enough/)
    assert.doesNotMatch(text, /could not reach/)
  })
})
