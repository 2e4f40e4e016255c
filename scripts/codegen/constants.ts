import type { HardhatViemHelpers } from '@nomicfoundation/hardhat-viem/types'
import { HEADER, readSyntax } from './contracts.ts'
import type { Artifacts } from './contracts.ts'
import { deployAll } from './deploy.ts'

/** Enums that cross the border of the chain. */
const ENUMS = ['Funding', 'BindingStatus', 'ChannelStatus', 'DepositSource', 'SkipReason'] as const

export type Constants = {
  readonly enums: ReadonlyMap<string, readonly string[]>
  readonly domains: Readonly<Record<string, { readonly name: string; readonly version: string }>>
  readonly closeDelayMaxSeconds: number
}

/** Reads domains and limits from deployed instances, and enums from the compiler's syntax tree. */
export async function readConstants(artifacts: Artifacts, viem: HardhatViemHelpers): Promise<Constants> {
  const { IdentityRegistry, ChannelEscrow, LedgerAnchor } = await deployAll(viem)
  const [, registryName, registryVersion] = await IdentityRegistry.read.eip712Domain()
  const [, escrowName, escrowVersion] = await ChannelEscrow.read.eip712Domain()
  const [, anchorName, anchorVersion] = await LedgerAnchor.read.eip712Domain()
  const [, closeDelayMaxSeconds] = await ChannelEscrow.read.closeDelayBounds()
  return {
    enums: await readEnums(artifacts),
    domains: {
      registry: { name: registryName, version: registryVersion },
      escrow: { name: escrowName, version: escrowVersion },
      anchor: { name: anchorName, version: anchorVersion },
    },
    closeDelayMaxSeconds,
  }
}

export function renderConstants({ enums, domains, closeDelayMaxSeconds }: Constants): string {
  let text = HEADER
  for (const [contract, domain] of Object.entries(domains)) {
    text += `\n/** EIP-712 domain of the ${contract}, without chain and address. */\n`
    text += `export const ${contract}Domain = ${JSON.stringify(domain)} as const\n`
  }
  text += `\n/** Longest close delay that the escrow takes, in seconds. */\n`
  text += `export const CLOSE_DELAY_MAX_SECONDS = ${closeDelayMaxSeconds}\n`
  for (const [name, members] of enums) {
    const pairs = members.map((member, value) => `${member}: ${value}`).join(', ')
    text += `\nexport const ${name} = { ${pairs} } as const\n`
    text += `export type ${name} = (typeof ${name})[keyof typeof ${name}]\n`
  }
  return text
}

async function readEnums(artifacts: Artifacts): Promise<Map<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>()
  for (const { nodes = [] } of await readSyntax(artifacts, 'ChannelEscrow')) {
    for (const node of nodes) {
      if (node.nodeType === 'EnumDefinition')
        found.set(
          node.name ?? '',
          (node.members ?? []).map(({ name }) => name),
        )
    }
  }
  return new Map(
    ENUMS.map((name) => {
      const members = found.get(name)
      if (members === undefined) throw new Error(`No enum ${name} in the compiled sources.`)
      return [name, members]
    }),
  )
}
