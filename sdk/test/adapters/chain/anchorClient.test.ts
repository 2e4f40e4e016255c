import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Hex } from 'viem'
import { encodeAbiParameters, encodeDeployData, keccak256, numberToHex } from 'viem'
import { anchorClient } from '../../../src/adapters/chain/anchorClient.ts'
import { anchorReader } from '../../../src/adapters/chain/anchorReader.ts'
import { chainReader } from '../../../src/adapters/chain/chainClients.ts'
import { MemoryStore } from '../../../src/adapters/store/memoryStore.ts'
import * as Anchor from '../../../src/protocol/Anchor.ts'
import * as AnchorTree from '../../../src/protocol/AnchorTree.ts'
import { anchorDomain } from '../../../src/protocol/Deployment.ts'
import * as SignerId from '../../../src/protocol/SignerId.ts'
import type { Signer } from '../../../src/ports/Signer.ts'
import { signAnchor } from '../../../src/roles/anchors.ts'
import type { RpcCall } from '../../helpers/fakeNode.ts'
import { json, startFakeNode } from '../../helpers/fakeNode.ts'
import type { LocalChain } from '../../helpers/localChain.ts'
import { startLocalChain } from '../../helpers/localChain.ts'
import { ZERO_HASH, p256Machine, secp256k1Machine } from '../../helpers/machines.ts'

const idOf = (text: string): Hex => keccak256(Buffer.from(text))

/** A ledger of so many channels, after so many epochs. */
const ledgerOf = (name: string, { channels, epoch }: { channels: number; epoch: number }): AnchorTree.AnchorLeaf[] =>
  Array.from({ length: channels }, (_, index) => ({
    channelId: idOf(`${name} ${index}`),
    cumulativeAmount: BigInt(100 * epoch + index),
    version: BigInt(epoch),
    receiptsRoot: idOf(`${name} ${index} ${epoch}`),
  }))

