import hre from 'hardhat'
import { identityRegistryAbi } from '@musubi/sdk'
import {
  concat,
  decodeErrorResult,
  domainSeparator,
  encodeFunctionData,
  hashStruct,
  keccak256,
  numberToHex,
  pad,
  toFunctionSelector,
} from 'viem'
import type { Abi, Hex } from 'viem'
import { registryDomain } from '../../sdk/src/generated/constants.ts'

type Provider = { request(call: { method: string; params: readonly unknown[] }): Promise<unknown> }
export type Types = Record<string, readonly { readonly name: string; readonly type: string }[]>
/** A call of the registry; its arguments are checked against the ABI when they are encoded. */
export type Call = { readonly functionName: string; readonly args: readonly unknown[] }

export const START_SECONDS = 2_000_000_000

const GAS = numberToHex(5_000_000)
const ABI: Abi = identityRegistryAbi

/**
 * The real registry on a chain in this process. Time stands still between calls: many calls happen in one second, as they
 * may in one block.
 */
export class Chain {
  readonly #provider: Provider
  readonly #registry: Hex
  readonly #domain: Hex
  readonly admin: Hex
  #snapshot: unknown
  /** How many calls the contract took or refused. */
  calls = 0

  private constructor(provider: Provider, registry: Hex, domain: Hex, admin: Hex) {
    this.#provider = provider
    this.#registry = registry
    this.#domain = domain
    this.admin = admin
  }

  /** Deploys a registry, with `admin` for an escrow. */
  static async start(): Promise<Chain> {
    const { viem, provider } = await hre.network.create({ override: { allowBlocksWithSameTimestamp: true } })
    const [wallet] = await viem.getWalletClients()
    const admin = wallet!.account.address
    const manager = await viem.deployContract('AccessManager', [admin])
    const verifier = await viem.deployContract('P256Sha256Verifier')
    const registry = await viem.deployContract('IdentityRegistry', [manager.address, verifier.address])
    await registry.write.registerEscrow([admin])
    const client = await viem.getPublicClient()
    const domain = { ...registryDomain, chainId: await client.getChainId(), verifyingContract: registry.address }
    return new Chain(provider, registry.address, domainSeparator({ domain }), admin)
  }

  /** Back to the moment after the deployment. */
  async reset(): Promise<void> {
    if (this.#snapshot !== undefined) await this.#request('evm_revert', [this.#snapshot])
    this.#snapshot = await this.#request('evm_snapshot', [])
    await this.waitUntil(START_SECONDS)
  }

  async waitUntil(seconds: number): Promise<void> {
    await this.#request('evm_mine', [numberToHex(seconds)])
  }

  /** Sends a call in the second of the newest block, and tells the name of its error, if any. */
  async send(call: Call): Promise<string | undefined> {
    ++this.calls
    const now = await this.#request('eth_getBlockByNumber', ['latest', false])
    await this.#request('evm_setNextBlockTimestamp', [(now as { timestamp: Hex }).timestamp])
    try {
      const data = encode(call)
      await this.#request('eth_sendTransaction', [{ from: this.admin, to: this.#registry, gas: GAS, data }])
      return undefined
    } catch (error) {
      if (!(error instanceof Error && 'data' in error)) throw error
      const { errorName } = decodeErrorResult({ abi: ABI, data: error.data as Hex })
      return errorName.replace('IdentityRegistry_', '')
    }
  }

  /** The words that a view returns for call data that was encoded before. */
  async view(data: Hex): Promise<bigint[]> {
    const answer = (await this.#request('eth_call', [{ to: this.#registry, data }, 'latest'])) as Hex
    return (answer.slice(2).match(/.{64}/g) ?? []).map((word) => BigInt(`0x${word}`))
  }

  /** What is signed: the digest of a struct hash in the registry's domain. */
  digest(structHash: Hex): Hex {
    return keccak256(concat(['0x1901', this.#domain, structHash]))
  }

  async #request(method: string, params: readonly unknown[]): Promise<unknown> {
    return this.#provider.request({ method, params })
  }
}

export function encode({ functionName, args }: Call): Hex {
  return encodeFunctionData({ abi: ABI, functionName, args })
}

export function structHash(types: Types, message: object): Hex {
  const [primaryType] = Object.keys(types) as [string]
  return hashStruct({
    types: types as Record<string, { name: string; type: string }[]>,
    primaryType,
    data: message as Record<string, unknown>,
  })
}

/** Call data of a view of one word. */
export function viewData(signature: string, ...words: readonly (Hex | number)[]): Hex {
  const encoded = words.map((word) => (typeof word === 'number' ? numberToHex(word, { size: 32 }) : pad(word)))
  return concat([toFunctionSelector(signature), ...encoded])
}
