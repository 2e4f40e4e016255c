import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Abi, Address, Hex } from 'viem'
import { createTestClient, encodeDeployData, getAddress, http } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import type { ChainClients } from '../../src/adapters/chain/chainClients.ts'
import { chainReader, chainWriter } from '../../src/adapters/chain/chainClients.ts'
import { identityRegistryAbi, localJpyTokenAbi } from '../../src/generated/abis.ts'
import type { Deployment } from '../../src/protocol/Deployment.ts'
import { startAnvil } from './anvil.ts'

export const CLOSE_DELAY_FLOOR_SECONDS = 3600
export const YEN = 10n ** 18n

/** A chain process with everything deployed and the escrow registered, and accounts that hold ether. */
export type LocalChain = Awaited<ReturnType<typeof startLocalChain>>

/** The deployer is the admin. The funder holds a million yen. */
export async function startLocalChain({ chainId = 31337 }: { chainId?: number } = {}) {
  const anvil = await startAnvil({ chainId })
  const node = { rpcUrl: anvil.url, chainId, pollingIntervalMs: 20 }
  const reader = chainReader(node)
  const testClient = createTestClient({ mode: 'anvil', transport: http(anvil.url) })
  // Each block one second after the one before, whatever the machine's clock does.
  await testClient.setBlockTimestampInterval({ interval: 1 })
  const clientsOf = (index: number): ChainClients => {
    const account = mnemonicToAccount(ANVIL_MNEMONIC, { addressIndex: index })
    return { reader, writer: chainWriter({ ...node, account }), receiptTimeoutMs: 10_000 }
  }
  const admin = clientsOf(0)
  const funder = clientsOf(1)
  const deployment = await deploy(admin, chainId)
  await mint(admin, deployment, { to: funder.writer.account.address, amount: 1_000_000n * YEN })
  return {
    url: anvil.url,
    reader,
    testClient,
    deployment,
    admin,
    funder,
    relayer: clientsOf(2),
    beneficiary: mnemonicToAccount(ANVIL_MNEMONIC, { addressIndex: 3 }).address,
    stop: () => anvil.stop(),
  }
}

/** Deploys as `npm run deploy` does. Tests of the packages alone may read artifacts: packages never do. */
async function deploy(admin: ChainClients, chainId: number): Promise<Deployment & { settlementToken: Address }> {
  const startBlock = Number(await admin.reader.getBlockNumber({ cacheTime: 0 })) + 1
  const owner = admin.writer.account.address
  const accessManager = await create(admin, '@openzeppelin/contracts/access/manager/AccessManager', [owner])
  const p256Sha256Verifier = await create(admin, 'contracts/verifiers/P256Sha256Verifier', [])
  const identityRegistry = await create(admin, 'contracts/IdentityRegistry', [accessManager, p256Sha256Verifier])
  const channelEscrow = await create(admin, 'contracts/ChannelEscrow', [identityRegistry, CLOSE_DELAY_FLOOR_SECONDS])
  const settlementToken = await create(admin, 'contracts/settlement-token/LocalJpyToken', [owner])
  const ledgerAnchor = await create(admin, 'contracts/LedgerAnchor', [p256Sha256Verifier])
  const hash = await admin.writer.writeContract({
    address: identityRegistry,
    abi: identityRegistryAbi,
    functionName: 'registerEscrow',
    args: [channelEscrow],
  })
  await admin.reader.waitForTransactionReceipt({ hash })
  return {
    version: 1,
    chainId,
    startBlock,
    accessManager,
    p256Sha256Verifier,
    identityRegistry,
    channelEscrow,
    ledgerAnchor,
    settlementToken,
    closeDelayFloorSeconds: CLOSE_DELAY_FLOOR_SECONDS,
  }
}

async function mint(
  admin: ChainClients,
  deployment: { settlementToken: Address },
  args: { to: Address; amount: bigint },
) {
  const hash = await admin.writer.writeContract({
    address: deployment.settlementToken,
    abi: localJpyTokenAbi,
    functionName: 'mint',
    args: [args.to, args.amount],
  })
  await admin.reader.waitForTransactionReceipt({ hash })
}

async function create({ reader, writer }: ChainClients, source: string, args: readonly unknown[]): Promise<Address> {
  const name = source.slice(source.lastIndexOf('/') + 1)
  const text = await readFile(join(ARTIFACTS, `${source}.sol`, `${name}.json`), 'utf8')
  const { abi, bytecode } = JSON.parse(text) as { abi: Abi; bytecode: Hex }
  const hash = await writer.sendTransaction({ data: encodeDeployData({ abi, bytecode, args }) })
  const { contractAddress } = await reader.waitForTransactionReceipt({ hash })
  if (!contractAddress) throw new Error(`${name} was not deployed`)
  return getAddress(contractAddress)
}

const ARTIFACTS = join(import.meta.dirname, '..', '..', '..', 'artifacts')
/** The accounts that every anvil gives ether to. Public, so worth nothing anywhere else. */
const ANVIL_MNEMONIC = 'test test test test test test test test test test test junk'