describe('anchorClient', () => {
  let chain: LocalChain
  before(async () => {
    chain = await startLocalChain()
  })
  after(() => chain.stop())

  const relayed = () => anchorClient({ clients: chain.relayer, deployment: chain.deployment })
  const newest = () => chain.reader.getBlockNumber({ cacheTime: 0 })
  const read = (reader = chain.reader) => anchorReader({ reader, deployment: chain.deployment })

  /** What a publisher does at the end of an epoch: it asks the chain what it said last, signs, and has it relayed. */
  const publish = async (signer: Signer, states: Iterable<AnchorTree.AnchorLeaf>) => {
    const publisher = SignerId.of(signer.signer)
    const tree = AnchorTree.build(states)
    const last = await read().lastAnchorOf({ publisher, toBlock: await newest() })
    const anchor = Anchor.next({ publisher, last, tree })
    const signed = await signAnchor(anchor, { domain: anchorDomain(chain.deployment), signer })
    return { signed, tree, outcome: await relayed().anchor(signed) }
  }

  const publishEpochs = async (name: string, signer = secp256k1Machine(name)) => {
    const publisher = SignerId.of(signer.signer)
    const published: Awaited<ReturnType<typeof publish>>[] = []
    for (const epoch of [1, 2, 3]) published.push(await publish(signer, ledgerOf(name, { channels: 4 * epoch, epoch })))
    return { publisher, published }
  }

  it('given a publisher without an anchor, then it has no epoch, no root and no history', async () => {
    const publisher = idOf('nobody')
    const toBlock = await newest()
    assert.equal(await read().lastEpochOf(publisher), 0n)
    assert.equal(await read().isLastRoot({ publisher, root: ZERO_HASH }), false)
    assert.equal(await read().lastAnchorOf({ publisher, toBlock }), undefined)
    assert.deepEqual(await read().anchorsOf({ publisher, toBlock }), [])
    const expected = { name: 'Chain.AnchorNotFoundError', given: ZERO_HASH }
    await assert.rejects(read().anchorOfRoot({ publisher, root: ZERO_HASH, toBlock }), expected)
  })

  it('given an anchor was published, when it is sent again, then it throws Reverted with both epochs', async () => {
    const { signed } = await publish(secp256k1Machine('replayed'), ledgerOf('replayed', { channels: 1, epoch: 1 }))
    await assert.rejects(relayed().anchor(signed), { errorName: 'LedgerAnchor_WrongEpoch', given: 1n, expected: 2n })
  })

  it('given an anchor that somebody else signed, when it is sent, then it throws Reverted with the publisher', async () => {
    const { signed } = await publish(secp256k1Machine('forged'), ledgerOf('forged', { channels: 1, epoch: 1 }))
    const next = Anchor.next({ publisher: signed.publisher, last: signed, tree: signed })
    await assert.rejects(relayed().anchor({ ...next, signer: signed.signer, signature: signed.signature }), {
      errorName: 'LedgerAnchor_BadSignature',
      args: { publisher: signed.publisher },
    })
  })

  it('given three epochs and the loss of every store, then events, a leaf and its proof give the history back', async () => {
    const name = 'lost'
    const store = new MemoryStore()
    const { publisher, published } = await publishEpochs(name)
    // What was handed out before the loss: one channel's state and its proof, and a copy of the whole, by anybody.
    const { tree } = published[2]!
    const leaf = tree.leaves[5]!
    const proof = AnchorTree.proveInclusion(tree, leaf.channelId)
    const copy = ledgerOf(name, { channels: 12, epoch: 3 }).toReversed()
    await store.dispose()
    published.length = 0

    // A machine that was never there: the deployment, a node, and the publisher's name.
    const { anchorsOf, anchorOfRoot } = read(chainReader({ rpcUrl: chain.url, chainId: chain.deployment.chainId }))
    const anchors = await anchorsOf({ publisher, toBlock: await newest() })
    assert.deepEqual(
      anchors.map(({ epoch, count }) => [epoch, count]),
      [
        [1n, 4],
        [2n, 8],
        [3n, 12],
      ],
    )
    assert.deepEqual(
      anchors.map(({ previousRoot }) => previousRoot),
      [ZERO_HASH, anchors[0]!.root, anchors[1]!.root],
    )
    const anchor = await anchorOfRoot({ publisher, root: anchors[2]!.root, toBlock: await newest() })
    assert.deepEqual(anchor, anchors[2])
    assert.deepEqual(AnchorTree.verifyInclusion({ anchor, leaf, proof }), leaf)
    assert.throws(() => AnchorTree.verifyInclusion({ anchor: anchors[1]!, leaf, proof }), {
      name: 'AnchorTree.NotIncludedError',
    })
    assert.equal(AnchorTree.verifyWhole(copy, anchor).total, anchor.total)
  })

  it('given a P-256 publisher, when it publishes, then its signer is sent with it', async () => {
    const { publisher, published } = await publishEpochs('P-256', p256Machine('P-256', chain))
    assert.equal(await read().lastEpochOf(publisher), 3n)
    assert.equal(await read().isLastRoot({ publisher, root: published[2]!.tree.root }), true)
    const [event] = published[2]!.outcome.events
    assert.ok(event?.eventName === 'Anchored')
    assert.deepEqual([event.args.publisher, event.args.epoch], [publisher, 3n])
  })

  it('given an account that takes 64 bytes of its own, when they are sent, then it is asked by its address', async () => {
    const account = await deployAccount(chain)
    const publisher = SignerId.of(account)
    const anchor = Anchor.next({ publisher, tree: AnchorTree.build(ledgerOf('account', { channels: 1, epoch: 1 })) })
    await relayed().anchor({ ...anchor, signer: account, signature: `0x${'12'.repeat(64)}` })
    assert.equal(await read().lastEpochOf(publisher), 1n)
  })

  it('given a block before the contract, then there is no anchor yet', async () => {
    const { publisher } = await publishEpochs('young')
    for (const toBlock of [0n, BigInt(chain.deployment.startBlock)]) {
      assert.deepEqual(await read().anchorsOf({ publisher, toBlock }), [])
      assert.equal(await read().lastAnchorOf({ publisher, toBlock }), undefined)
    }
  })

  it('given the same root in two epochs, then anchorOfRoot gives the first', async () => {
    const signer = secp256k1Machine('idle')
    const states = ledgerOf('idle', { channels: 2, epoch: 1 })
    await publish(signer, states)
    const { signed } = await publish(signer, states)
    const { publisher, root } = signed
    assert.equal(signed.epoch, 2n)
    assert.equal((await read().anchorOfRoot({ publisher, root, toBlock: await newest() })).epoch, 1n)
  })

  it('given a block before the last epoch, then what came later is not there', async () => {
    const { publisher, published } = await publishEpochs('earlier')
    const toBlock = published[1]!.outcome.blockNumber
    assert.equal((await read().anchorsOf({ publisher, toBlock })).length, 2)
    assert.equal((await read().lastAnchorOf({ publisher, toBlock }))?.epoch, 2n)
    const { root } = published[2]!.tree
    await assert.rejects(read().anchorOfRoot({ publisher, root, toBlock }), { name: 'Chain.AnchorNotFoundError' })
  })

  for (const left of [0, 1, 2]) {
    it(`given a node that leaves out an event, then it throws BadAnswer (${left} of three)`, async (t) => {
      const { publisher, published } = await publishEpochs(`left out ${left}`)
      const rpcUrl = await startFakeNode(
        (end) => t.after(end),
        (response, call, id) => {
          void forwarded(chain, call, id).then((answer) => json(response, withoutEvent(answer, BigInt(left + 1))))
        },
      )
      const { anchorsOf, anchorOfRoot, lastAnchorOf } = read(chainReader({ rpcUrl, chainId: 31337 }))
      const toBlock = await newest()
      await assert.rejects(anchorsOf({ publisher, toBlock }), { name: 'Chain.BadAnswerError' })
      const { root } = published[left]!.tree
      await assert.rejects(anchorOfRoot({ publisher, root, toBlock }), { name: 'Chain.AnchorNotFoundError' })
      if (left === 0) return
      await assert.rejects(lastAnchorOf({ publisher, toBlock }), { name: 'Chain.BadAnswerError' })
    })
  }
})

