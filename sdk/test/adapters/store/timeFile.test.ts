/**
 * timeFile
 * |-- given a file that holds no number of seconds ... load rejects with StoreDamagedError
 * |-- given a path that cannot be read ... load rejects with StoreOpenError
 * |-- given a folder that is not there ... save rejects with StoreWriteError
 * |-- given no file ... load gives undefined
 * `-- when a time was saved ... load gives it, also when a later write was cut off
 */
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { timeFile } from '../../../src/adapters/store/timeFile.ts'

const folder = mkdtempSync(join(tmpdir(), 'musubi-time-'))
after(() => rmSync(folder, { recursive: true, force: true }))

describe('timeFile', () => {
  for (const [index, text] of ['', '\n', '12', '-1\n', '1.5\n', '1e9\n', '1234567890123456\n', '12\n34\n'].entries()) {
    it(`given a file that holds no number of seconds ... load rejects with StoreDamagedError (${index})`, async () => {
      const path = join(folder, `damaged ${index}`)
      writeFileSync(path, text)
      await assert.rejects(timeFile(path).load(), { name: 'Store.StoreDamagedError' })
    })
  }

  it('given a path that cannot be read ... load rejects with StoreOpenError', async () => {
    await assert.rejects(timeFile(folder).load(), { name: 'Store.StoreOpenError' })
  })

  it('given a folder that is not there ... save rejects with StoreWriteError', async () => {
    await assert.rejects(timeFile(join(folder, 'none', 'time')).save(1), { name: 'Store.StoreWriteError' })
  })

  it('given no file ... load gives undefined', async () => {
    assert.equal(await timeFile(join(folder, 'missing')).load(), undefined)
  })

  it('when a time was saved ... load gives it, also when a later write was cut off', async () => {
    const path = join(folder, 'time')
    await timeFile(path).save(1_800_000_000)
    await timeFile(path).save(1_800_000_060)
    assert.equal(await timeFile(path).load(), 1_800_000_060)
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.new')),
      [],
    )
    writeFileSync(`${path}.new`, '18')
    assert.equal(await timeFile(path).load(), 1_800_000_060)
    await timeFile(path).save(1_800_000_120)
    assert.equal(await timeFile(path).load(), 1_800_000_120)
  })
})
