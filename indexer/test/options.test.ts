import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { UsageError } from '@musubi/cli'
import { createProgram } from '../src/cli/program.ts'
import { DEPLOYMENT } from './support/FakeChain.ts'

describe('an option that cannot be used', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'musubi-options-'))
    writeFileSync(join(folder, 'deployment.json'), JSON.stringify(DEPLOYMENT))
    writeFileSync(join(folder, 'file'), '')
  })
  after(() => rmSync(folder, { recursive: true }))

  const sync = (...more: readonly string[]): string[] => {
    const place = ['--deployment', join(folder, 'deployment.json'), '--rpc-url', 'http://127.0.0.1:9']
    return ['sync', ...place, ...more]
  }
  const open = (options: Readonly<Record<string, string>>, name = 'C1'): string[] => {
    const dates = { from: '2026-11-01', 'cut-off': '2026-12-01', ...options }
    return ['cycle', 'open', name, ...Object.entries(dates).flatMap(([option, value]) => [`--${option}`, value])]
  }

  const cases: readonly [string, () => string[], string][] = [
    ['no address of a node', () => sync('--rpc-url', 'ftp://node'), 'ftp://node'],
    ['a pause that is no number', () => sync('--poll-seconds', 'soon'), 'soon'],
    ['a pause of a day', () => sync('--poll-seconds', '86400'), '86400'],
    ['a timeout of nothing', () => sync('--timeout-seconds', '0'), '0'],
    ['half a block', () => sync('--range-blocks', '1.5'), '1.5'],
    ['no blocks', () => sync('--range-blocks', '0'), '0'],
    ['more blocks than are asked for', () => sync('--range-blocks', '50001'), '50001'],
    ['retries below zero', () => sync('--retries', '-1'), '-1'],
    ['a short token', () => sync('--token', '0x12'), '0x12'],
    ['no code of a currency', () => sync('--currency', 'yen'), 'yen'],
    ['a currency that is not billed', () => sync('--currency', 'XAU'), 'XAU'],
    ['no deployment', () => sync('--deployment', join(folder, 'none.json')), 'none.json'],
    ['a name in small letters', () => open({}, 'may'), 'may'],
    ['a long name', () => open({}, 'C'.repeat(21)), 'C'.repeat(21)],
    ['a day that does not exist', () => open({ from: '2026-02-30' }), '2026-02-30'],
    ['a cut-off before the start', () => open({ 'cut-off': '2026-10-01' }), '2026-10-01'],
    ['an unknown time zone', () => open({ 'time-zone': 'Edo' }), 'Edo'],
    ['a grace that is no duration', () => open({ grace: 'two days' }), 'two days'],
    ['a grace below nothing', () => open({ grace: '-PT1H' }), '-PT1H'],
    ['a charge date that is none', () => open({ 'charge-date': 'monday' }), 'monday'],
    ['a key in no directory', () => ['keys', 'new', '--out', join(folder, 'none', 'key.pem')], 'key.pem'],
    ['no key', () => ['verify', folder, '--public-key', join(folder, 'file')], 'file'],
    ['a file as data directory', () => ['status', '--data', join(folder, 'file')], 'file'],
  ]
  for (const [what, args, given] of cases) {
    it(`given ${what}, when run, it says what was given and expected, and makes nothing`, async () => {
      const place = ['--data', join(folder, 'data')]
      const all = args()
      const run = createProgram().parseAsync(all.includes('--data') ? all : [...all, ...place], { from: 'user' })
      await assert.rejects(run, (error: unknown) => {
        assert.ok(error instanceof UsageError, String(error))
        assert.ok(error.given.includes(given), error.message)
        assert.notEqual(error.expected, '')
        assert.match(error.next, /\.$/)
        return true
      })
      assert.deepEqual(readdirSync(folder), ['deployment.json', 'file'])
    })
  }
})
