/**
 * Payee.accept
 * |-- refuses a signature that is not the payer's over this payment ... WrongSignerError
 * `-- accepts up to every limit: the last second, the whole deposit, the largest skew
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as Acknowledgement from '../../src/protocol/Acknowledgement.ts'
import { toHex } from '../../src/protocol/Bytes.ts'
import type { OfferedPayment, Payee } from '../../src/roles/Payee.ts'
import { paidTwice, signPayment, withFlippedParity, withHighS } from '../helpers/payments.ts'
import {
  DEPOSIT,
  PRICE,
  TRUSTED_UNTIL,
  domains,
  elsewhere,
  itemOf,
  named,
  roleWorld,
  secp256k1Machine,
} from '../helpers/roleWorld.ts'
import type { RoleWorld } from '../helpers/roleWorld.ts'

describe("Payee.accept refuses a signature that is not the payer's over this payment", () => {
  const stranger = secp256k1Machine('stranger')
  type Forge = (world: RoleWorld, payee: Payee, sound: OfferedPayment) => OfferedPayment | Promise<OfferedPayment>
  const forgeries: Record<string, Forge> = {
    'of another key': (world, payee) => signPayment(world, payee, { signer: stranger }),
    'of the payee': (world, payee) => signPayment(world, payee, { signer: world.payee }),
    "in another chain's domain": (world, payee) => signPayment(world, payee, { domain: elsewhere }),
    "in the registry's domain": (world, payee) => signPayment(world, payee, { domain: domains.registry }),
    'over another item': (_world, _payee, sound) => ({ ...sound, item: itemOf(1n, 'another session') }),
    'over another time': (_world, _payee, sound) => ({ ...sound, timestamp: sound.timestamp + 1 }),
    'over another history': (world, payee) =>
      signPayment(world, payee, { progress: { ...payee.progress, receiptsRoot: named('another history') } }),
    'with high s': (_world, _payee, sound) => ({ ...sound, signature: withHighS(sound.signature) }),
    'with the other parity': (_world, _payee, sound) => ({ ...sound, signature: withFlippedParity(sound.signature) }),
    'that is empty': (_world, _payee, sound) => ({ ...sound, signature: '0x' }),
    'of 65 bytes': (_world, _payee, sound) => ({ ...sound, signature: `${sound.signature}1b` }),
    'of zeros': (_world, _payee, sound) => ({ ...sound, signature: `0x${'00'.repeat(64)}` }),
    'over an acknowledgement of the same total': async (world, payee, sound) => {
      const hash = Acknowledgement.hasher({ channelId: sound.channelId, domain: domains.escrow })
      return { ...sound, signature: toHex(await world.payer.sign(hash({ ...payee.progress, version: 3n }))) }
    },
  }
  for (const [name, forge] of Object.entries(forgeries)) {
    it(`${name} ... WrongSignerError`, async () => {
      const { world, payee } = await paidTwice()
      const sound = await signPayment(world, payee)
      const expected = { name: 'Payment.WrongSignerError', expected: world.payer.signer }
      await assert.rejects(payee.accept(await forge(world, payee, sound)), expected)
      assert.equal(payee.progress.version, 2n)
      assert.equal((await payee.accept(sound)).version, 3n)
    })
  }
})

describe('Payee.accept accepts up to every limit', () => {
  it('the largest skew, either way', async () => {
    const { world, payee } = await paidTwice()
    await payee.accept(await signPayment(world, payee, { timestamp: world.clock.seconds + 300 }))
    await payee.accept(await signPayment(world, payee, { timestamp: world.clock.seconds - 300 }))
    assert.equal(payee.progress.version, 4n)
  })

  it('the last second that it may trust the channel', async () => {
    const { world, payee } = await paidTwice()
    world.clock.seconds = TRUSTED_UNTIL - 1
    assert.equal((await payee.accept(await signPayment(world, payee))).version, 3n)
  })

  for (const payerKind of ['secp256k1', 'p256'] as const) {
    it(`the whole deposit (${payerKind})`, async () => {
      const { world, payee } = await paidTwice(roleWorld({ payerKind }))
      const last = await payee.accept(await signPayment(world, payee, { quantity: DEPOSIT / PRICE - 2n }))
      assert.equal(last.cumulativeAmount, DEPOSIT)
      const beyond = await signPayment(world, payee)
      const expected = { name: 'Payment.DepositExceededError', given: DEPOSIT + PRICE, expected: DEPOSIT }
      await assert.rejects(payee.accept(beyond), expected)
      world.chain.change({ deposit: DEPOSIT + PRICE })
      await payee.refresh()
      assert.equal((await payee.accept(beyond)).cumulativeAmount, DEPOSIT + PRICE)
    })
  }
})
