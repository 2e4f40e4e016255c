import { factsOf, print, table } from '@musubi/cli'
import type { ChainCall } from '@musubi/sdk'
import { asking, registryCalls } from '@musubi/sdk'
import type { Command } from 'commander'
import type { Address } from 'viem'
import { encodeFunctionData, getAddress, parseAbi, slice } from 'viem'
import * as State from '../state/StateDirectory.ts'
import { address as addressSchema } from '../state/schemas.ts'
import type { Chain } from './context.ts'
import { chainTime, clientsOf, openChain, readGlobals, readRegistry } from './context.ts'
import { requireKey } from './keys.ts'
import { dateTime } from './dateTime.ts'
import type { Performed } from './perform.ts'
import { performPlain } from './perform.ts'

type AccreditOptions = {
  readonly attester?: string
  readonly admin?: string
  readonly send: boolean
  readonly dryRun: boolean
  readonly adminKeystore?: string
}

/** The part of OpenZeppelin's AccessManager that an admin needs for one call. */
const ACCESS_MANAGER = parseAbi([
  'function canCall(address caller, address target, bytes4 selector) view returns (bool immediate, uint32 delay)',
  'function getTargetFunctionRole(address target, bytes4 selector) view returns (uint64)',
  'function hashOperation(address caller, address target, bytes data) view returns (bytes32)',
  'function getSchedule(bytes32 id) view returns (uint48)',
  'function schedule(address target, bytes data, uint48 when) returns (bytes32 operationId, uint32 nonce)',
  'function execute(address target, bytes data) payable returns (uint32)',
])

export function addAccredit(program: Command): void {
  program
    .command('accredit')
    .description('say what the admin must sign to accredit the attester, or send it as the admin')
    .option('--attester <address>', 'who is to be accredited; the attester of --state by default')
    .option('--admin <address>', 'whose role and delay are looked up')
    .option(
      '--send',
      'send it, as the admin: at once, or schedule it and, when run again after the delay, execute it',
      false,
    )
    .option(
      '--admin-keystore <file>',
      "the admin's keystore, for --send; or MUSUBI_ADMIN_KEY_FILE names a file with the key",
    )
    .option('--dry-run', 'with --send: say what it would cost, and send nothing', false)
    .addHelpText('after', ACCREDIT_HELP)
    .action(async (options: AccreditOptions, command: Command) => {
      const globals = readGlobals(command)
      const chain = await openChain(globals)
      const attester = getAddress(
        addressSchema.parse(options.attester ?? State.open(globals.state, chain.deployment).config.attester),
      )
      const index = await indexOf(chain, attester)
      if (index !== 0) {
        const result = { attester, accredited: true, index }
        print(globals.json, result, () => [factsOf(result)])
        return
      }
      const key = options.send ? await requireKey('admin', options.adminKeystore, '--admin-keystore') : undefined
      const admin = key?.account.address ?? (options.admin && addressSchema.parse(options.admin))
      const plan = await planOf(chain, { attester, admin: admin as Address | undefined })
      if (key === undefined) {
        print(globals.json, plan, () => [tableOf(plan)])
        return
      }
      const sent = await send(chain, plan, { clients: clientsOf(globals, chain, key), dryRun: options.dryRun })
      const result = { attester, ...sent, index: await indexOf(chain, attester) }
      print(globals.json, result, () => [factsOf(result)])
    })
}

const ACCREDIT_HELP = `
Without --send nothing is signed: the calls are printed for the admin's own wallet or multisig.

  musubi-attester accredit --admin 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266`

type Plan = Awaited<ReturnType<typeof planOf>>

/** The call, and the two by which an admin whose role has a delay makes it. */
async function planOf(
  { deployment, reader }: Chain,
  { attester, admin }: { attester: Address; admin: Address | undefined },
) {
  const { accessManager: manager, identityRegistry: target } = deployment
  const direct = registryCalls(deployment).accredit({ attester })
  const selector = slice(direct.data, 0, 4)
  const read = { address: manager, abi: ACCESS_MANAGER } as const
  const ask: typeof reader.readContract = (call) => asking(reader, call.functionName, () => reader.readContract(call))
  const role = await ask({ ...read, functionName: 'getTargetFunctionRole', args: [target, selector] })
  const calls = {
    accredit: direct,
    schedule: managerCall(manager, 'schedule', [target, direct.data, 0]),
    execute: managerCall(manager, 'execute', [target, direct.data]),
  }
  if (admin === undefined) return { attester, manager, role, admin: null, calls }
  const [immediate, delaySeconds] = await ask({
    ...read,
    functionName: 'canCall',
    args: [admin, target, selector],
  })
  const operation = await ask({
    ...read,
    functionName: 'hashOperation',
    args: [admin, target, direct.data],
  })
  const scheduledFor = await ask({ ...read, functionName: 'getSchedule', args: [operation] })
  return { attester, manager, role, admin: { address: admin, immediate, delaySeconds, scheduledFor }, calls }
}

/** Sends what is due: the call itself, or its scheduling, or its execution. */
async function send(
  chain: Chain,
  { admin, calls }: Plan,
  options: performPlain.Options,
): Promise<Performed | { readonly waitUntil: string }> {
  if (admin === null || admin.immediate || admin.delaySeconds === 0) return await performPlain(calls.accredit, options)
  if (admin.scheduledFor === 0) return await performPlain(calls.schedule, options)
  if ((await chainTime(chain)) < admin.scheduledFor) return { waitUntil: dateTime(admin.scheduledFor) }
  return await performPlain(calls.execute, options)
}

function managerCall(to: Address, functionName: 'schedule' | 'execute', args: readonly unknown[]): ChainCall {
  const call = { abi: ACCESS_MANAGER, functionName, args }
  return {
    to,
    data: encodeFunctionData(call as unknown as Parameters<typeof encodeFunctionData>[0]),
    name: functionName,
  }
}

async function indexOf(chain: Chain, attester: Address): Promise<number> {
  return await readRegistry(chain, 'attesterIndexOf', [attester])
}

function tableOf({ attester, manager, role, admin, calls }: Plan): string {
  const who = admin === null ? 'unknown: name it with --admin' : `${admin.address}, delay ${admin.delaySeconds} s`
  const ways: readonly (readonly [string, ChainCall])[] = Object.entries(calls)
  const rows = ways.map(([name, { to, data }]) => [name, to, data] as const)
  return [factsOf({ attester, manager, role, admin: who }), table(['call', 'to', 'data'], rows)].join('\n')
}
