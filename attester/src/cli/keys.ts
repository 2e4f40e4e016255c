import { UsageError } from '@musubi/cli'
import type { Command } from 'commander'
import type { Key } from '../keys/keySource.ts'
import { readKey } from '../keys/keySource.ts'
import { decrypt } from '../keys/keystore.ts'
import { PASSWORD_VARIABLE, askPassword } from '../keys/password.ts'
import { existsSync } from 'node:fs'
import type { StateDirectory } from '../state/StateDirectory.ts'
import { FILES } from '../state/StateDirectory.ts'
import { readText } from '../state/files.ts'
import type { Hex } from 'viem'
import { isAddressEqual } from 'viem'

export type KeyOptions = { readonly keystore?: string; readonly payerKeystore?: string }

/** Whose keys a command may be given, each by a keystore, or by a file that a variable names. */
const OTHERS = {
  party: { whose: 'the liable party', variable: 'MUSUBI_PARTY' },
  device: { whose: 'the device', variable: 'MUSUBI_DEVICE' },
  oldParty: { whose: 'the old liable party', variable: 'MUSUBI_OLD_PARTY' },
  payer: { whose: 'the payer of the gas', variable: 'MUSUBI_PAYER' },
  admin: { whose: 'the admin', variable: 'MUSUBI_ADMIN' },
  signer: { whose: 'the signer', variable: 'MUSUBI' },
} as const

export function addKeyOptions(command: Command): Command {
  return command
    .option('--keystore <file>', "the attester's keystore; the one in --state by default")
    .option('--payer-keystore <file>', 'keystore of whoever pays for the transaction; the attester by default')
    .addHelpText('after', KEY_HELP)
}

const KEY_HELP = `
Passwords are asked for on the terminal, or read from the file that MUSUBI_PASSWORD_FILE names; those of others from
MUSUBI_PARTY_PASSWORD_FILE, MUSUBI_DEVICE_PASSWORD_FILE, MUSUBI_OLD_PARTY_PASSWORD_FILE, MUSUBI_PAYER_PASSWORD_FILE and
MUSUBI_ADMIN_PASSWORD_FILE. In place of a keystore, MUSUBI_KEY_FILE (MUSUBI_PARTY_KEY_FILE, …) may name a file with the key.`

/** The attester's key, which must be the one that `init` wrote down. */
export async function attesterKey(state: StateDirectory, { keystore }: KeyOptions): Promise<Key> {
  const kept = state.at(FILES.keystore)
  const byVariable = process.env.MUSUBI_KEY_FILE
  const file = keystore ?? (byVariable === undefined && existsSync(kept) ? kept : undefined)
  const key = await readKey({ whose: 'the attester', keystore: file, keyVariable: 'MUSUBI_KEY_FILE' })
  if (key === undefined) throw noKey('the attester', '--keystore or MUSUBI_KEY_FILE')
  if (isAddressEqual(key.account.address, state.config.attester)) return key
  throw new UsageError('Keys.WrongKeyError', "The key is not the attester's.", {
    given: key.account.address,
    expected: state.config.attester,
    next: 'Name the keystore of the attester of this --state.',
  })
}

/** The secret of all freshness chains, under the password of the keystore. */
export async function freshnessSecret(state: StateDirectory): Promise<Hex> {
  const path = state.at(FILES.secret)
  const text = readText(path)
  return await decrypt(text, { password: await askPassword(`Password of the attester's ${path}: `), path })
}

/** A key of somebody else, undefined when it was not given. */
export async function otherKey(who: keyof typeof OTHERS, keystore: string | undefined): Promise<Key | undefined> {
  const { whose, variable } = OTHERS[who]
  const passwordVariable = who === 'signer' ? PASSWORD_VARIABLE : `${variable}_PASSWORD_FILE`
  return await readKey({ whose, keystore, keyVariable: `${variable}_KEY_FILE`, passwordVariable })
}

/** A key of somebody else that a command cannot do without. */
export async function requireKey(who: keyof typeof OTHERS, keystore: string | undefined, option: string): Promise<Key> {
  const key = await otherKey(who, keystore)
  if (key !== undefined) return key
  throw noKey(OTHERS[who].whose, `${option} or ${OTHERS[who].variable}_KEY_FILE`)
}

function noKey(whose: string, expected: string): UsageError {
  const next = 'Name a keystore, or the file with the key in the variable; a key itself is never an argument.'
  return new UsageError('Keys.NoKeyError', `The key of ${whose} is needed.`, { given: 'none', expected, next })
}
