import type { Secp256k1Backend } from '@musubi/sdk'
import { Bytes, createSignatureVerifier } from '@musubi/sdk'
import { hashTypedData, isAddressEqual, recoverTypedDataAddress, serializeSignature } from 'viem'
import { median } from '../../payments/statistics.ts'
import { P256_VERIFIER, attester, named, newMachine } from '../cast.ts'
import { attestationOf, toParts } from './attestation.ts'

/** An attestation that never meets the chain: the type and the domain of EAS's own SDK, version 2. */
const TYPES = {
  Attest: [
    { name: 'version', type: 'uint16' },
    { name: 'schema', type: 'bytes32' },
    { name: 'recipient', type: 'address' },
    { name: 'time', type: 'uint64' },
    { name: 'expirationTime', type: 'uint64' },
    { name: 'revocable', type: 'bool' },
    { name: 'refUID', type: 'bytes32' },
    { name: 'data', type: 'bytes' },
    { name: 'salt', type: 'bytes32' },
  ],
} as const
const DOMAIN = {
  name: 'EAS Attestation',
  version: '1.4.0',
  chainId: 31337,
  verifyingContract: `0x${'05'.repeat(20)}`,
} as const

export type EasOffchain = { readonly viemMs: number; readonly backendMs: number }

/** Milliseconds to verify one, by viem alone, and by its hash and the backend that checks our signatures. Medians over `count`. */
export async function measureEasOffchain({ count, backend }: measureEasOffchain.Options): Promise<EasOffchain> {
  const verifier = createSignatureVerifier({ backend, p256Verifier: P256_VERIFIER })
  const viemMs: number[] = []
  const backendMs: number[] = []
  for (let index = 0; index < count; index++) {
    const { typedData, signature } = await attest(`device ${index}`)
    const { r, s, v } = toParts(signature)
    const serialized = serializeSignature({ r, s, yParity: v - 27 })
    viemMs.push(
      await timed(async () =>
        isAddressEqual(await recoverTypedDataAddress({ ...typedData, signature: serialized }), attester.signer),
      ),
    )
    backendMs.push(
      await timed(async () => verifier.verify(attester.signer, Bytes.fromHex(hashTypedData(typedData)), signature)),
    )
  }
  return { viemMs: median(viemMs), backendMs: median(backendMs) }
}
export declare namespace measureEasOffchain {
  type Options = { readonly count: number; readonly backend: Secp256k1Backend }
}

async function attest(name: string) {
  const { binding } = newMachine(name, 'secp256k1')
  const message = {
    ...attestationOf(binding),
    version: 2,
    schema: named('schema'),
    time: BigInt(binding.validFrom),
    salt: named(`salt of ${name}`),
  }
  const typedData = { domain: DOMAIN, types: TYPES, primaryType: 'Attest', message } as const
  return { typedData, signature: await attester.sign(Bytes.fromHex(hashTypedData(typedData))) }
}

/** What is refused was not verified, and is no figure. */
async function timed(verify: () => Promise<boolean>): Promise<number> {
  const startedAt = performance.now()
  const isValid = await verify()
  const taken = performance.now() - startedAt
  if (!isValid) throw new Error('The attestation does not verify.')
  return taken
}
