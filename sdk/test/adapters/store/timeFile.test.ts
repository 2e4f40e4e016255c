/**
 * timeFile
 * |-- given a file that holds no time and version ... load rejects with StoreDamagedError
 * |-- given a path that cannot be read ... load rejects with StoreOpenError
 * |-- given a folder that is not there ... save rejects with StoreWriteError
 * |-- given no file ... load gives undefined
 * `-- when a time and a version were saved ... load gives them, also when a later write was cut off
 */
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { timeFile } from '../../../src/adapters/store/timeFile.ts'

const folder = mkdtempSync(join(tmpdir(), 'musubi-time-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const DAMAGED = ['', '\n', '12 1', '12\n', '-1 1\n', '1.5 1\n', '1e9 1\n', '12 -1\n', '12  1\n', '12 1 1\n']
const TOO_LONG = ['1234567890123456 1\n', '12 12345678901\n', '12 1\n34 1\n']

const at = (seconds: number, trustListVersion = 1) => ({ seconds, trustListVersion })

describe('timeFile', () => {
  for (const [index, text] of [...DAMAGED, ...TOO_LONG].entries()) {
    it(`given a file that holds no time and version ... load rejects with StoreDamagedError (${index})`, async () => {
      const path = join(folder, `damaged ${index}`)
      writeFileSync(path, text)
      await assert.rejects(timeFile(path).load(), { name: 'Store.StoreDamagedError' })
    })
  }

  it('given a path that cannot be read ... load rejects with StoreOpenError', async () => {
    await assert.rejects(timeFile(folder).load(), { name: 'Store.StoreOpenError' })
  })

  it('given a folder that is not there ... save rejects with StoreWriteError', async () => {
    await assert.rejects(timeFile(join(folder, 'none', 'time')).save(at(1)), { name: 'Store.StoreWriteError' })
  })

  it('given no file ... load gives undefined', async () => {
    assert.equal(await timeFile(join(folder, 'missing')).load(), undefined)
  })

  it('when a time and a version were saved ... load gives them, also when a later write was cut off', async () => {
    const path = join(folder, 'time')
    await timeFile(path).save(at(1_800_000_000))
    await timeFile(path).save(at(1_800_000_060, 2))
    assert.deepEqual(await timeFile(path).load(), at(1_800_000_060, 2))
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.new')),
      [],
    )
    writeFileSync(`${path}.new`, '18')
    assert.deepEqual(await timeFile(path).load(), at(1_800_000_060, 2))
    await timeFile(path).save(at(1_800_000_120, 4_294_967_295))
    assert.deepEqual(await timeFile(path).load(), at(1_800_000_120, 4_294_967_295))
  })
})
