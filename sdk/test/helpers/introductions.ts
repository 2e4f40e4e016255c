import type { Hex } from 'viem'
import { machineRandom } from '../../src/adapters/random/machineRandom.ts'
import { memoryPair } from '../../src/adapters/transport/memoryTransport.ts'
import * as Bindings from '../../src/protocol/Binding.ts'
import type { Credential } from '../../src/protocol/Credential.ts'
import * as SignerId from '../../src/protocol/SignerId.ts'
import type { Signer } from '../../src/ports/Signer.ts'
import { IdentityVerifier } from '../../src/roles/IdentityVerifier.ts'
import type { PayeeIdentity, SessionIdentity } from '../../src/roles/Introduction.ts'
import { Introductions } from '../../src/roles/Introductions.ts'
import { servePayer } from '../../src/roles/PayeeSession.ts'
import { PayerSession } from '../../src/roles/PayerSession.ts'
import type { Verdict } from '../../src/roles/verifyPresentation.ts'
import { manualTimers } from '../../src/testing/manualTimers.ts'
import * as identities from './identities.ts'
import { credentialOf, tokenOf, trustListOf } from './identities.ts'
import type { Pair } from './sessions.ts'
import type { Kinds } from './roleWorld.ts'
import { DAY, domains, roleWorld, verifier } from './roleWorld.ts'

export const FRESH = { freshness: tokenOf(0) }

/** Payer and payee that have a credential each, and a way to tell who they met. */
export async function scene(kinds: Kinds = {}, verifiers: Partial<IdentityVerifier.Options> = {}) {
  const bindingOf = (machine: Signer) => Bindings.id(identities.bindingOf(machine))
  const world = roleWorld({ bindingOf, ...kinds })
  const payer = await world.openPayer()
  const payee = await world.openPayee()
  await payee.refresh()
  const trust = { trustList: await trustListOf(), trustListSigner: identities.runner.signer }
  const shared = {
    domain: domains.registry,
    p256Verifier: identities.p256Verifier,
    verifier,
    clock: world.clock,
    ...trust,
  }
  const identityOf = async (signer: Signer, credential?: Credential) => {
    const known: Verdict[] = []
    const shown = credential ?? (await credentialOf(signer, FRESH))
    const deviceId = SignerId.of(signer.signer)
    const options = { ...shared, deviceId, random: machineRandom, freshnessAgeMaxSeconds: 2 * DAY, ...verifiers }
    const own = await IdentityVerifier.open(options)
    const identity: PayeeIdentity = {
      introductions: new Introductions({ timers: manualTimers() }),
      credential: () => shown,
      signer,
      identities: own,
      clock: world.clock,
      onIdentified: (verdict) => void known.push(verdict),
    }
    return { identity, known }
  }
  return { world, payer, payee, identityOf, channelId: world.record.channelId }
}

export type Scene = Awaited<ReturnType<typeof scene>>

/** The payee's end of a session. */
export function serveAt({ payee, channelId }: Scene, identity?: PayeeIdentity, pair: Pair = memoryPair()) {
  const payeeOf = async (given: Hex) => (given === channelId ? payee : undefined)
  const served = servePayer({ connection: pair.right, payeeOf, timers: manualTimers(), ...(identity && { identity }) })
  return { served, pair }
}

/** The payer's end. */
export function startAt(
  { payer }: Scene,
  identity: SessionIdentity | undefined,
  pair: Pick<Pair, 'left'> = memoryPair(),
  timers = manualTimers(),
) {
  const options = { payer, connection: pair.left, verifier, escrowDomain: domains.escrow, timers }
  return PayerSession.start({ ...options, ...(identity && { identity }) })
}
