import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { holdLock } from '../src/lock.ts'

describe('holdLock', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'musubi-lock-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  it('given a path that is held, then it says who can do what; once it is given back, it is free', () => {
    const path = join(folder, 'new', 'lock')
    const unlock = holdLock(path, { next: 'Wait.' })
    assert.throws(() => holdLock(path, { next: 'Wait.' }), { name: 'Cli.LockedError', next: 'Wait.' })
    unlock()
    unlock()
    holdLock(path, { next: 'Wait.' })()
    assert.ok(existsSync(path), 'the file stays')
  })
})
