import type { HardhatRuntimeEnvironment } from 'hardhat/types/hre'
import type { Abi } from 'viem'

/** What is generated from: every contract that somebody outside the chain talks to. */
export const CONTRACTS = [
  'IdentityRegistry',
  'ChannelEscrow',
  'LedgerAnchor',
  'P256Sha256Verifier',
  'LocalJpyToken',
] as const

export type Artifacts = HardhatRuntimeEnvironment['artifacts']

export const HEADER = '// Written by `npm run codegen` from the compiled contracts. Do not edit.\n'

export async function readAbi(artifacts: Artifacts, contract: string): Promise<Abi> {
  const { abi } = await artifacts.readArtifact(contract)
  return abi as Abi
}

/** A node of the compiler's syntax tree, as far as anything is read from it. */
export type SyntaxNode = {
  readonly nodeType: string
  readonly name?: string
  readonly nodes?: readonly SyntaxNode[]
  readonly members?: readonly { readonly name: string }[]
  readonly documentation?: { readonly text: string } | null
}
type BuildOutput = {
  readonly output: { readonly sources: Record<string, { readonly ast: SyntaxNode }> }
}

/** Syntax trees of all sources that a contract was compiled with. */
export async function readSyntax(artifacts: Artifacts, contract: string): Promise<readonly SyntaxNode[]> {
  const buildId = await artifacts.getBuildInfoId(contract)
  const path = buildId === undefined ? undefined : await artifacts.getBuildInfoOutputPath(buildId)
  if (path === undefined) throw new Error(`No build output of ${contract}. Run \`npm run build\` first.`)
  const { default: build } = (await import(path, { with: { type: 'json' } })) as { default: BuildOutput }
  return Object.values(build.output.sources).map(({ ast }) => ast)
}

/** The name with its first letter small, as values are named. */
export function decapitalized(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
