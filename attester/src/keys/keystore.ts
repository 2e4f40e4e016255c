import { createCipheriv, createDecipheriv, pbkdf2, randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { ProgramError, UsageError } from '@musubi/cli'
import { scryptAsync as scryptOfNoble } from '@noble/hashes/scrypt.js'
import type { Address, Hex } from 'viem'
import { concat, keccak256, toHex } from 'viem'
import { z } from 'zod'

/**
 * 32 secret bytes in the format of geth, ethers and most wallets: Web3 Secret Storage, version 3. Key derivation and cipher
 * are those of node:crypto; what is here is the format alone.
 */
export type Keystore = z.input<typeof schema>

const bytes = z
  .string()
  .regex(/^([0-9a-f]{2})*$/i)
  .transform((text) => Buffer.from(text, 'hex'))

/** What a file may ask of this machine before the password is known to be wrong: 1 GiB and some seconds. */
const SCRYPT_BYTES_MAX = 2 ** 30
const ITERATIONS_MAX = 10_000_000
const KEY_BYTES = 32

const schema = z.object({
  version: z.literal(3),
  id: z.string().optional(),
  address: z.string().optional(),
  crypto: z.object({
    cipher: z.literal('aes-128-ctr'),
    cipherparams: z.object({ iv: bytes }),
    ciphertext: bytes,
    mac: bytes,
    kdf: z.enum(['scrypt', 'pbkdf2']),
    kdfparams: z.object({
      dklen: z.literal(KEY_BYTES),
      salt: bytes,
      n: z.int().positive().optional(),
      r: z.int().positive().optional(),
      p: z.int().positive().optional(),
      c: z.int().positive().max(ITERATIONS_MAX).optional(),
      prf: z.literal('hmac-sha256').optional(),
    }),
  }),
})

/** Cost of new keystores, as geth's and ethers' standard. */
export const SCRYPT_COST = { n: 131_072, r: 8, p: 1 } as const

const scryptAsync = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
)
const pbkdf2Async = promisify(pbkdf2)

/** Encrypts 32 bytes under a password. */
export async function encrypt(secret: Hex, options: encrypt.Options): Promise<Keystore> {
  const { password, address, cost = SCRYPT_COST } = options
  const salt = randomBytes(32)
  const iv = randomBytes(16)
  const kdfparams = { dklen: KEY_BYTES, salt: salt.toString('hex'), ...cost } as const
  const key = await derive(password, { kdf: 'scrypt', kdfparams: { ...kdfparams, salt } })
  const cipher = createCipheriv('aes-128-ctr', key.subarray(0, 16), iv)
  const ciphertext = Buffer.concat([cipher.update(Buffer.from(secret.slice(2), 'hex')), cipher.final()])
  const crypto = {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: iv.toString('hex') },
    ciphertext: ciphertext.toString('hex'),
    kdf: 'scrypt',
    kdfparams,
    mac: macOf(key, ciphertext).toString('hex'),
  } as const
  return { version: 3, id: randomUUID(), ...(address && { address: address.slice(2).toLowerCase() }), crypto }
}
export declare namespace encrypt {
  type Options = {
    readonly password: string
    readonly address?: Address | undefined
    readonly cost?: { readonly n: number; readonly r: number; readonly p: number }
  }
}

/** The 32 bytes of a keystore file. Errors name the file, never what is in it. */
export async function decrypt(text: string, { password, path }: decrypt.Options): Promise<Hex> {
  const { crypto } = parse(text, path)
  const key = await derive(password, crypto)
  const { ciphertext, cipherparams, mac } = crypto
  const expected = macOf(key, ciphertext)
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) {
    throw new ProgramError('Keystore.WrongPasswordError', 'The password does not open the keystore.', {
      given: `a password for ${path}`,
      expected: 'the password that it was encrypted with',
      next: 'Type it again, or write it into the file that MUSUBI_PASSWORD_FILE or MUSUBI_PARTY_PASSWORD_FILE names.',
    })
  }
  const cipher = createDecipheriv('aes-128-ctr', key.subarray(0, 16), cipherparams.iv)
  const secret = Buffer.concat([cipher.update(ciphertext), cipher.final()])
  if (secret.length !== KEY_BYTES) throw unsound(path, `${secret.length} secret bytes`, `${KEY_BYTES} secret bytes`)
  return toHex(secret)
}
export declare namespace decrypt {
  type Options = { readonly password: string; readonly path: string }
}

function parse(text: string, path: string): z.output<typeof schema> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    // Without the parser's words: they would quote what may be a key.
    throw unsound(path, 'no JSON', 'a keystore')
  }
  // Early tools wrote `Crypto`.
  const named = json as Record<string, unknown> | null
  if (typeof named === 'object' && named !== null && 'Crypto' in named) json = { ...named, crypto: named.Crypto }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  throw unsound(path, 'other content', z.prettifyError(parsed.error).replaceAll('\n', ' '))
}

type Derivation = Pick<z.output<typeof schema>['crypto'], 'kdf' | 'kdfparams'>

async function derive(password: string, { kdf, kdfparams }: Derivation): Promise<Buffer> {
  const { dklen, salt, n, r, p, c } = kdfparams
  const normal = password.normalize('NFKC')
  if (kdf === 'pbkdf2') {
    if (c === undefined) throw unsound('pbkdf2', 'no iteration count c', 'c')
    return await pbkdf2Async(normal, salt, c, dklen, 'sha256')
  }
  if (n === undefined || r === undefined || p === undefined) throw unsound('scrypt', 'no cost', 'n, r and p')
  // What scrypt uses, as OpenSSL counts it.
  const needed = 128 * r * (n + p + 2)
  if (needed > SCRYPT_BYTES_MAX) throw unsound('scrypt', `${needed} bytes of memory`, `at most ${SCRYPT_BYTES_MAX}`)
  if (n < 2 || (n & (n - 1)) !== 0) throw unsound('scrypt', `n of ${n}`, 'a power of two')
  // eth-account writes n 262144 with r 1, which RFC 7914 forbids and OpenSSL refuses.
  const isStandard = n < 2 ** Math.min(16 * r, 32)
  if (isStandard) return await scryptAsync(normal, salt, dklen, { N: n, r, p, maxmem: needed + 1024 })
  return Buffer.from(await scryptOfNoble(normal, salt, { N: n, r, p, dkLen: dklen }))
}

function macOf(key: Buffer, ciphertext: Buffer): Buffer {
  return Buffer.from(keccak256(concat([key.subarray(16, 32), ciphertext]), 'bytes'))
}

function unsound(path: string, given: string, expected: string): UsageError {
  return new UsageError('Keystore.BadKeystoreError', 'The file is no keystore that can be opened.', {
    given: `${path}: ${given}`,
    expected,
    next: 'Name a keystore in the Web3 Secret Storage format, version 3, as geth and ethers write it.',
  })
}
