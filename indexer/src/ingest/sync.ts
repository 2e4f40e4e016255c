import { ProgramError } from '@musubi/cli'
import { decodeFunctionResult, encodeFunctionData, erc20Abi } from 'viem'
import { DECIMALS_MAX } from '../books/asset.ts'
import { insertRows } from '../database/bulk.ts'
import type { Database } from '../database/open.ts'
import { Patterns } from '../text/fields.ts'
import { promote } from './promote.ts'
import { RangeSize, readRange } from './readRange.ts'
import type { Header, Rpc } from './Rpc.ts'
import { chainChanged, type Target } from './Target.ts'

export type SyncResult = { readonly from: bigint; readonly to: bigint; readonly logs: number }

/** Reads everything up to the node's finalized block. What is not final is not looked at. */
export async function sync(
  db: Database,
  rpc: Rpc,
  target: Target,
  { onRange = () => undefined, rangeBlocksMax, signal }: sync.Options = {},
): Promise<SyncResult> {
  const chainId = await rpc.chainId()
  if (chainId !== target.chainId) {
    throw chainChanged(
      'The node is of another chain.',
      String(chainId),
      `${String(target.chainId)}, as the deployment says`,
    )
  }
  const finalized = await rpc.finalized()
  const start = await readCursor(db, rpc, target, finalized)
  const size = new RangeSize(rangeBlocksMax)
  let cursor = start
  let logs = 0
  while (cursor.number < finalized.number && signal?.aborted !== true) {
    const range = await readRange(rpc, target, { cursor, finalized, size })
    await promote(db, target, range)
    cursor = range.end
    logs += range.logs.length
    onRange({ from: range.cursor.number, to: cursor.number, logs: range.logs.length }, finalized.number)
  }
  return { from: start.number, to: cursor.number, logs }
}
export declare namespace sync {
  type Options = {
    /** Told each range once it is in the books, and the last block that is final. */
    readonly onRange?: (range: SyncResult, finalized: bigint) => void
    /** Most blocks to ask for at once; some nodes refuse more. */
    readonly rangeBlocksMax?: bigint | undefined
    /** Ends the reading between two ranges. */
    readonly signal?: AbortSignal | undefined
  }
}

/** Where reading goes on. The node must still have the very block that was read last. */
async function readCursor(db: Database, rpc: Rpc, target: Target, finalized: Header): Promise<Header> {
  const chain = await db.selectFrom('chain').selectAll().where('chain_id', '=', target.chainId).executeTakeFirst()
  if (chain === undefined) return begin(db, rpc, target, finalized)
  const known = `${chain.registry} ${chain.escrow} ${chain.token}`
  const given = `${target.registry} ${target.escrow} ${target.token}`
  if (known !== given) throw chainChanged('The books are of another deployment.', given, known)
  if (finalized.number < chain.finalized_number) {
    throw chainChanged(
      'The finalized block moved back.',
      String(finalized.number),
      `at least ${String(chain.finalized_number)}`,
    )
  }
  const cursor = await rpc.header(chain.cursor_number)
  if (cursor.hash === chain.cursor_hash) return cursor
  throw chainChanged(
    `Block ${String(chain.cursor_number)} was final and is another one now.`,
    cursor.hash,
    chain.cursor_hash,
  )
}

/** First contact: the block before the deployment becomes the cursor, and the token's name and decimals are kept. */
async function begin(db: Database, rpc: Rpc, target: Target, finalized: Header): Promise<Header> {
  const number = target.deployedAtBlock > 0n ? target.deployedAtBlock - 1n : 0n
  if (finalized.number < number) {
    throw new ProgramError('Ingest.NotFinalError', 'The deployment is not final yet.', {
      given: `finalized block ${String(finalized.number)}`,
      expected: `at least ${String(number)}`,
      next: 'Wait until the chain has gone on, and run the command again.',
    })
  }
  const cursor = await rpc.header(number)
  const { symbol, decimals } = await readToken(rpc, target)
  await db.transaction().execute(async (tx) => {
    await insertRows(tx, 'chain', [
      {
        chain_id: target.chainId,
        registry: target.registry,
        escrow: target.escrow,
        token: target.token,
        p256_verifier: target.p256Verifier,
        deployed_at_block: target.deployedAtBlock,
        cursor_number: cursor.number,
        cursor_hash: cursor.hash,
        cursor_seconds: cursor.seconds,
        finalized_number: cursor.number,
        finalized_hash: cursor.hash,
      },
    ])
    const { chainId, token, currency } = target
    await insertRows(tx, 'asset', [{ chain_id: chainId, token, asset: symbol, symbol, decimals, currency }])
    const { hash, parentHash, seconds } = cursor
    const block = { chain_id: chainId, number, hash, parent_hash: parentHash, at_seconds: seconds }
    await insertRows(tx, 'block', [{ ...block, status: 'FINALIZED' }])
  })
  return cursor
}

async function readToken(rpc: Rpc, target: Target): Promise<{ symbol: string; decimals: number }> {
  const read = async (functionName: 'symbol' | 'decimals'): Promise<unknown> => {
    const data = await rpc.call(target.token, encodeFunctionData({ abi: erc20Abi, functionName }))
    try {
      return decodeFunctionResult({ abi: erc20Abi, functionName, data })
    } catch (error) {
      throw badToken(functionName, data, 'what an ERC-20 token answers', error)
    }
  }
  const symbol = await read('symbol')
  const decimals = await read('decimals')
  if (typeof symbol !== 'string' || !Patterns.reference.test(symbol)) {
    throw badToken('symbol', String(symbol).slice(0, 80), '1 to 64 letters, digits and . _ : / -')
  }
  if (typeof decimals !== 'number' || decimals > DECIMALS_MAX) {
    throw badToken('decimals', String(decimals), `at most ${String(DECIMALS_MAX)}: carries are kept to 10^-18`)
  }
  return { symbol, decimals }
}

function badToken(what: string, given: string, expected: string, cause?: unknown): ProgramError {
  return new ProgramError('Ingest.BadTokenError', `The settlement token’s ${what} cannot be used.`, {
    given,
    expected,
    next: 'Check the token’s address in the deployment.',
    cause,
  })
}
