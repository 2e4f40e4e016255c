import type { Deployment } from '@musubi/sdk'
import type { NetworkConnection } from 'hardhat/types/network'
import { getAddress, isAddress, isAddressEqual } from 'viem'
import type { Address } from 'viem'
import { DeployError } from './errors.ts'

/** Who accredits attesters, marks them, allows verifiers and registers escrows; and how long each act is announced before. */
export type Admin = { readonly address: Address; readonly delaySeconds: number }

const ADMIN_ROLE = 0n
const DELAY_SECONDS_MAX = 2 ** 32 - 1

/** Reads `--admin` and `--admin-delay`. */
export function parseAdmin(address: string | undefined, delay: string | undefined): Admin | undefined {
  if (address === undefined) {
    if (delay === undefined) return undefined
    throw new DeployError(
      '--admin-delay was given without --admin: only an admin that takes the role over has a delay.',
    )
  }
  if (!isAddress(address)) {
    throw new DeployError(`--admin "${address}" is no address. Give 0x and 40 hex digits, of a multisig or a timelock.`)
  }
  const delaySeconds = /^\d{1,10}$/.test(delay ?? '0') ? Number(delay ?? '0') : Number.NaN
  if (delaySeconds <= DELAY_SECONDS_MAX) return { address: getAddress(address), delaySeconds }
  throw new DeployError(`--admin-delay "${delay}" was given. Give whole seconds, 0 to ${DELAY_SECONDS_MAX}.`)
}

/** Everybody who holds the role now, as the access manager's events and views have it. */
export async function adminsOf(
  connection: NetworkConnection,
  { accessManager, startBlock }: Deployment.Deployment,
): Promise<readonly Admin[]> {
  const manager = await connection.viem.getContractAt('AccessManager', accessManager)
  const granted = await manager.getEvents.RoleGranted({ roleId: ADMIN_ROLE }, { fromBlock: BigInt(startBlock) })
  const accounts = new Set(granted.map(({ args }) => getAddress(args.account ?? accessManager)))
  const admins: Admin[] = []
  for (const address of accounts) {
    const [isAdmin, delaySeconds] = await manager.read.hasRole([ADMIN_ROLE, address])
    if (isAdmin) admins.push({ address, delaySeconds })
  }
  return admins
}

/** Refuses a chain on which somebody else, or somebody else too, holds the role that was asked for. */
export function requireAdmin(admins: readonly Admin[], wanted: Admin | undefined): void {
  if (wanted === undefined) return
  const [only, ...others] = admins
  const fits = only !== undefined && others.length === 0 && isAddressEqual(only.address, wanted.address)
  if (fits && only.delaySeconds === wanted.delaySeconds) return
  throw new DeployError(
    `The admin is ${describeAdmins(admins)}, and ${describeAdmins([wanted])} was asked for. ` +
      `Leave --admin away, and let the admin that there is grant the role through the access manager.`,
  )
}

export function describeAdmins(admins: readonly Admin[]): string {
  if (admins.length === 0) return 'nobody'
  const describe = ({ address, delaySeconds }: Admin) =>
    delaySeconds === 0 ? address : `${address} after ${delaySeconds} s`
  return admins.map(describe).join(', ')
}
