import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { holdLock } from '@musubi/cli'
import { type Command, CommanderError } from 'commander'
import { createProgram } from '../src/cli/program.ts'
import { type Backend, startBackend } from './support/backends.ts'
import { Car } from './support/Car.ts'
import { DEPLOYMENT, FakeChain, FLOAT, GENESIS_SECONDS } from './support/FakeChain.ts'
import { accountOf, csv, DAY, FUNDERS, MERCHANT } from './support/House.ts'
import { RpcServer } from './support/RpcServer.ts'

const YEN = 10n ** 18n
const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
/** Help is read inside this process: a process for each command would take longer than all other tests. */
function helpOf(args: readonly string[]): { readonly text: string; readonly exitCode: number | undefined } {
  let text = ''
  const program = createProgram()
  const listen = (command: Command): void => {
    command.configureOutput({ writeOut: (written) => (text += written) })
    command.commands.forEach(listen)
  }
  listen(program)
  try {
    program.parse([...args, '--help'], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return { text, exitCode: error.exitCode }
    throw error
  }
  return { text, exitCode: undefined }
}

const COMMANDS = [
  ...[
    [],
    ['sync'],
    ['register'],
    ['import'],
    ['import', 'receipts'],
    ['cycle'],
    ['cycle', 'open'],
    ['cycle', 'freeze'],
  ],
  ...[['seal'], ['export'], ['verify'], ['status'], ['keys'], ['keys', 'new']],
]

describe('musubi-indexer', () => {
  let backend: Backend
  let server: RpcServer
  let directory: string
  const path = (name: string): string => join(directory, name)

  before(async () => {
    backend = await startBackend('postgres')
    directory = mkdtempSync(join(tmpdir(), 'musubi-cli-'))
    const chain = new FakeChain()
    server = await RpcServer.start(chain)
    chain.mine()
    chain.deposit(FLOAT, 1_000n * YEN)
    const car = new Car({ name: 'car-1', party: 'party-1', funder: FLOAT })
    car.start(chain, 100n * YEN)
    car.pay((5n * YEN) / 2n)
    car.settle(chain)
    chain.mine(GENESIS_SECONDS + DAY)
    writeFileSync(path('deployment.json'), JSON.stringify(DEPLOYMENT))
    writeFileSync(path('funders.csv'), csv([FUNDERS]))
    writeFileSync(path('accounts.csv'), csv([accountOf(car, 'account-1')]))
    writeFileSync(path('merchants.csv'), csv([MERCHANT]))
    writeFileSync(path('receipts.jsonl'), (await car.history()).map((line) => `${line}\n`).join(''))
  })
  after(async () => {
    await server.stop()
    await backend.stop()
    rmSync(directory, { recursive: true })
  })

  const run = async (args: readonly string[], env: Record<string, string> = { DATABASE_URL: backend.url ?? '' }) => {
    const child = spawn(process.execPath, [CLI, ...args, '--data', path('data')], { env: { ...process.env, ...env } })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
    return { code, stdout, stderr }
  }
  const json = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await run([...args, '--json'])
    assert.equal(code, 0, stderr)
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>
  }
  const failing = async (...args: readonly string[]) => {
    const { code, stdout } = await run([...args, '--json'])
    const last = stdout.trimEnd().split('\n').at(-1) ?? ''
    return { code, name: last === '' ? undefined : (JSON.parse(last) as { error: { name: string } }).error.name }
  }
  const syncOptions = () => ['--deployment', path('deployment.json'), '--rpc-url', server.url]

  it('given any command, when asked with --help, it explains itself', () => {
    for (const command of COMMANDS) {
      const { text, exitCode } = helpOf(command)
      assert.equal(exitCode, 0)
      assert.match(text, new RegExp(`^Usage: ${['musubi-indexer', ...command].join(' ')}`))
      // A group shows its commands; a command shows how it is called.
      if (!text.includes('Commands:') && command[0] !== 'status')
        assert.match(text, new RegExp(`^  musubi-indexer ${command.join(' ')} `, 'm'))
    }
  })

  it('given no command, an unknown one or a missing option, when run, it exits with 2', async () => {
    for (const args of [
      ['dance'],
      ['sync'],
      ['register', 'cars', 'x'],
      ['export'],
      ['status', '--log-level', 'loud'],
    ]) {
      assert.equal((await run(args)).code, 2, args.join(' '))
    }
  })

  it('given a chain and files, when billed from start to end, every step says what it did', async () => {
    assert.deepEqual(await json('keys', 'new', '--out', path('key.pem')), {
      privateKey: path('key.pem'),
      publicKey: path('key.pem.pub'),
    })
    assert.deepEqual(await json('sync', ...syncOptions()), { chainId: '31337', from: '0', cursor: '2', logs: 5 })
    for (const register of ['funders', 'accounts', 'merchants']) {
      assert.deepEqual(await json('register', register, path(`${register}.csv`)), { changed: true, rows: 1, added: 1 })
    }
    assert.deepEqual(await json('import', 'receipts', path('receipts.jsonl')), {
      ...{ files: 1, channels: 1, receipts: 1, vouchers: 1, unchanged: 0 },
    })
    const dates = ['--from', '2026-11-01', '--cut-off', '2026-11-02', '--grace', 'PT0S', '--time-zone', 'UTC']
    assert.equal((await json('cycle', 'open', 'C1', ...dates)).cutOffSeconds, String(GENESIS_SECONDS + DAY))
    assert.deepEqual(await json('cycle', 'freeze', 'C1'), {
      changed: true,
      cycle: 'C1',
      parts: 1,
      billed: 1,
      held: 0,
      notices: 0,
    })
    assert.deepEqual(await json('seal'), { changed: true, cycle: 'C1', lines: 1, charges: 1, statements: 0 })
    const written = await json('export', '--out', path('out'), '--signing-key', path('key.pem'))
    assert.deepEqual(written, {
      charges: path('out/C1-issuer-1-ISSUER-charges.csv'),
      statements: null,
      evidence: path('out/C1-issuer-1-ISSUER-evidence.json'),
      manifest: path('out/C1-issuer-1-ISSUER-manifest.json'),
      billedYen: '2',
      prepaidYen: '0',
      carryE18: '500000000000000000',
      carryKeys: 1,
      lines: 1,
    })
    assert.deepEqual(await json('verify', path('out'), '--public-key', path('key.pem.pub')), {
      ...{ verified: true, manifests: 1, files: 2, rows: 1 },
    })
    const status = await json('status')
    assert.equal(status.sound, true)
    assert.deepEqual(status.trialBalance, [{ asset: 'JPYT', amount: '0' }])
    assert.deepEqual(status.exceptions, [])
  })

  it('given an exported cycle, when shown to people, tables name account, card and amount', async () => {
    const { stdout } = await run(['export', '--out', path('out'), '--signing-key', path('key.pem')])
    assert.match(stdout, /account-1.*member-account-1.*Harbour Charging.*EV charging.* 2 /)
    assert.match((await run(['status'])).stdout, /settled = billed \+ prepaid \+ carry \+ deferred \+ held \+ own/)
  })

  it('given a changed file, when verified, it exits with 1 and names it', async () => {
    mkdirSync(path('bad'))
    for (const file of readdirSync(path('out'))) {
      writeFileSync(
        join(path('bad'), file),
        readFileSync(join(path('out'), file), 'utf8').replace('Harbour', 'Harbor1'),
      )
    }
    const { code, stderr } = await run(['verify', path('bad'), '--public-key', path('key.pem.pub')])
    assert.equal(code, 1)
    assert.match(stderr, /Verify\.RefusedError: C1-issuer-1-ISSUER-charges\.csv is refused/)
  })

  it('given bad input, when run, it exits with the code of its kind and names the error', async () => {
    writeFileSync(
      path('card.csv'),
      readFileSync(path('accounts.csv'), 'utf8').replace('member-account-1', '4111111111111111'),
    )
    writeFileSync(path('no.json'), 'hello')
    const cases = [
      [['register', 'accounts', path('card.csv')], 1, 'Register.FormatError'],
      [['import', 'receipts', path('none.jsonl')], 1, 'Receipts.UnreadableFileError'],
      [['cycle', 'freeze', 'C9'], 1, 'Cycle.WrongStateError'],
      [['cycle', 'open', 'C2', '--from', 'soon', '--cut-off', 'later'], 2, 'Cycle.BadOptionError'],
      [
        ['cycle', 'open', '4111111111111111', '--from', '2026-01-01', '--cut-off', '2026-02-01'],
        2,
        'Cycle.BadOptionError',
      ],
      [['seal'], 1, 'Cycle.WrongStateError'],
      [['export', '--out', path('out'), '--signing-key', path('none.pem')], 2, 'Keys.BadKeyFileError'],
      [['keys', 'new', '--out', path('key.pem')], 2, 'Keys.BadKeyFileError'],
      [
        ['export', '--out', path('out'), '--signing-key', path('key.pem'), '--rail', 'PSP'],
        1,
        'Export.NotExportableError',
      ],
      [['export', '--out', path('no.json'), '--signing-key', path('key.pem')], 1, 'Export.NotExportableError'],
      [['sync', '--deployment', path('no.json'), '--rpc-url', server.url], 1, 'Deployment.BadDeploymentError'],
      [['sync', '--deployment', path('none.json'), '--rpc-url', server.url], 2, 'Cli.NoDeploymentError'],
      [['sync', '--deployment', path('deployment.json'), '--rpc-url', 'ftp://x'], 2, 'Cli.BadOptionError'],
      [['sync', '--deployment', path('deployment.json'), '--rpc-url', 'http://127.0.0.1:9'], 1, 'Rpc.UnreachableError'],
    ] as const
    for (const [args, code, name] of cases) assert.deepEqual(await failing(...args), { code, name }, args.join(' '))
  })

  it('given a database that is not there, when run, it exits with 1 and does not show the password', async () => {
    const { code, stderr } = await run(['status'], { DATABASE_URL: 'postgres://me:secret@127.0.0.1:9/none' })
    assert.equal(code, 1)
    assert.match(stderr, /Database\.ConnectError/)
    assert.doesNotMatch(stderr, /secret/)
  })

  it('given no DATABASE_URL, when run, it keeps an embedded database that one process at a time may use', async () => {
    const { code, stdout } = await run(['status', '--json'], { DATABASE_URL: '' })
    assert.equal(code, 0)
    assert.equal((JSON.parse(stdout) as { backend: string }).backend, 'pglite')
    const unlock = holdLock(join(path('data'), 'pglite.lock'), { next: 'Wait.' })
    const second = await run(['status'], { DATABASE_URL: '' })
    assert.equal(second.code, 1)
    assert.match(second.stderr, /Cli\.LockedError/)
    unlock()
    assert.equal((await run(['status'], { DATABASE_URL: '' })).code, 0)
  })
})
