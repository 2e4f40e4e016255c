import type { BaseContract, ContractMethod, ContractRunner } from 'ethers'
import type { ArtifactMap } from 'hardhat/types/artifacts'

export type ContractName = Extract<keyof ArtifactMap, string>
type FunctionName<Name extends ContractName> = Extract<ArtifactMap[Name]['abi'][number], { type: 'function' }>['name']

/**
 * A deployed contract whose functions are named by its ABI. As ethers types it, any function may be missing, and all are
 * after `connect`.
 */
export type Deployed<Name extends ContractName> = Omit<BaseContract, 'connect'> & {
  readonly [F in FunctionName<Name>]: ContractMethod
} & { connect(runner: ContractRunner): Deployed<Name> }
