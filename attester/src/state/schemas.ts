import { Funding } from '@musubi/sdk'
import type { Address, Hex } from 'viem'
import { getAddress, isAddress, isHex } from 'viem'
import { z } from 'zod'

/** Bytes as 0x and hex, in lower case. */
export const hex = z
  .string()
  .refine((text) => isHex(text, { strict: true }) && text.length % 2 === 0, 'expected 0x and pairs of hex digits')
  .transform((text) => text.toLowerCase() as Hex)

export const bytes32 = hex.refine((text) => text.length === 66, 'expected 32 bytes')

export const address = z
  .string()
  .refine((text) => isAddress(text), 'expected an address with a right checksum, or in lower case')
  .transform((text): Address => getAddress(text))

export const seconds = z
  .int()
  .min(0)
  .max(2 ** 40 - 1)
export const amount = z
  .string()
  .regex(/^\d{1,29}$/)
  .transform((text) => BigInt(text))
  .refine((value) => value < 2n ** 96n, 'expected less than 2^96')

/** A binding as our files write it: numbers as numbers, amounts as decimal strings. */
export const bindingSchema = z.strictObject({
  deviceId: bytes32,
  partyId: bytes32,
  attester: address,
  validFrom: seconds,
  validUntil: seconds,
  funder: address,
  funding: z.union([z.literal(Funding.CREDIT), z.literal(Funding.PREPAID), z.literal(Funding.OWN)]),
  token: address,
  maxPerPayment: amount,
  maxPerPeriod: amount,
  periodSeconds: z
    .int()
    .min(1)
    .max(2 ** 32 - 1),
  approvers: bytes32,
  billingRef: bytes32,
  freshnessTip: bytes32,
  previous: bytes32,
})

export const enrolmentSchema = z.strictObject({
  root: bytes32,
  count: z
    .int()
    .min(1)
    .max(2 ** 20),
  partyId: bytes32,
  attester: address,
  validFrom: seconds,
  validUntil: seconds,
})
