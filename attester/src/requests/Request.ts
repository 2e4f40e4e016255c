import { UsageError } from '@musubi/cli'
import type { Domain } from '@musubi/sdk'
import { bindingTypes, enrolmentTypes, releaseTypes } from '@musubi/sdk'
import type { Hex } from 'viem'
import { hashTypedData } from 'viem'
import { z } from 'zod'
import { readJson, writeJson } from '../state/files.ts'
import { address, bytes32, hex } from '../state/schemas.ts'

/** What others are asked to sign. */
const TYPES = { Binding: bindingTypes, Enrolment: enrolmentTypes, Release: releaseTypes } as const
export type Subject = keyof typeof TYPES

const schema = z.strictObject({
  version: z.literal(1),
  /** ERC-7913 signer of whoever is asked. */
  signer: hex,
  digest: bytes32,
  /** As `eth_signTypedData_v4` takes it, so that any wallet can sign. */
  typedData: z.strictObject({
    domain: z.strictObject({ name: z.string(), version: z.string(), chainId: z.int(), verifyingContract: address }),
    types: z.record(z.string(), z.array(z.strictObject({ name: z.string(), type: z.string() }))),
    primaryType: z.enum(['Binding', 'Enrolment', 'Release']),
    message: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
})

/** A message that somebody else is to sign, as a file. */
export type Request = z.output<typeof schema>

const DOMAIN_TYPE = [
  { name: 'name', type: 'string' },
  { name: 'version', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
]

/** Writes the file. */
export function write(path: string, { signer, digest, subject, message, domain }: write.Options): void {
  const types = { EIP712Domain: DOMAIN_TYPE, ...TYPES[subject] }
  writeJson(path, { version: 1, signer, digest, typedData: { domain, types, primaryType: subject, message } })
}
export declare namespace write {
  type Options = {
    readonly signer: Hex
    readonly digest: Hex
    readonly subject: Subject
    readonly message: object
    readonly domain: Domain.Domain
  }
}

/**
 * Reads the file for whoever is to sign it. The digest is worked out anew, with our own types: what is signed is what is
 * shown, whatever the file says.
 */
export function read(path: string, domain: Domain.Domain): Request {
  const request = readJson(path, schema)
  const { primaryType, message, domain: given } = request.typedData
  const types: Record<string, readonly { name: string; type: string }[]> = TYPES[primaryType]
  const digest = hashTypedData({ domain: given, types, primaryType, message })
  const expected = hashTypedData({ domain, types, primaryType, message })
  if (digest === expected && digest === request.digest) return request
  throw new UsageError('Requests.WrongRequestError', 'The request is not what it says, or for another registry.', {
    given: `${path}: ${request.digest}, for ${given.verifyingContract} on chain ${given.chainId}`,
    expected: `${expected}, for ${domain.verifyingContract} on chain ${domain.chainId}`,
    next: 'Sign nothing. Ask the attester for the request again, and name the right --deployment.',
  })
}
