import { UsageError } from '@musubi/cli'
import type { Signer } from '@musubi/sdk'
import { loadFastestBackend, secp256k1Signer } from '@musubi/sdk'
import type { Hex } from 'viem'
import type { LocalAccount } from 'viem'
import { isHex, size } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { readText } from '../state/files.ts'
import { decrypt } from './keystore.ts'
import { PASSWORD_VARIABLE, askPassword } from './password.ts'

/** Where a key comes from: never from the command line itself, which other users of a machine can read. */
export type KeySource = {
  /** For people: whose key it is. */
  readonly whose: string
  readonly keystore?: string | undefined
  /** Environment variables that name a file with the password, and one with the key itself. */
  readonly passwordVariable?: string
  readonly keyVariable?: string
}

/** A key in memory. It signs what our protocol signs, and can pay for transactions. */
export type Key = { readonly signer: Signer; readonly account: LocalAccount; readonly secret: Hex }

/** Reads a key, and undefined when nobody named one. */
export async function readKey(source: KeySource): Promise<Key | undefined> {
  const { whose, keystore, keyVariable, passwordVariable = PASSWORD_VARIABLE } = source
  const file = keyVariable === undefined ? undefined : process.env[keyVariable]
  if (keystore !== undefined) {
    const text = readText(keystore)
    const password = await askPassword(`Password of ${whose}'s keystore ${keystore}: `, passwordVariable)
    return await keyOf(await decrypt(text, { password, path: keystore }))
  }
  if (file === undefined || file === '') return undefined
  const text = readText(file).trim()
  const secret = text.startsWith('0x') ? text : `0x${text}`
  if (isHex(secret, { strict: true }) && size(secret) === 32) return await keyOf(secret)
  throw new UsageError('Keys.BadKeyFileError', 'The file holds no key.', {
    // Not what is in it: it may be a key with a slip.
    given: `the file that ${String(keyVariable)} names`,
    expected: '32 bytes in hex',
    next: 'Name a file that holds one key and nothing else, or a keystore with --keystore.',
  })
}

/** A key of its 32 bytes. */
export async function keyOf(secret: Hex): Promise<Key> {
  const signer = secp256k1Signer(secret, await loadFastestBackend())
  return { signer, account: privateKeyToAccount(secret), secret }
}
