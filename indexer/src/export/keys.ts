import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { UsageError } from '@musubi/cli'

const PRIVATE_MODE = 0o600

/** Writes a new Ed25519 key, readable by its owner alone, and its public half beside it. */
export function createKeyFiles(path: string): { readonly privateKey: string; readonly publicKey: string } {
  const publicPath = `${path}.pub`
  const taken = [path, publicPath].find((one) => existsSync(one))
  if (taken !== undefined) throw badKey('The key file exists already.', taken, 'a path where nothing is')
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  try {
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: PRIVATE_MODE, flag: 'wx' })
    writeFileSync(publicPath, publicKey.export({ type: 'spki', format: 'pem' }), { flag: 'wx' })
  } catch (error) {
    throw badKey('The key file cannot be written.', path, 'a path in a directory that takes new files', error)
  }
  return { privateKey: path, publicKey: publicPath }
}

export function readSigningKey(path: string): KeyObject {
  return readKey(path, createPrivateKey, 'an Ed25519 private key in PEM, as `musubi-indexer keys new` writes it')
}

export function readPublicKey(path: string): KeyObject {
  return readKey(path, createPublicKey, 'an Ed25519 public key in PEM, as `musubi-indexer keys new` writes it')
}

function readKey(path: string, create: (pem: string) => KeyObject, expected: string): KeyObject {
  let key: KeyObject
  try {
    key = create(readFileSync(path, 'utf8'))
  } catch (error) {
    throw badKey('The key file cannot be used.', path, expected, error)
  }
  if (key.asymmetricKeyType === 'ed25519') return key
  throw badKey('The key is of another kind.', `${path}: ${key.asymmetricKeyType ?? 'unknown'}`, expected)
}

function badKey(message: string, given: string, expected: string, cause?: unknown): UsageError {
  return new UsageError('Keys.BadKeyFileError', message, {
    given,
    expected,
    next: 'Nothing was written; name another file.',
    cause,
  })
}
