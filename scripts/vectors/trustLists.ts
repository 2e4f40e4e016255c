import type { Address, Hex } from 'viem'
import { concat, hashTypedData } from 'viem'
import { trustListTypes } from '../../sdk/src/generated/typedData.ts'
import { DAY, START, attester, domains, funder, operator, p256Charger, party } from './cast.ts'
import type { Member } from './cast.ts'
import { uint } from './wire.ts'

const byText = (a: Address, b: Address) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)

async function signedList(
  name: string,
  version: number,
  { attesters, by }: { attesters: readonly Address[]; by: Member },
) {
  const message = { version, validFrom: START, validUntil: START + 90 * DAY, attesters: [...attesters] }
  const types = trustListTypes
  const digest = hashTypedData({ domain: domains.registry, types, primaryType: 'TrustList', message })
  const signature = await by.sign(digest)
  return { name, list: { ...message, signature }, signer: by.signer, digest, bytes: layout(message, signature) }
}

type Fields = {
  readonly version: number
  readonly validFrom: number
  readonly validUntil: number
  readonly attesters: readonly Address[]
}

function layout({ version, validFrom, validUntil, attesters }: Fields, signature: Hex): Hex {
  const head = ['0x01' as const, uint(version, 4), uint(validFrom, 5), uint(validUntil, 5), uint(attesters.length, 2)]
  return concat([...head, ...attesters, signature]).toLowerCase() as Hex
}

export async function trustListVectors() {
  const many = [attester.signer, funder.signer, party.signer].map((signer) => signer).sort(byText)
  const sound = [
    await signedList('nobody', 1, { attesters: [], by: operator }),
    await signedList('one attester', 2, { attesters: [attester.signer], by: operator }),
    await signedList('three attesters, by P-256', 3, { attesters: many, by: p256Charger }),
  ]
  const fields = { version: 1, validFrom: START, validUntil: START + DAY, attesters: many }
  const signature: Hex = `0x${'11'.repeat(64)}`
  const bytes = layout(fields, signature)
  const refused = [
    { name: 'empty', bytes: '0x' },
    { name: 'layout 2', bytes: `0x02${bytes.slice(4)}` },
    { name: 'one byte short', bytes: bytes.slice(0, -2) },
    { name: 'one byte long', bytes: `${bytes}00` },
    { name: 'more attesters than a list has', bytes: `${bytes.slice(0, 32)}0401${bytes.slice(36)}` },
    { name: 'unsorted', bytes: layout({ ...fields, attesters: many.toReversed() }, signature) },
    {
      name: 'doubled',
      bytes: layout({ ...fields, attesters: [attester.signer, attester.signer] }, signature),
    },
    { name: 'never valid', bytes: layout({ ...fields, validUntil: START }, signature) },
  ]
  return { sound, refused }
}
