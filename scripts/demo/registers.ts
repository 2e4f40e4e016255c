import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { Funding } from '@musubi/sdk'
import type { Wallets } from './accounts.ts'
import type { Car, Device, Party } from './identities.ts'

/** What the billing team knows and the chain does not: written to files, as its own systems would. */
export type Registers = { readonly funders: string; readonly accounts: string; readonly merchants: string }

export const BOOK_ENTITY = 'musubi-card'
export const MERCHANT_REF = 'charging-operator'

export async function writeRegisters(folder: string, facts: writeRegisters.Facts): Promise<Registers> {
  return {
    funders: await write(folder, 'funders.csv', funderRows(facts)),
    accounts: await write(folder, 'accounts.csv', accountRows(facts)),
    merchants: await write(folder, 'merchants.csv', merchantRows(facts)),
  }
}
export declare namespace writeRegisters {
  type Facts = {
    readonly wallets: Wallets
    readonly parties: readonly Party[]
    readonly cars: readonly Car[]
    readonly stations: ReadonlyMap<string, Device>
    /** ISO date from which all of it holds. */
    readonly validFrom: string
  }
}

type Row = Readonly<Record<string, string>>

function funderRows({ wallets, cars, validFrom }: writeRegisters.Facts): Row[] {
  const own = cars.filter(({ binding }) => binding.funding === Funding.PREPAID).map(({ party }) => party)
  const row = (address: string, party: string): Row => ({
    book_entity: BOOK_ENTITY,
    address: address.toLowerCase(),
    party_ref: party,
    valid_from: validFrom,
  })
  const floatRow = row(wallets.issuer.address, '')
  return [floatRow, ...[...new Set(own)].map((party) => row(party.wallet.address, party.partyId))]
}

function accountRows({ parties, validFrom }: writeRegisters.Facts): Row[] {
  return parties.map((party) => ({
    billing_account: party.billingAccount,
    billing_ref: party.billingRef,
    liable_party_ref: party.partyId,
    book_entity: BOOK_ENTITY,
    rail: 'ISSUER',
    card_ref_type: 'PSP_TOKEN',
    card_ref: party.cardRef,
    card_seq: '',
    par: '',
    consent_ref: `consent-${party.billingAccount}`,
    initial_network_ref: '',
    merchant_id: '',
    mcc: '5552',
    descriptor: 'EV CHARGING',
    descriptor_kana: '',
    valid_from: validFrom,
  }))
}

function merchantRows({ stations, validFrom }: writeRegisters.Facts): Row[] {
  return [...stations.values()].map((station) => ({
    payee_binding: station.bindingId,
    merchant_ref: MERCHANT_REF,
    payee_name: 'Charging operator',
    invoice_reg_no: '',
    tax_category: 'STANDARD',
    tax_rate_bp: '1000',
    item: 'Electric vehicle charging',
    valid_from: validFrom,
  }))
}

async function write(folder: string, name: string, rows: readonly Row[]): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, stringify([...rows], { header: true, record_delimiter: 'windows' }), { mode: 0o600 })
  return path
}
