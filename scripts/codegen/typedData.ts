import type { HardhatViemHelpers } from '@nomicfoundation/hardhat-viem/types'
import type { Abi, AbiParameter, TypedDataParameter } from 'viem'
import { keccak256, toBytes } from 'viem'
import { HEADER, decapitalized, readAbi } from './contracts.ts'
import type { Artifacts } from './contracts.ts'
import { deployAll } from './deploy.ts'

const TYPEHASH_SUFFIX = '_TYPEHASH'

/** One signed message: the struct as EIP-712 sees it, and the hash that the contract uses for it. */
export type TypedStruct = {
  readonly name: string
  readonly types: Readonly<Record<string, readonly TypedDataParameter[]>>
  readonly encodeType: string
  readonly typehash: string
}

/** Reads every struct that a contract names a TYPEHASH of, and proves the two against each other. */
export async function readTypedData(artifacts: Artifacts, viem: HardhatViemHelpers): Promise<TypedStruct[]> {
  const deployed = await deployAll(viem)
  const proven: TypedStruct[] = []
  for (const [contract, instance] of Object.entries(deployed)) {
    const abi = await readAbi(artifacts, contract)
    const structs = collectStructs(abi)
    const client = await viem.getPublicClient()
    for (const constant of typehashNames(abi)) {
      const name = structName(constant)
      const typehash = await client.readContract({ address: instance.address, abi, functionName: constant })
      proven.push(prove(`${contract}.${constant}`, name, structs, String(typehash)))
    }
  }
  return proven
}

export function renderTypedData(structs: readonly TypedStruct[]): string {
  let text = HEADER
  for (const { name, types, encodeType, typehash } of structs) {
    const base = decapitalized(name)
    text += `\n/** \`${encodeType}\` */\n`
    text += `export const ${base}Types = ${JSON.stringify(types)} as const\n`
    text += `export const ${base}Typehash = '${typehash}'\n`
  }
  return text
}

function prove(where: string, name: string, structs: Structs, typehash: string): TypedStruct {
  const types = withNested(name, structs, where)
  const encodeType = encode(name, types)
  const computed = keccak256(toBytes(encodeType))
  if (computed !== typehash) {
    throw new Error(
      `${where} is ${typehash}, but the struct's type ${encodeType} hashes to ${computed}. Mend the TYPEHASH.`,
    )
  }
  return { name, types, encodeType, typehash }
}

type Structs = ReadonlyMap<string, readonly AbiParameter[]>

function typehashNames(abi: Abi): string[] {
  return abi.flatMap((item) => (item.type === 'function' && item.name.endsWith(TYPEHASH_SUFFIX) ? [item.name] : []))
}

/** `COOPERATIVE_CLOSE_TYPEHASH` names `CooperativeClose`. */
function structName(constant: string): string {
  const words = constant.slice(0, -TYPEHASH_SUFFIX.length).split('_')
  return words.map((word) => word.charAt(0) + word.slice(1).toLowerCase()).join('')
}

/** Every struct that appears anywhere in the ABI, by its Solidity name. */
function collectStructs(abi: Abi): Structs {
  const structs = new Map<string, readonly AbiParameter[]>()
  const visit = (parameter: AbiParameter): void => {
    if (!('components' in parameter)) return
    const name = structOf(parameter)
    if (name !== undefined) structs.set(name, parameter.components)
    parameter.components.forEach(visit)
  }
  for (const item of abi) {
    if ('inputs' in item) item.inputs.forEach(visit)
    if ('outputs' in item) item.outputs.forEach(visit)
  }
  return structs
}

function structOf(parameter: AbiParameter): string | undefined {
  return /^struct (?:\w+\.)?(\w+)/.exec(parameter.internalType ?? '')?.[1]
}

/** As EIP-712 writes it: a struct by its name, with the brackets of an array. */
function typeOf(parameter: AbiParameter): string {
  const name = structOf(parameter)
  return name === undefined ? parameter.type : parameter.type.replace('tuple', name)
}

function withNested(name: string, structs: Structs, where: string): Record<string, TypedDataParameter[]> {
  const fields = structs.get(name)
  if (fields === undefined)
    throw new Error(`${where}: no function of the contract takes a struct ${name}, so its fields are unknown.`)
  const own = fields.map((field) => ({ name: field.name ?? '', type: typeOf(field) }))
  const nested = fields.flatMap((field) => structOf(field) ?? []).map((type) => withNested(type, structs, where))
  return Object.assign({ [name]: own }, ...nested) as Record<string, TypedDataParameter[]>
}

/** EIP-712 `encodeType`: the struct itself, then what it refers to, sorted by name. */
function encode(name: string, types: Readonly<Record<string, readonly TypedDataParameter[]>>): string {
  const referred = Object.entries(types).filter(([other]) => other !== name)
  const sorted = referred.sort(([a], [b]) => (a < b ? -1 : 1))
  return [[name, types[name] ?? []] as const, ...sorted]
    .map(([type, fields]) => `${type}(${fields.map((field) => `${field.type} ${field.name}`).join(',')})`)
    .join('')
}
