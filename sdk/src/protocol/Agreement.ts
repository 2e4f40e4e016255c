import type { Hex } from 'viem'
import { hashStruct, hashTypedData } from 'viem'
import { agreementTypes } from '../generated/typedData.ts'
import type { Domain } from './Domain.ts'
import { BaseError } from './Errors.ts'
import * as Tariff from './Tariff.ts'

/** The contract between two machines. Both sign it before they trade; receipts name its hash. */
export type Agreement = {
  readonly payer: Hex
  readonly payee: Hex
  readonly tariffHash: Hex
  /** Seconds. */
  readonly validFrom: number
  /** Seconds, exclusive. */
  readonly validUntil: number
  readonly salt: Hex
}

/** An agreement as the payee offers it. */
export type OfferedAgreement = {
  readonly agreement: Agreement
  readonly tariff: Tariff.Tariff
  readonly payeeSignature: Hex
}

/** An agreement that both have signed. */
export type SignedAgreement = OfferedAgreement & { readonly payerSignature: Hex }

/** The agreement's name: its EIP-712 struct hash. */
export function hash(agreement: Agreement): Hex {
  return hashStruct({ data: agreement, types: agreementTypes, primaryType: 'Agreement' })
}

/** What both devices sign, in the registry's domain. */
export function digest(agreement: Agreement, domain: Domain): Hex {
  return hashTypedData({ domain, types: agreementTypes, primaryType: 'Agreement', message: agreement })
}

/** Checks that the agreement names this tariff. */
export function requireTariff({ agreement, tariff }: { agreement: Agreement; tariff: Tariff.Tariff }): void {
  const given = Tariff.hash(tariff)
  if (given !== agreement.tariffHash) throw new WrongTariffError({ given, expected: agreement.tariffHash })
}

/** Whether payments may be made under the agreement at a time (seconds). */
export function requireValid(agreement: Agreement, atSeconds: number): void {
  if (atSeconds < agreement.validFrom || atSeconds >= agreement.validUntil) {
    throw new NotValidError({ given: atSeconds, expected: [agreement.validFrom, agreement.validUntil] })
  }
}

/** The tariff shown is not the one that was signed. */
export class WrongTariffError extends BaseError {
  override readonly name = 'Agreement.WrongTariffError'
  constructor({ given, expected }: { given: Hex; expected: Hex }) {
    super(`The agreement names the tariff ${expected}, but the tariff shown is ${given}.`, {
      next: 'Ask the payee for the tariff that it signed.',
      given,
      expected,
    })
  }
}

/** The agreement is not in force at that time. */
export class NotValidError extends BaseError {
  override readonly name = 'Agreement.NotValidError'
  constructor({ given, expected }: { given: number; expected: readonly [number, number] }) {
    super(`The agreement is valid from ${expected[0]} until ${expected[1]}, and the time is ${given}.`, {
      next: 'Sign a new agreement.',
      given,
      expected,
    })
  }
}
