/**
 * demo
 * |-- given --keep names a folder that is not empty ... it exits 1 before anything starts, and touches nothing in it
 * |-- given it is stopped
 * |   |-- when the contracts are being deployed ... it exits by the signal, and leaves no process and no file
 * |   |-- when cars are charging ... it exits by the signal, and leaves no process and no file
 * |   `-- when the books are being written ... it exits by the signal, and leaves no process and no file
 * `-- given the chain dies under it ... it exits 1, and leaves no process and no file
 */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { findAnvil } from '../../scripts/demo/ChainProcess.ts'
import { processesOf } from './helpers/processesOf.ts'
import { startDemo } from './helpers/runDemo.ts'

const SESSIONS = [
  'session,station,connected_at,done_charging_at,disconnected_at,energy_wh',
  'one,north-1,2024-05-01T08:00:00Z,2024-05-01T09:00:00Z,2024-05-01T09:30:00Z,1046',
  'two,north-2,2024-05-01T08:30:00Z,2024-05-01T09:10:00Z,2024-05-01T09:30:00Z,1501',
]
/** Every process that the demo starts inherits it. */
const MARK = 'MUSUBI_TEST_MARK'

describe('demo', () => {
  let folder: string
  let data: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'musubi-demo-ends-'))
    data = join(folder, 'sessions.csv')
    await writeFile(data, SESSIONS.join('\n'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  /** A demo whose processes and files can be told from all others. */
  const start = async (name: string) => {
    const temporary = join(folder, name)
    await mkdir(temporary)
    const mark = `${MARK}=${temporary}`
    const demo = startDemo(['--data', data], { TMPDIR: temporary, HOME: temporary, [MARK]: temporary })
    const left = async () => ({ processes: await processesOf(mark), files: await readdir(temporary) })
    return { demo, mark, left }
  }
  const NOTHING = { processes: [], files: [] }

  it('given --keep names a folder that is not empty: it exits 1 before anything starts, and touches nothing in it', async () => {
    const { code, stderr } = await startDemo(['--data', data, '--keep', folder]).ended
    assert.equal(code, 1)
    assert.match(stderr, /is not empty\. Give a new or an empty one with --keep/)
    assert.doesNotMatch(stderr, /starting a chain/)
    assert.deepEqual(await readdir(folder), ['sessions.csv'])
  })

  const STOPPED = [
    ['the contracts are being deployed', /deploying the contracts/, 'SIGTERM'],
    ['cars are charging', /session 1 of 2/, 'SIGINT'],
    ['the books are being written', /register funders/, 'SIGTERM'],
  ] as const
  for (const [when, said, signal] of STOPPED) {
    it(`given it is stopped, when ${when}: it exits by the signal, and leaves no process and no file`, async () => {
      const { demo, mark, left } = await start(when.replaceAll(' ', '-'))
      await demo.said(said)
      assert.ok((await processesOf(mark)).length > 1, 'the demo has started processes')
      demo.kill(signal)
      const { code, stderr } = await demo.ended
      assert.match(stderr, new RegExp(`Stopped by ${signal}`))
      assert.equal(code, 128 + constants.signals[signal])
      assert.deepEqual(await left(), NOTHING)
    })
  }

  const noAnvil = findAnvil() === undefined && 'there is no anvil for this machine'
  it('given the chain dies under it: it exits 1, and leaves no process and no file', { skip: noAnvil }, async () => {
    const { demo, mark, left } = await start('chain-dies')
    await demo.said(/session 1 of 2/)
    const chain = (await processesOf(mark)).find(({ name }) => name === 'anvil')
    assert.ok(chain)
    process.kill(chain.pid, 'SIGKILL')
    const { code } = await demo.ended
    assert.equal(code, 1)
    assert.deepEqual(await left(), NOTHING)
  })
})
