// deploy
// |-- given a fresh local chain (anvil, hardhat node)
// |   `-- it writes the file that the chain confirms, and calling again changes nothing
// |-- given a local chain that was deployed to
// |   |-- when another close delay floor is asked for, it refuses
// |   |-- when its file is damaged, it refuses and leaves the file alone
// |   |-- when its file is of another local chain, it deploys afresh
// |   `-- when another admin is asked for, it refuses
// |-- given an admin that takes the role over
// |   |-- it leaves the deployer nothing, and says so
// |   `-- when it acts at once, the registry refuses; when it has waited, it does what was announced
// `-- given a public chain
//     |-- it deploys no token, takes the key from the variable, and calling again changes nothing
//     `-- when its file names another contract, it refuses and leaves the file alone
import type { Deployment } from '@musubi/sdk'
import assert from 'node:assert/strict'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { TestContext } from 'node:test'
import {
  createPublicClient,
  createTestClient,
  createWalletClient,
  encodeFunctionData,
  getContract,
  http,
  parseAbi,
  publicActions,
  toHex,
} from 'viem'
import type { Address } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import {
  channelEscrowAbi,
  identityRegistryAbi,
  ledgerAnchorAbi,
  localJpyTokenAbi,
} from '../../sdk/src/generated/abis.ts'
import { escrowDomain } from '../../sdk/src/generated/constants.ts'
import { startAnvil, startHardhatNode } from './helpers/chains.ts'
import type { ChainProcess } from './helpers/chains.ts'
import { lastLine, runDeploy, temporaryFolder } from './helpers/command.ts'

/** The public test mnemonic whose accounts every local node fills. */
const MNEMONIC = 'test test test test test test test test test test test junk'
const account = mnemonicToAccount(MNEMONIC)
const MANAGER = parseAbi([
  'function schedule(address target, bytes data, uint48 when)',
  'function execute(address target, bytes data)',
])
const DEPLOYER_KEY = toHex(account.getHdKey().privateKey!)

async function readDeployment(folder: string, chainId = 31337): Promise<Deployment.Deployment> {
  return JSON.parse(await readFile(join(folder, `${chainId}.json`), 'utf8')) as Deployment.Deployment
}

/** Asks the chain for all that the file says. */
async function assertOnChain(url: string, deployment: Deployment.Deployment): Promise<void> {
  const client = createPublicClient({ transport: http(url) })
  const registry = getContract({ address: deployment.identityRegistry, abi: identityRegistryAbi, client })
  const escrow = getContract({ address: deployment.channelEscrow, abi: channelEscrowAbi, client })
  const anchor = getContract({ address: deployment.ledgerAnchor, abi: ledgerAnchorAbi, client })
  assert.equal(await client.getChainId(), deployment.chainId)
  assert.equal(await registry.read.isEscrow([deployment.channelEscrow]), true)
  assert.equal(await registry.read.authority(), deployment.accessManager)
  assert.equal(await registry.read.p256Verifier(), deployment.p256Sha256Verifier)
  assert.equal(await anchor.read.p256Verifier(), deployment.p256Sha256Verifier)
  assert.equal(await escrow.read.identityRegistry(), deployment.identityRegistry)
  assert.equal((await escrow.read.closeDelayBounds())[0], deployment.closeDelayFloorSeconds)

  const [, name, version, chainId, verifyingContract] = await escrow.read.eip712Domain()
  assert.deepEqual({ name, version }, escrowDomain)
  assert.deepEqual(
    { chainId, verifyingContract },
    { chainId: BigInt(deployment.chainId), verifyingContract: deployment.channelEscrow },
  )

  const address = deployment.accessManager
  const first = BigInt(deployment.startBlock)
  assert.equal(await client.getCode({ address, blockNumber: first - 1n }), undefined)
  assert.notEqual(await client.getCode({ address, blockNumber: first }), undefined)
}

async function blockNumber(url: string): Promise<bigint> {
  return await createPublicClient({ transport: http(url) }).getBlockNumber({ cacheTime: 0 })
}

