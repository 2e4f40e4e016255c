// deploy
// |-- given options that make no sense
// |   |-- without a network, it asks for one
// |   |-- with an unknown network, it names those there are
// |   |-- with a close delay floor of 0 (-1, 1e3, 2592001, soon) on a local chain, it says the bounds
// |   |-- with a close delay floor of 14 h on an OP-type chain, it names forced inclusion
// |   |-- with a close delay floor of 26 h on an Arbitrum-type chain, it names forced inclusion
// |   |-- with an admin that is no address, it says what an address is
// |   `-- with a delay of an admin that is none (or without an admin), it says so
// |-- given configuration variables
// |   |-- without the URL, it says which variable, and where to set it
// |   |-- with a URL that is none, it says which variable
// |   |-- without the key, it says which variable
// |   `-- with a key that is none, it says which variable, and not the value
// |-- given a node that is no good
// |   |-- that cannot be reached, it says so
// |   |-- that answers an error (junk, null, nothing), it says so
// |   |-- of another chain, it says both chain ids and sends nothing
// |   `-- whose deployer has no money, it says so
// `-- given a folder that cannot be written to, it says so
import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { RequestListener } from 'node:http'
import { createPublicClient, http } from 'viem'
import { startAnvil, startFakeNode } from './helpers/chains.ts'
import { runDeploy, temporaryFolder } from './helpers/command.ts'

const KEY = `0x${'11'.repeat(32)}`

/** Refused: exit code 1, the reason on stderr, nothing on stdout, no stack. */
async function assertRefused(
  reason: RegExp,
  options: readonly string[],
  variables: Readonly<Record<string, string>> = {},
) {
  const run = await runDeploy(options, variables)
  assert.equal(run.code, 1)
  assert.match(run.stderr, reason)
  assert.equal(run.stdout, '')
  assert.doesNotMatch(run.stderr, /\n {4}at /)
}

describe('deploy, given options that make no sense', () => {
  test('without a network, it asks for one', async () => {
    await assertRefused(/required option '--network <name>'/, [])
  })
  test('with an unknown network, it names those there are', async () => {
    await assertRefused(/no network "mainnet"\. Give one of localhost, anvil, baseSepolia/, ['--network', 'mainnet'])
  })
  for (const floor of ['0', '-1', '1e3', '2592001', 'soon']) {
    test(`with a close delay floor of ${floor} on a local chain, it says the bounds`, async () => {
      await assertRefused(/localhost takes 1 to 2592000\./, ['--network', 'localhost', '--close-delay-floor', floor])
    })
  }
  test('with an admin that is no address, it says what an address is', async () => {
    await assertRefused(/--admin "0x12" is no address/, ['--network', 'localhost', '--admin', '0x12'])
  })
  for (const delay of ['-1', 'soon', '4294967296']) {
    test(`with a delay of an admin of ${delay}, it says the bounds`, async () => {
      const options = ['--network', 'localhost', '--admin', `0x${'ab'.repeat(20)}`, '--admin-delay', delay]
      await assertRefused(/Give whole seconds, 0 to 4294967295/, options)
    })
  }
  test('with a delay and without an admin, it says so', async () => {
    await assertRefused(/--admin-delay was given without --admin/, ['--network', 'localhost', '--admin-delay', '1'])
  })
  test('with a close delay floor of 14 h on an OP-type chain, it names forced inclusion', async () => {
    const options = ['--network', 'opSepolia', '--close-delay-floor', '50400']
    await assertRefused(/takes 50401 to 2592000: it must exceed the forced inclusion of 50400 s/, options)
  })
  test('with a close delay floor of 26 h on an Arbitrum-type chain, it names forced inclusion', async () => {
    const options = ['--network', 'arbitrumSepolia', '--close-delay-floor', '93600']
    await assertRefused(/takes 93601 to 2592000: it must exceed the forced inclusion of 93600 s/, options)
  })
})

