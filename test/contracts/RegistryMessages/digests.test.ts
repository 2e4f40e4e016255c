/**
 * digests
 * |-- given each TYPEHASH ... it is the hash of the type as ethers encodes it
 * |-- given each TYPEHASH ... it is the one that the SDK has
 * |-- given each message ... its digest is the one that ethers computes
 * |-- given each message of the largest values ... its digest is the one that ethers computes
 * |-- given a message that differs in one field ... its digest differs
 * |-- given another registry on the chain ... every digest differs
 * |-- given a leaf ... its hash is the one that the tree of the tests has
 * `-- given a row of a revocation of many ... its hash is the struct hash that ethers computes
 */
import { expect } from 'chai'
import { MaxUint256, TypedDataEncoder, ZeroAddress, id, toBeHex } from 'ethers'
import type { TypedDataField } from 'ethers'
import * as typedData from '../../../sdk/src/generated/typedData.ts'
import type { Deployed } from '../helpers/deployed.ts'
import { leafOf } from '../helpers/leaves.ts'
import { deploy, deployWorld, domainOf, networkHelpers } from '../helpers/world.ts'

type Fields = Record<string, readonly TypedDataField[]>
type Kind = { readonly types: Fields; readonly typehash: string }
type Messages = Deployed<'RegistryMessages'>

/** Signed in the registry's domain, each with a function `nameDigest`. */
const SIGNED: Readonly<Record<string, Kind>> = {
  binding: { types: typedData.bindingTypes, typehash: typedData.bindingTypehash },
  suspend: { types: typedData.suspendTypes, typehash: typedData.suspendTypehash },
  resume: { types: typedData.resumeTypes, typehash: typedData.resumeTypehash },
  revoke: { types: typedData.revokeTypes, typehash: typedData.revokeTypehash },
  revokeMany: { types: typedData.revokeManyTypes, typehash: typedData.revokeManyTypehash },
  release: { types: typedData.releaseTypes, typehash: typedData.releaseTypehash },
  rebindNotice: { types: typedData.rebindNoticeTypes, typehash: typedData.rebindNoticeTypehash },
  rebindVeto: { types: typedData.rebindVetoTypes, typehash: typedData.rebindVetoTypehash },
  enrolment: { types: typedData.enrolmentTypes, typehash: typedData.enrolmentTypehash },
  revokeLeaves: { types: typedData.revokeLeavesTypes, typehash: typedData.revokeLeavesTypehash },
  statusSnapshot: { types: typedData.statusSnapshotTypes, typehash: typedData.statusSnapshotTypehash },
  agreement: { types: typedData.agreementTypes, typehash: typedData.agreementTypehash },
  presentation: { types: typedData.presentationTypes, typehash: typedData.presentationTypehash },
  trustList: { types: typedData.trustListTypes, typehash: typedData.trustListTypehash },
}

/** Hashed into signed ones only. */
const NESTED: Readonly<Record<string, Kind>> = {
  revocation: { types: typedData.revocationTypes, typehash: typedData.revocationTypehash },
  leaf: { types: typedData.leafTypes, typehash: typedData.leafTypehash },
}

const SOME: Readonly<Record<string, unknown>> = {
  bytes32: id('some'),
  address: toBeHex(0xabcdefn, 20),
  uint8: 2,
  uint24: 300,
  uint32: 70_000,
  uint40: 1_800_000_000,
  uint96: 10n ** 21n,
}

const LARGEST: Readonly<Record<string, unknown>> = {
  bytes32: toBeHex(MaxUint256),
  address: toBeHex(2n ** 160n - 1n, 20),
  uint8: 3,
  uint24: 2 ** 24 - 1,
  uint32: 2 ** 32 - 1,
  uint40: 2 ** 40 - 1,
  uint96: 2n ** 96n - 1n,
}

const OTHER: Readonly<Record<string, unknown>> = {
  bytes32: id('another'),
  address: ZeroAddress,
  uint8: 3,
  uint24: 7,
  uint32: 7,
  uint40: 7,
  uint96: 7n,
}

function constantOf(name: string): string {
  return `${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}_TYPEHASH`
}

function mutable(types: Fields): Record<string, TypedDataField[]> {
  return types as Record<string, TypedDataField[]>
}