const LOCAL_NODES = { anvil: () => startAnvil(), 'hardhat node': startHardhatNode } as const
for (const [name, start] of Object.entries(LOCAL_NODES)) {
  describe(`deploy, given a fresh local chain (${name})`, () => {
    let chain: ChainProcess
    before(async () => (chain = await start()))
    after(() => chain.stop())

    test('it writes the file that the chain confirms, and calling again changes nothing', async (context) => {
      const out = await temporaryFolder(context)
      const run = await runDeploy(['--network', 'anvil', '--out', out, '--json'], { ANVIL_RPC_URL: chain.url })
      assert.equal(run.code, 0, run.stderr)
      assert.deepEqual(await readdir(out), ['31337.json'])
      const deployment = await readDeployment(out)
      assert.deepEqual(lastLine(run), { ...deployment, path: join(out, '31337.json') })
      assert.match(run.stdout, new RegExp(`admin.*${account.address}`))
      assert.equal(deployment.closeDelayFloorSeconds, 3600)
      await assertOnChain(chain.url, deployment)
      const client = createPublicClient({ transport: http(chain.url) })
      const token = getContract({ address: deployment.settlementToken!, abi: localJpyTokenAbi, client })
      assert.equal(await token.read.owner(), account.address)

      const blocks = await blockNumber(chain.url)
      const again = await runDeploy(['--network', 'anvil', '--out', out, '--json'], { ANVIL_RPC_URL: chain.url })
      assert.equal(again.code, 0, again.stderr)
      assert.deepEqual(lastLine(again), lastLine(run))
      assert.deepEqual(await readDeployment(out), deployment)
      assert.equal(await blockNumber(chain.url), blocks)
    })
  })
}

describe('deploy, given a local chain that was deployed to', () => {
  let chain: ChainProcess
  before(async () => (chain = await startAnvil()))
  after(() => chain.stop())

  async function deployed(context: TestContext) {
    const out = await temporaryFolder(context)
    const options = ['--network', 'anvil', '--out', out, '--close-delay-floor', '60']
    const run = await runDeploy(options, { ANVIL_RPC_URL: chain.url })
    assert.equal(run.code, 0, run.stderr)
    return { out, path: join(out, '31337.json') }
  }

  test('when another close delay floor is asked for, it refuses', async (context) => {
    const { out, path } = await deployed(context)
    const before = await readFile(path, 'utf8')
    const options = ['--network', 'anvil', '--out', out, '--close-delay-floor', '61']
    const run = await runDeploy(options, { ANVIL_RPC_URL: chain.url })
    assert.equal(run.code, 1)
    assert.match(run.stderr, /a close delay floor of 60 s, and 61 s were asked for/)
    assert.equal(await readFile(path, 'utf8'), before)
  })

  test('when its file is damaged, it refuses and leaves the file alone', async (context) => {
    const { out, path } = await deployed(context)
    await writeFile(path, '{"version":2}')
    const run = await runDeploy(['--network', 'anvil', '--out', out], { ANVIL_RPC_URL: chain.url })
    assert.equal(run.code, 1)
    assert.match(run.stderr, /is not a deployment of version 1: .*at version.*at chainId/s)
    assert.equal(await readFile(path, 'utf8'), '{"version":2}')
  })

  test('when its file is of another local chain, it deploys afresh', async (context) => {
    const { out } = await deployed(context)
    const first = await readDeployment(out)
    const other = await startAnvil()
    context.after(() => other.stop())
    const run = await runDeploy(['--network', 'anvil', '--out', out], { ANVIL_RPC_URL: other.url })
    assert.equal(run.code, 0, run.stderr)
    assert.match(run.stderr, /deploying afresh/)
    const deployment = await readDeployment(out)
    assert.equal(deployment.closeDelayFloorSeconds, 3600)
    assert.notDeepEqual(deployment, first)
    await assertOnChain(other.url, deployment)
  })

  test('when another admin is asked for, it refuses', async (context) => {
    const { out } = await deployed(context)
    const options = ['--network', 'anvil', '--out', out, '--admin', `0x${'ab'.repeat(20)}`]
    const run = await runDeploy(options, { ANVIL_RPC_URL: chain.url })
    assert.equal(run.code, 1)
    assert.match(
      run.stderr,
      new RegExp(`The admin is ${account.address}, and 0x.* was asked for\\. Leave --admin away`),
    )
  })
})

