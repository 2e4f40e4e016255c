/** A charger without a network: one process, one key, one clock, one trust list. It learns who answers for what it meets. */
import {
  BaseError,
  Deployment,
  IdentityVerifier,
  SignerId,
  TrustList,
  createSignatureVerifier,
  loadFastestBackend,
  machineRandom,
} from '@musubi/sdk'
import { ReplayClock } from './ReplayClock.ts'
import type { ChargerCommand, ChargerReport, Refusal } from './chargerProtocol.ts'
import { serveCommands } from './ipc.ts'
import { signerOf } from './keys.ts'
import { refuseNetwork } from './refuseNetwork.ts'

refuseNetwork()

type Setup = ChargerCommand & { readonly type: 'setup' }

const clock = new ReplayClock()
let identities: IdentityVerifier | undefined

async function open({ deployment, key, trustList, trustListSigner, ...rest }: Setup['setup']): Promise<void> {
  const p256Verifier = deployment.p256Sha256Verifier
  const signer = await signerOf(key, p256Verifier)
  identities = await IdentityVerifier.open({
    ...{ domain: Deployment.registryDomain(deployment), deviceId: SignerId.of(signer.signer), p256Verifier },
    ...{ trustList: TrustList.decode(trustList), trustListSigner },
    verifier: createSignatureVerifier({ backend: await loadFastestBackend(), p256Verifier }),
    ...{ clock, random: machineRandom, freshnessAgeMaxSeconds: rest.freshnessAgeMaxSeconds },
  })
}

/** What the charger refuses, it says why; anything else that goes wrong ends it. */
async function answer(command: Exclude<ChargerCommand, Setup>, by: IdentityVerifier): Promise<ChargerReport> {
  try {
    switch (command.type) {
      case 'challenge':
        return { type: 'answer', answer: { kind: 'challenge', challenge: by.challenge(command.purpose) } }
      case 'verify': {
        const { partyId, freshness } = await by.verify(command.presentation)
        return { type: 'answer', answer: { kind: 'accepted', partyId, freshnessAgeSeconds: freshness?.ageSeconds } }
      }
      case 'learn':
        await by.learn(TrustList.decode(command.trustList))
        return { type: 'answer', answer: { kind: 'learnt', version: by.trustList.version } }
      case 'stop':
        return { type: 'stopped' }
    }
  } catch (error) {
    return { type: 'answer', answer: refusalOf(error) }
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof BaseError) return { kind: 'refused', error: error.name, message: error.message }
  throw error
}

serveCommands<ChargerCommand, ChargerReport>(async (command) => {
  if (command.type !== 'stop') clock.set(command.now)
  if (command.type === 'setup') {
    await open(command.setup)
    return { type: 'ready' }
  }
  if (identities === undefined) throw new Error(`The charger was asked to ${command.type} before it was set up.`)
  return answer(command, identities)
})