/** A message with the given value in each field of a type; arrays have `length` of them. */
function messageOf(types: Fields, values: Readonly<Record<string, unknown>>, length = 3): Record<string, unknown> {
  const primary = TypedDataEncoder.from(mutable(types)).primaryType
  const valueOf = (type: string): unknown => {
    if (type.endsWith('[]')) return Array.from({ length }, () => valueOf(type.slice(0, -2)))
    return type in types ? structOf(type) : values[type]
  }
  const structOf = (name: string) => Object.fromEntries(types[name]!.map((field) => [field.name, valueOf(field.type)]))
  return structOf(primary)
}

/** The message with each of its fields changed, one after another; arrays become shorter. */
function changesOf(types: Fields): Record<string, unknown>[] {
  const message = messageOf(types, SOME)
  const other = messageOf(types, OTHER, 2)
  return Object.keys(message).map((name) => ({ ...message, [name]: other[name] }))
}

async function digestBy(messages: Messages, name: string, message: object): Promise<string> {
  return String(await messages.getFunction(`${name}Digest`)(message))
}

describe('digests', () => {
  for (const [name, { types, typehash }] of Object.entries({ ...SIGNED, ...NESTED })) {
    it(`given ${constantOf(name)} ... it is the hash of the type as ethers encodes it`, async () => {
      const { messages } = await networkHelpers.loadFixture(deployWorld)
      const encoder = TypedDataEncoder.from(mutable(types))
      expect(await messages.getFunction(constantOf(name))()).to.equal(id(encoder.encodeType(encoder.primaryType)))
    })

    it(`given ${constantOf(name)} ... it is the one that the SDK has`, async () => {
      const { messages } = await networkHelpers.loadFixture(deployWorld)
      expect(await messages.getFunction(constantOf(name))()).to.equal(typehash)
    })
  }

  for (const [name, { types }] of Object.entries(SIGNED)) {
    it(`given a ${name} ... its digest is the one that ethers computes`, async () => {
      const { messages, registry } = await networkHelpers.loadFixture(deployWorld)
      const message = messageOf(types, SOME)
      const expected = TypedDataEncoder.hash(await domainOf(registry), mutable(types), message)
      expect(await digestBy(messages, name, message)).to.equal(expected)
    })

    it(`given a ${name} of the largest values ... its digest is the one that ethers computes`, async () => {
      const { messages, registry } = await networkHelpers.loadFixture(deployWorld)
      const message = messageOf(types, LARGEST, 0)
      const expected = TypedDataEncoder.hash(await domainOf(registry), mutable(types), message)
      expect(await digestBy(messages, name, message)).to.equal(expected)
    })

    it(`given a ${name} that differs in one field ... its digest differs`, async () => {
      const { messages } = await networkHelpers.loadFixture(deployWorld)
      const digests = [await digestBy(messages, name, messageOf(types, SOME))]
      for (const changed of changesOf(types)) digests.push(await digestBy(messages, name, changed))
      expect(new Set(digests).size).to.equal(digests.length)
    })
  }

  it('given another registry on the chain ... every digest differs', async () => {
    const { messages, manager, verifier } = await networkHelpers.loadFixture(deployWorld)
    const registry = await deploy('IdentityRegistry', [manager.target, verifier.target])
    const others = await deploy('RegistryMessages', [registry.target])
    for (const [name, { types }] of Object.entries(SIGNED)) {
      const message = messageOf(types, SOME)
      expect(await digestBy(others, name, message)).not.to.equal(await digestBy(messages, name, message))
    }
  })

  it('given a leaf ... its hash is the one that the tree of the tests has', async () => {
    const { messages } = await networkHelpers.loadFixture(deployWorld)
    for (const [index, bindingId] of [
      [0, id('first')],
      [2 ** 20 - 1, id('last')],
    ] as const) {
      expect(await messages.leafHash({ index, bindingId })).to.equal(leafOf(index, bindingId))
    }
  })

  it('given a row of a revocation of many ... its hash is the struct hash that ethers computes', async () => {
    const { messages } = await networkHelpers.loadFixture(deployWorld)
    const { types } = NESTED['revocation']!
    for (const values of [SOME, LARGEST]) {
      const row = messageOf(types, values)
      const expected = TypedDataEncoder.hashStruct('Revocation', mutable(types), row)
      expect(await messages.revocationHash(row)).to.equal(expected)
    }
  })
})
