import type { Hex } from 'viem'
import { SECP256K1_ORDER } from '../../src/adapters/signer/secp256k1.ts'
import * as Agreement from '../../src/protocol/Agreement.ts'
import { fromHex, readUint, toHex, writeUint } from '../../src/protocol/Bytes.ts'
import * as Payment from '../../src/protocol/Payment.ts'
import * as Voucher from '../../src/protocol/Voucher.ts'
import type { OfferedPayment, Payee } from '../../src/roles/Payee.ts'
import type { SignatureVerifier } from '../../src/ports/SignatureVerifier.ts'
import type { RoleWorld } from './roleWorld.ts'
import { agreedRoles, domains, itemOf, roleWorld, verifier } from './roleWorld.ts'

type Signing = {
  readonly quantity?: bigint
  readonly timestamp?: number
  readonly amount?: bigint
  /** Where the payer believes the channel to be. */
  readonly progress?: Payment.Progress
  readonly version?: bigint
  readonly signer?: RoleWorld['payer']
  readonly domain?: (typeof domains)['escrow']
}

/** The next payment on what the payee has accepted, signed by a payer that follows no rules but the test's. */
export async function signPayment(world: RoleWorld, payee: Payee, signing: Signing = {}): Promise<OfferedPayment> {
  const { quantity = 1n, timestamp = world.clock.seconds, progress = payee.progress } = signing
  const { signer = world.payer, domain = domains.escrow } = signing
  const { channelId } = world.record
  const amount = signing.amount ?? quantity * world.terms.tariff.pricePerUnit
  const item = itemOf(quantity)
  const agreementHash = Agreement.hash((await payee.offer()).agreement)
  const step = { amount, agreementHash, item, timestamp }
  const next = Payment.advance(progress, { channelId, step, version: signing.version ?? progress.version + 1n })
  const signature = toHex(await signer.sign(Voucher.hasher({ channelId, domain })(next)))
  const { version, cumulativeAmount } = next
  return { channelId, version, cumulativeAmount, amount, item, timestamp, signature }
}

/** A payee that has accepted two payments, and counts how often it checks a signature. */
export async function paidTwice(world: RoleWorld = roleWorld()) {
  let checks = 0
  const counting: SignatureVerifier = {
    backend: verifier.backend,
    verify: (signer, digest, signature) => {
      checks++
      return verifier.verify(signer, digest, signature)
    },
  }
  const { payee } = await agreedRoles(world, { payee: { verifier: counting } })
  await payee.accept(await signPayment(world, payee))
  await payee.accept(await signPayment(world, payee))
  checks = 0
  return { world, payee, checks: () => checks }
}

/** The same secp256k1 signature with the other s: valid mathematics, refused by the contracts. */
export function withHighS(signature: Hex): Hex {
  const bytes = fromHex(signature)
  bytes[32]! &= 0x7f
  writeUint(bytes, SECP256K1_ORDER - readUint(bytes, { offset: 32, size: 32 }), { offset: 32, size: 32 })
  return toHex(bytes)
}

export function withFlippedParity(signature: Hex): Hex {
  const bytes = fromHex(signature)
  bytes[32]! ^= 0x80
  return toHex(bytes)
}