type Answer = { readonly result?: unknown }

async function forwarded({ url }: LocalChain, call: RpcCall, id: number): Promise<Answer> {
  const body = JSON.stringify({ jsonrpc: '2.0', id, ...call })
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  return (await answer.json()) as Answer
}

/** The third topic of `Anchored` is the epoch. */
function withoutEvent(answer: Answer, epoch: bigint): Answer {
  if (!Array.isArray(answer.result)) return answer
  const logs = answer.result as readonly { readonly topics: readonly Hex[] }[]
  return { ...answer, result: logs.filter(({ topics }) => topics[2] !== numberToHex(epoch, { size: 32 })) }
}

/** An account that answers every ERC-1271 question with yes. */
async function deployAccount({ relayer: { reader, writer } }: LocalChain): Promise<Hex> {
  const magic = encodeAbiParameters([{ type: 'bytes4' }], ['0x1626ba7e'])
  // PUSH32 magic, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN
  const runtime = `7f${magic.slice(2)}5f5260205ff3`
  // PUSH1 size, DUP1, PUSH1 9, PUSH0, CODECOPY, PUSH0, RETURN
  const bytecode = `0x60${(runtime.length / 2).toString(16)}8060095f395ff3${runtime}` as const
  const hash = await writer.sendTransaction({ data: encodeDeployData({ abi: [], bytecode }) })
  const { contractAddress } = await reader.waitForTransactionReceipt({ hash })
  if (!contractAddress) throw new Error('the account was not deployed')
  return contractAddress
}
