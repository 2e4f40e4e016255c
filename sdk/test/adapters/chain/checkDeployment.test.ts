import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { encodeAbiParameters, encodeFunctionResult, toFunctionSelector } from 'viem'
import { chainReader } from '../../../src/adapters/chain/chainClients.ts'
import { checkDeployment } from '../../../src/adapters/chain/checkDeployment.ts'
import { channelEscrowAbi } from '../../../src/generated/abis.ts'
import type { Deployment } from '../../../src/protocol/Deployment.ts'
import { anchorDomain, escrowDomain, registryDomain } from '../../../src/protocol/Deployment.ts'
import { results, startFakeNode } from '../../helpers/fakeNode.ts'
import type { LocalChain } from '../../helpers/localChain.ts'
import { startLocalChain } from '../../helpers/localChain.ts'

describe('checkDeployment', () => {
  let chain: LocalChain
  let deployment: Deployment
  before(async () => {
    chain = await startLocalChain()
    deployment = chain.deployment
  })
  after(() => chain.stop())

  const refuses = (changed: Partial<Deployment>, error: { name: string; given?: unknown; expected?: unknown }) =>
    assert.rejects(checkDeployment(chain.reader, { ...deployment, ...changed }), error)

  it('given the deployment that is on the chain, then it returns', async () => {
    await checkDeployment(chain.reader, deployment)
  })

  it('given the deployment of another chain, then it throws WrongChain', () =>
    refuses({ chainId: 84532 }, { name: 'Chain.WrongChainError', given: 31337, expected: 84532 }))

  const contracts = ['identityRegistry', 'channelEscrow', 'ledgerAnchor', 'p256Sha256Verifier'] as const
  for (const field of contracts) {
    it(`given there is no code at ${field}, then it throws WrongContract`, () =>
      refuses(
        { [field]: chain.beneficiary },
        { name: 'Chain.WrongContractError', given: 'no code', expected: 'a contract' },
      ))
  }

  it('given the registry for the escrow, then it throws WrongContract with both names', () =>
    refuses(
      { channelEscrow: deployment.identityRegistry },
      { name: 'Chain.WrongContractError', given: 'Musubi IdentityRegistry', expected: 'Musubi ChannelEscrow' },
    ))

  it('given the escrow for the registry, then it throws WrongContract with both names', () =>
    refuses(
      { identityRegistry: deployment.channelEscrow },
      { name: 'Chain.WrongContractError', given: 'Musubi ChannelEscrow', expected: 'Musubi IdentityRegistry' },
    ))

  it('given the escrow for the ledger anchor, then it throws WrongContract with both names', () =>
    refuses(
      { ledgerAnchor: deployment.channelEscrow },
      { name: 'Chain.WrongContractError', given: 'Musubi ChannelEscrow', expected: 'Musubi LedgerAnchor' },
    ))

  it('given a contract without a domain for the registry, then it throws WrongContract', () =>
    refuses(
      { identityRegistry: deployment.p256Sha256Verifier },
      { name: 'Chain.WrongContractError', given: 'no domain', expected: 'Musubi IdentityRegistry' },
    ))

  it('given another contract for the verifier, then it throws WrongContract', () =>
    refuses(
      { p256Sha256Verifier: deployment.channelEscrow },
      { name: 'Chain.WrongContractError', given: deployment.p256Sha256Verifier, expected: deployment.channelEscrow },
    ))
})

describe('checkDeployment, given contracts that are not ours or not joined', () => {
  const ours: Deployment = {
    version: 1,
    chainId: 31337,
    startBlock: 1,
    accessManager: address('1'),
    p256Sha256Verifier: address('2'),
    identityRegistry: address('3'),
    channelEscrow: address('4'),
    ledgerAnchor: address('5'),
    closeDelayFloorSeconds: 3600,
  }
  const registry = registryDomain(ours)
  const escrow = escrowDomain(ours)
  const joined = { escrowsRegistry: ours.identityRegistry, anchorsVerifier: ours.p256Sha256Verifier, registered: true }
  const sound = { registry, escrow, anchor: anchorDomain(ours), ...joined }

  /** A node whose contracts say what they are told to. */
  async function refusal(cleanup: (end: () => Promise<void>) => void, says: Partial<typeof sound>) {
    const told = { ...sound, ...says }
    const answers: Readonly<Record<string, string>> = {
      [`${ours.identityRegistry}${EIP712_DOMAIN}`]: encodeDomain(told.registry),
      [`${ours.channelEscrow}${EIP712_DOMAIN}`]: encodeDomain(told.escrow),
      [`${ours.ledgerAnchor}${EIP712_DOMAIN}`]: encodeDomain(told.anchor),
      [`${ours.ledgerAnchor}${toFunctionSelector('p256Verifier()')}`]: encodeAddress(told.anchorsVerifier),
      [`${ours.channelEscrow}${toFunctionSelector('identityRegistry()')}`]: encodeAddress(told.escrowsRegistry),
      [`${ours.identityRegistry}${toFunctionSelector('p256Verifier()')}`]: encodeAddress(ours.p256Sha256Verifier),
      [`${ours.identityRegistry}${toFunctionSelector('isEscrow(address)')}`]: encodeBoolean(told.registered),
    }
    const url = await startFakeNode(cleanup, (response, call, id) => {
      const { to, data = '' } = (call.params[0] ?? {}) as { to?: string; data?: string }
      const eth_call = answers[`${to}${data.slice(0, 10)}`]
      results({ eth_chainId: '0x7a69', eth_getCode: '0x00', eth_call })(response, call, id)
    })
    await checkDeployment(chainReader({ rpcUrl: url, chainId: 31337 }), ours)
  }

  it('when they say what is expected, then it returns', (t) => refusal((end) => t.after(end), {}))

  const other = address('9')
  const cases = [
    ['another version', { escrow: { ...escrow, version: '2' } }, { given: '2', expected: '1' }],
    ['another chain', { registry: { ...registry, chainId: 1 } }, { given: 1, expected: 31337 }],
    [
      'another address',
      { escrow: { ...escrow, verifyingContract: other } },
      { given: other, expected: ours.channelEscrow },
    ],
    ['another registry', { escrowsRegistry: other }, { given: other, expected: ours.identityRegistry }],
    ['another verifier', { anchorsVerifier: other }, { given: other, expected: ours.p256Sha256Verifier }],
    ['that the escrow is unknown', { registered: false }, { given: 'unregistered', expected: 'registered' }],
  ] as const
  for (const [what, says, error] of cases) {
    it(`when they say ${what}, then it throws WrongContract`, (t) =>
      assert.rejects(
        refusal((end) => t.after(end), says),
        { name: 'Chain.WrongContractError', ...error },
      ))
  }
})

const EIP712_DOMAIN = toFunctionSelector('eip712Domain()')

function address(digit: string) {
  return `0x${digit.repeat(40)}` as const
}

function encodeDomain({ name, version, chainId, verifyingContract }: ReturnType<typeof escrowDomain>) {
  const result = ['0x0f', name, version, BigInt(chainId), verifyingContract, `0x${'00'.repeat(32)}`, []] as const
  return encodeFunctionResult({ abi: channelEscrowAbi, functionName: 'eip712Domain', result })
}

function encodeAddress(value: `0x${string}`) {
  return encodeAbiParameters([{ type: 'address' }], [value])
}

function encodeBoolean(value: boolean) {
  return encodeAbiParameters([{ type: 'bool' }], [value])
}