describe('deploy, given an admin that takes the role over', () => {
  const DELAY = 86_400
  const admin = mnemonicToAccount(MNEMONIC, { addressIndex: 1 })
  let chain: ChainProcess
  let deployment: Deployment.Deployment
  let said: string
  before(async () => {
    chain = await startAnvil()
    const out = await mkdtemp(join(tmpdir(), 'musubi-deploy-test-'))
    const options = ['--admin', admin.address, '--admin-delay', String(DELAY)]
    const run = await runDeploy(['--network', 'anvil', '--out', out, ...options], { ANVIL_RPC_URL: chain.url })
    assert.equal(run.code, 0, run.stderr)
    deployment = await readDeployment(out)
    said = run.stdout
    await rm(out, { recursive: true })
  })
  after(() => chain.stop())

  const client = () => createTestClient({ mode: 'anvil', transport: http(chain.url) }).extend(publicActions)
  const accredit = encodeFunctionData({ abi: identityRegistryAbi, functionName: 'accredit', args: [account.address] })
  const requestOf = (functionName: 'schedule' | 'execute') => {
    const target = deployment.identityRegistry
    const args = functionName === 'schedule' ? ([target, accredit, 0] as const) : ([target, accredit] as const)
    const data = encodeFunctionData({ abi: MANAGER, functionName, args })
    return { to: deployment.accessManager, data }
  }
  const refused = (from: Address, functionName: 'schedule' | 'execute') =>
    assert.rejects(client().call({ account: from, ...requestOf(functionName) }), /revert/)
  const done = async (functionName: 'schedule' | 'execute') => {
    const writer = createWalletClient({ account: admin.address, transport: http(chain.url) })
    const hash = await writer.sendTransaction({ ...requestOf(functionName), chain: null })
    assert.equal((await client().waitForTransactionReceipt({ hash })).status, 'success')
  }

  test('it leaves the deployer nothing, and says so', async () => {
    assert.match(said, new RegExp(`admin.*${admin.address} after ${DELAY} s`))
    await assertOnChain(chain.url, deployment)
    await refused(account.address, 'schedule')
  })

  test('when it acts at once, the registry refuses; when it has waited, it does what was announced', async () => {
    const registry = { address: deployment.identityRegistry, abi: identityRegistryAbi } as const
    const args = [account.address] as const
    const call = { ...registry, functionName: 'accredit', account: admin.address, args } as const
    await assert.rejects(client().simulateContract(call), /AccessManagedRequiredDelay|AccessManagerNotScheduled|revert/)
    await done('schedule')
    await refused(admin.address, 'execute')
    await client().increaseTime({ seconds: DELAY })
    await client().mine({ blocks: 1 })
    await done('execute')
    assert.equal(await client().readContract({ ...registry, functionName: 'attesterIndexOf', args }), 1)
  })
})

describe('deploy, given a public chain', () => {
  const chainId = 84532
  let chain: ChainProcess
  before(async () => (chain = await startAnvil(chainId)))
  after(() => chain.stop())

  test('it deploys no token, takes the key from the variable, and calling again changes nothing', async (context) => {
    const out = await temporaryFolder(context)
    const options = ['--network', 'baseSepolia', '--out', out, '--journals', join(out, 'journals'), '--json']
    const variables = { BASE_SEPOLIA_RPC_URL: chain.url, DEPLOYER_KEY }
    const run = await runDeploy(options, variables)
    assert.equal(run.code, 0, run.stderr)
    const deployment = await readDeployment(out, chainId)
    assert.equal(deployment.settlementToken, undefined)
    assert.equal(deployment.closeDelayFloorSeconds, 172_800)
    await assertOnChain(chain.url, deployment)

    const blocks = await blockNumber(chain.url)
    assert.deepEqual(lastLine(await runDeploy(options, variables)), lastLine(run))
    await rm(join(out, `${chainId}.json`))
    assert.deepEqual(lastLine(await runDeploy(options, variables)), lastLine(run))
    assert.equal(await blockNumber(chain.url), blocks)
  })

  test('when its file names another contract, it refuses and leaves the file alone', async (context) => {
    const out = await temporaryFolder(context)
    const options = ['--network', 'baseSepolia', '--out', out, '--journals', join(out, 'journals')]
    const variables = { BASE_SEPOLIA_RPC_URL: chain.url, DEPLOYER_KEY }
    assert.equal((await runDeploy(options, variables)).code, 0)
    const deployment = await readDeployment(out, chainId)
    const wrong = { ...deployment, p256Sha256Verifier: deployment.accessManager }
    await writeFile(join(out, `${chainId}.json`), JSON.stringify(wrong))
    const run = await runDeploy(options, variables)
    assert.equal(run.code, 1)
    assert.match(run.stderr, new RegExp(`the chain says ${deployment.p256Sha256Verifier} for p256Sha256Verifier`))
    assert.deepEqual(await readDeployment(out, chainId), wrong)
  })
})
