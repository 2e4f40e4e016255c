import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { UsageError, factsOf, print, textOf } from '@musubi/cli'
import { Did, DidDocument } from '@musubi/sdk/did'
import type { Command } from 'commander'
import type { Hex } from 'viem'
import { getAddress, toHex } from 'viem'
import { generatePrivateKey } from 'viem/accounts'
import type { Key } from '../keys/keySource.ts'
import { keyOf } from '../keys/keySource.ts'
import { SCRYPT_COST, decrypt, encrypt } from '../keys/keystore.ts'
import { askNewPassword, askPassword } from '../keys/password.ts'
import * as State from '../state/StateDirectory.ts'
import { readText, writeJson } from '../state/files.ts'
import { holding } from '../state/lock.ts'
import { readDeployment, readGlobals } from './context.ts'

type InitOptions = { readonly import?: string; readonly didWeb?: string }

export function addInit(program: Command): void {
  program
    .command('init')
    .description('make the state of an attester: its key, its secret for freshness, its configuration')
    .option('--import <keystore>', 'take an existing keystore instead of making a new key')
    .option('--did-web <host>', 'write a did.json for this host, for example attester.example')
    .addHelpText('after', INIT_HELP)
    .action(async (options: InitOptions, command: Command) => {
      const globals = readGlobals(command)
      const { chainId, identityRegistry: registry } = readDeployment(globals)
      const did = options.didWeb === undefined ? undefined : parseHost(options.didWeb)
      const result = await holding(`${globals.state}/lock`, async () => {
        const key = await createKeys(globals.state, options)
        const attester = getAddress(key.account.address)
        const state = State.create(globals.state, { version: 1, attester, ...(did && { did }), chainId, registry })
        const document = did && DidDocument.ofAttester(did, { account: { chainId, address: attester }, keys: {} })
        if (document) writeJson(state.at('did.json'), document)
        return { state: state.path, attester, did: did ?? null, chainId, registry }
      })
      print(globals.json, result, () => [factsOf(result), 'Next: musubi-attester accredit'])
    })
}

const INIT_HELP = `
Running it again on the same state changes nothing. Back up the directory: without its secret no more freshness can be
published for the bindings that are out.

  MUSUBI_PASSWORD_FILE=password.txt musubi-attester init --deployment deployments/31337.json --did-web attester.example`

/** Keystore and secret, each made once. The secret has the password of the key. */
async function createKeys(directory: string, { import: imported }: InitOptions): Promise<Key> {
  const keystore = `${directory}/${State.FILES.keystore}`
  const secret = `${directory}/${State.FILES.secret}`
  const isNew = !existsSync(keystore) && imported === undefined
  const password = await (isNew ? askNewPassword : askPassword)('Password of the keystore: ')
  const key = await createKey({ keystore, imported, password })
  if (!existsSync(secret)) writeJson(secret, await encrypt(toHex(randomBytes(32)), { password, cost: SCRYPT_COST }))
  else await decrypt(readText(secret), { password, path: secret })
  return key
}

type KeyFiles = { readonly keystore: string; readonly imported: string | undefined; readonly password: string }

async function createKey({ keystore, imported, password }: KeyFiles): Promise<Key> {
  const source = existsSync(keystore) ? keystore : imported
  // A key of a file is for those who bring their own; here it would lie unencrypted beside the state.
  const secret: Hex =
    source === undefined ? generatePrivateKey() : await decrypt(readText(source), { password, path: source })
  const key = await keyOf(secret)
  if (!existsSync(keystore)) writeJson(keystore, await encrypt(secret, { password, address: key.account.address }))
  return key
}

function parseHost(host: string): Did.Did {
  try {
    return Did.ofWeb(host)
  } catch (cause) {
    const next = 'Name the host alone, without https:// and path.'
    throw new UsageError('Cli.BadOptionError', 'The host cannot have a did:web.', {
      given: `${host} (${textOf(cause)})`,
      expected: 'a host name, with a port if need be',
      next,
      cause,
    })
  }
}
