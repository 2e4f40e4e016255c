import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { startChain } from '../../scripts/demo/ChainProcess.ts'
import { Programs } from '../../scripts/demo/Programs.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const GUIDE = join(ROOT, 'docs', 'guides', 'attester.md')
/** The chain is never ahead of the clock by which the guide's commands go. */
const BEHIND_SECONDS = 5

/** What the guide has its reader type, but for what starts a chain: that is the test's own. */
function blocksOf(text: string): readonly string[] {
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block)
}

describe('docs/guides/attester.md', () => {
  let folder: string
  let programs: Programs
  let url: string

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'musubi-guide-'))
    programs = new Programs({ temporaryFolder: folder })
    const startAtSeconds = Math.floor(Date.now() / 1000) - BEHIND_SECONDS
    url = (await startChain('hardhat', { programs, startAtSeconds })).url
  })
  after(async () => {
    await programs.end()
    rmSync(folder, { recursive: true, force: true })
  })

  it('given its blocks from start to end, then each works', async (t) => {
    const blocks = blocksOf(readFileSync(GUIDE, 'utf8'))
    assert.ok(blocks.length >= 10)
    const script = blocks
      .join('\n')
      .replaceAll('.musubi/guide', join(folder, 'guide'))
      .replaceAll('http://127.0.0.1:8545', url)
      // Ten thousand have a test of their own, with a clock.
      .replaceAll('--count 10000', '--count 500')
    const { code, output } = await bash(script)
    assert.equal(code, 0, output.slice(-4000))
    for (const said of ['accepted', 'REVOKED', '500']) assert.ok(output.includes(said), said)
    t.diagnostic(`${blocks.length} blocks`)
  })
})

async function bash(script: string): Promise<{ code: number | null; output: string }> {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('MUSUBI_')))
  const env = { ...clean, NODE_TEST_CONTEXT: undefined }
  const child = spawn('bash', ['-eu', '-o', 'pipefail', '-c', script], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, output }
}
