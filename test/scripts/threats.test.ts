/**
 * docs/THREATS.md
 * `-- given a test that it names ... there is one
 */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'

const ROOT = join(import.meta.dirname, '..', '..')

/** What the document's short paths stand for. */
const FOLDERS: Readonly<Record<string, readonly [folder: string, ending: string]>> = {
  R: ['test/contracts/IdentityRegistry', '.test.ts'],
  E: ['test/contracts/ChannelEscrow', '.test.ts'],
  H: ['test/contracts/helpers', '.ts'],
  L: ['test/contracts/LedgerAnchor', '.test.ts'],
  S: ['sdk/test', '.test.ts'],
}

function pathOf(name: string): string {
  const [, letter = '', rest = ''] = /^([A-Z])\/(.+)$/.exec(name) ?? []
  const [folder, ending] = FOLDERS[letter] ?? []
  return folder === undefined ? name : `${folder}/${rest}${ending}`
}

describe('docs/THREATS.md', () => {
  const text = readFileSync(join(ROOT, 'docs', 'THREATS.md'), 'utf8')
  const named = [...text.matchAll(/`((?:[REHLS]|test)\/[\w./]+\w)`/g)].flatMap(([, name]) => name ?? [])

  it('given a test that it names ... there is one', () => {
    assert.ok(named.length > 40)
    const missing = named.map(pathOf).filter((path) => !existsSync(join(ROOT, path)))
    assert.deepEqual(missing, [])
  })
})