describe('deploy, given configuration variables', () => {
  test('without the URL, it says which variable, and where to set it', async () => {
    await assertRefused(/"ANVIL_RPC_URL" not found.*keystore set NAME/, ['--network', 'anvil'])
  })
  test('with a URL that is none, it says which variable', async () => {
    await assertRefused(/Invalid URL.*"ANVIL_RPC_URL"/, ['--network', 'anvil'], { ANVIL_RPC_URL: 'junk' })
  })
  test('without the key, it says which variable', async () => {
    const variables = { BASE_SEPOLIA_RPC_URL: 'http://127.0.0.1:1' }
    await assertRefused(/"DEPLOYER_KEY" not found/, ['--network', 'baseSepolia'], variables)
  })
  test('with a key that is none, it says which variable, and not the value', async (context) => {
    const chain = await startAnvil(84532)
    context.after(() => chain.stop())
    const variables = { BASE_SEPOLIA_RPC_URL: chain.url, DEPLOYER_KEY: '0xbadbadbad' }
    const run = await runDeploy(['--network', 'baseSepolia', '--out', await temporaryFolder(context)], variables)
    assert.equal(run.code, 1)
    assert.match(run.stderr, /baseSepolia cannot be used: .*DEPLOYER_KEY/)
    assert.doesNotMatch(run.stderr, /badbadbad/)
  })
})

describe('deploy, given a node that is no good', () => {
  test('that cannot be reached, it says so', async () => {
    const variables = { ANVIL_RPC_URL: 'http://127.0.0.1:1' }
    await assertRefused(/anvil cannot be used: .*ECONNREFUSED 127\.0\.0\.1:1/, ['--network', 'anvil'], variables)
  })

  const answers: Record<string, { reason: RegExp; listener: RequestListener }> = {
    'that answers an error': {
      reason: /anvil cannot be used: .*out of order/,
      listener: (_, response) =>
        response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code: -32000, message: 'out of order' } })),
    },
    'that answers junk': { reason: /anvil cannot be used: /, listener: (_, response) => response.end('<html>') },
    'that answers null': {
      reason: /The node answers null for its chain id, but anvil is chain 31337/,
      listener: (_, response) => response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, result: null })),
    },
    'that answers nothing': { reason: /anvil cannot be used: /, listener: () => {} },
  }
  for (const [title, { reason, listener }] of Object.entries(answers)) {
    test(`${title}, it says so`, async (context) => {
      const node = await startFakeNode(listener)
      context.after(() => node.stop())
      await assertRefused(reason, ['--network', 'anvil'], { ANVIL_RPC_URL: node.url })
    })
  }

  test('of another chain, it says both chain ids and sends nothing', async (context) => {
    const chain = await startAnvil(1337)
    context.after(() => chain.stop())
    const out = await temporaryFolder(context)
    const variables = { ANVIL_RPC_URL: chain.url, BASE_SEPOLIA_RPC_URL: chain.url, DEPLOYER_KEY: KEY }
    await assertRefused(/answers "0x539" .* anvil is chain 31337/, ['--network', 'anvil', '--out', out], variables)
    await assertRefused(/"0x539" .* baseSepolia is chain 84532/, ['--network', 'baseSepolia', '--out', out], variables)
    assert.deepEqual(await readdir(out), [])
    assert.equal(await createPublicClient({ transport: http(chain.url) }).getBlockNumber(), 0n)
  })

  test('whose deployer has no money, it says so', async (context) => {
    const chain = await startAnvil(84532)
    context.after(() => chain.stop())
    const out = await temporaryFolder(context)
    const options = ['--network', 'baseSepolia', '--out', out, '--journals', join(out, 'journals')]
    const run = await runDeploy(options, { BASE_SEPOLIA_RPC_URL: chain.url, DEPLOYER_KEY: KEY })
    assert.equal(run.code, 1)
    assert.match(run.stderr, /The deployment to baseSepolia stopped: .*goes on where it stopped/)
    assert.deepEqual(await readdir(out), ['journals'])
  })
})

test('deploy, given a folder that cannot be written to, it says so', async (context) => {
  const chain = await startAnvil()
  context.after(() => chain.stop())
  const file = join(await temporaryFolder(context), 'file')
  await writeFile(file, '')
  const out = join(file, 'deployments')
  await assertRefused(/deployments\/31337\.json cannot be /, ['--network', 'anvil', '--out', out], {
    ANVIL_RPC_URL: chain.url,
  })
})
