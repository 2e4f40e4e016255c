import { Bytes } from '@musubi/sdk'
import type { Binding, Signer } from '@musubi/sdk'
import type { Address, Hex, TypedDataDomain } from 'viem'
import { encodeFunctionData, hashTypedData, parseEventLogs, zeroAddress } from 'viem'
import type { Wallet } from '../../../scripts/demo/accounts.ts'
import type { Artifact } from '../localChain.ts'
import { deploy } from '../localChain.ts'
import { SCHEMA, attestationOf, toParts } from './attestation.ts'
import type { EasContracts } from './contracts.ts'

type Deployed = Artifact & { readonly address: Address }
type Done = { readonly uid: Hex; readonly gas: number }

/** Fixed: the time of the day would move calldata, and with it the gas. */
const DEADLINE = 4_000_000_000n

/** What EAS has an attester sign who does not send; the contract's own type, field by field. */
const TYPES = {
  Attest: [
    { name: 'attester', type: 'address' },
    { name: 'schema', type: 'bytes32' },
    { name: 'recipient', type: 'address' },
    { name: 'expirationTime', type: 'uint64' },
    { name: 'revocable', type: 'bool' },
    { name: 'refUID', type: 'bytes32' },
    { name: 'data', type: 'bytes' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint64' },
  ],
  Revoke: [
    { name: 'revoker', type: 'address' },
    { name: 'schema', type: 'bytes32' },
    { name: 'uid', type: 'bytes32' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint64' },
  ],
} as const

/** EAS on the benchmark's chain, with the fields of our binding as a schema. */
export class EasClient {
  readonly #eas: Deployed
  readonly #domain: TypedDataDomain
  readonly schema: Hex

  static async deploy(wallet: Wallet, contracts: EasContracts): Promise<EasClient> {
    const registry = { ...contracts.registry, address: await deploy(wallet, contracts.registry, []) }
    const eas = { ...contracts.eas, address: await deploy(wallet, contracts.eas, [registry.address]) }
    const { name, version, chainId } = (await wallet.reader.getEip712Domain({ address: eas.address })).domain
    const domain = { name, version, chainId, verifyingContract: eas.address }
    const { uid } = await send(wallet, registry, { name: 'register', args: [SCHEMA, zeroAddress, true] })
    return new EasClient(eas, domain, uid)
  }

  private constructor(eas: Deployed, domain: TypedDataDomain, schema: Hex) {
    this.#eas = eas
    this.#domain = domain
    this.schema = schema
  }

  /** The sender attests. */
  attest(wallet: Wallet, binding: Binding.Binding): Promise<Done> {
    return send(wallet, this.#eas, { name: 'attest', args: [{ schema: this.schema, data: attestationOf(binding) }] })
  }

  /** The signer attests, and the sender relays it: the nearest to our `bind`. */
  async attestByDelegation(wallet: Wallet, signer: Signer, binding: Binding.Binding): Promise<Done> {
    const data = attestationOf(binding)
    const [attester, schema] = [signer.signer, this.schema]
    const nonce = await this.#nonceOf(wallet, attester)
    const message = { ...data, attester, schema, nonce, deadline: DEADLINE }
    const digest = hashTypedData({ domain: this.#domain, types: TYPES, primaryType: 'Attest', message })
    const signature = toParts(await signer.sign(Bytes.fromHex(digest)))
    const args = [{ schema, data, signature, attester, deadline: DEADLINE }]
    return await send(wallet, this.#eas, { name: 'attestByDelegation', args })
  }

  /** The sender, who attested, revokes. */
  revoke(wallet: Wallet, uid: Hex): Promise<Done> {
    return send(wallet, this.#eas, { name: 'revoke', args: [{ schema: this.schema, data: { uid, value: 0n } }] })
  }

  /** The signer, who attested, revokes, and the sender relays it. */
  async revokeByDelegation(wallet: Wallet, signer: Signer, uid: Hex): Promise<Done> {
    const data = { uid, value: 0n }
    const [revoker, schema] = [signer.signer, this.schema]
    const nonce = await this.#nonceOf(wallet, revoker)
    const message = { ...data, revoker, schema, nonce, deadline: DEADLINE }
    const digest = hashTypedData({ domain: this.#domain, types: TYPES, primaryType: 'Revoke', message })
    const signature = toParts(await signer.sign(Bytes.fromHex(digest)))
    const args = [{ schema, data, signature, revoker, deadline: DEADLINE }]
    return await send(wallet, this.#eas, { name: 'revokeByDelegation', args })
  }

  /** The call with which another contract learns all that it needs: who attested what, until when, and whether it is revoked. */
  readingCall(uid: Hex): { readonly to: Address; readonly data: Hex } {
    const { abi, address } = this.#eas
    return { to: address, data: encodeFunctionData({ abi, functionName: 'getAttestation', args: [uid] }) }
  }

  async #nonceOf({ reader }: Wallet, account: Hex): Promise<bigint> {
    const { abi, address } = this.#eas
    return (await reader.readContract({ abi, address, functionName: 'getNonce', args: [account] })) as bigint
  }
}

type Call = { readonly name: string; readonly args: readonly unknown[] }

/** Sends, and reads the `uid` that each of these functions writes into its only event. */
async function send({ reader, writer }: Wallet, { abi, address }: Deployed, { name, args }: Call): Promise<Done> {
  const hash = await writer.writeContract({ abi, address, functionName: name, args })
  const { status, logs, gasUsed } = await reader.waitForTransactionReceipt({ hash })
  const [event] = parseEventLogs({ abi, logs })
  if (status !== 'success' || event === undefined) throw new Error(`EAS refused \`${name}\`.`)
  return { uid: (event.args as unknown as { readonly uid: Hex }).uid, gas: Number(gasUsed) }
}
