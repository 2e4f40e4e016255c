import type { Signer } from '../../src/ports/Signer.ts'
import type { ChannelRecord } from '../../src/ports/Store.ts'
import { escrowClient } from '../../src/adapters/chain/escrowClient.ts'
import { registryClient } from '../../src/adapters/chain/registryClient.ts'
import { tokenClient } from '../../src/adapters/chain/tokenClient.ts'
import type { Binding } from '../../src/protocol/Binding.ts'
import { YEN, startLocalChain } from './localChain.ts'
import { attester, bindMachine, makeChannel, p256Machine, secp256k1Machine } from './machines.ts'

/** A car and a P-256 van that pay, a charger and a P-256 charger that are paid, all bound; a funder with a balance. */
export type World = Awaited<ReturnType<typeof startWorld>>

export const BALANCE = 2_000n * YEN

export async function startWorld() {
  const chain = await startLocalChain()
  const { deployment } = chain
  const { channelEscrow, settlementToken } = deployment
  const registry = registryClient({ clients: chain.admin, deployment })
  await registry.accredit({ attester: attester.address })

  const token = tokenClient({ clients: chain.funder, token: settlementToken })
  const escrow = escrowClient({ clients: chain.funder, deployment })
  await token.approve({ spender: channelEscrow, amount: 10_000n * YEN })
  await escrow.depositBalance({ token: settlementToken, amount: BALANCE })

  const bound = async (signer: Signer): Promise<Machine> => ({ signer, binding: await bindMachine(chain, signer) })
  return {
    ...chain,
    chain,
    registry,
    token,
    /** Sent by the funder. */
    escrow,
    /** Sent by somebody who has no part in it. */
    relayed: escrowClient({ clients: chain.relayer, deployment }),
    car: await bound(secp256k1Machine('car')),
    van: await bound(p256Machine('van', chain)),
    charger: await bound(secp256k1Machine('charger')),
    p256Charger: await bound(p256Machine('p256 charger', chain)),
  }
}

/** A device and the binding that it acts under. */
export type Machine = { readonly signer: Signer; readonly binding: Binding }

type Ends = { readonly payer?: Machine; readonly payee?: Machine; readonly amount?: bigint }

/** A channel that is not open yet. Its id differs by `salt`. */
export function channelOf(
  world: World,
  salt: string,
  { payer = world.car, payee = world.charger }: Ends = {},
): ChannelRecord {
  const ends = { payer: payer.signer, payee: payee.signer, payerBinding: payer.binding, payeeBinding: payee.binding }
  return makeChannel(world.chain, ends, salt)
}

/** Opens a channel out of the funder's balance; of 10 yen unless told otherwise. */
export async function openChannel(world: World, salt: string, ends: Ends = {}): Promise<ChannelRecord> {
  const { payer = world.car, amount = 10n * YEN } = ends
  const record = channelOf(world, salt, ends)
  await world.escrow.openFromBalance({ channel: record.channel, payerBinding: payer.binding, amount })
  return record
}

/** Lets what is on the chain become final, and not more. */
export async function finalize({ testClient }: World): Promise<void> {
  await testClient.mine({ blocks: 8 })
}
