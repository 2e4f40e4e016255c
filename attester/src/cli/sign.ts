import { createPrivateKey } from 'node:crypto'
import { UsageError, factsOf, print, textOf } from '@musubi/cli'
import { Bytes, Deployment, p256Signer } from '@musubi/sdk'
import type { Signer } from '@musubi/sdk'
import type { Command } from 'commander'
import { toHex } from 'viem'
import * as Request from '../requests/Request.ts'
import { readText, writeJson } from '../state/files.ts'
import type { Deployed } from './context.ts'
import { readDeployment, readGlobals } from './context.ts'
import { requireKey } from './keys.ts'

type SignOptions = { readonly keystore?: string; readonly pem?: string; readonly out: string }

export function addSign(program: Command): void {
  program
    .command('sign')
    .description('sign a request that --prepare wrote, as a liable party or a device; needs no network')
    .argument('<request>', 'the file')
    .option('--keystore <file>', "the signer's keystore; or MUSUBI_KEY_FILE names a file with the key")
    .option('--pem <file>', 'the P-256 key of a device, unencrypted PKCS #8, for devices in development')
    .requiredOption('--out <file>', 'where the signature goes')
    .addHelpText('after', SIGN_HELP)
    .action(async (file: string, options: SignOptions, command: Command) => {
      const globals = readGlobals(command)
      const deployment = readDeployment(globals)
      const { signer, digest, typedData } = Request.read(file, Deployment.registryDomain(deployment))
      const key = await signerOf(options, deployment)
      requireSame(key.signer, signer)
      const signature = toHex(await key.sign(Bytes.fromHex(digest)))
      writeJson(options.out, { signer: key.signer, digest, signature })
      const result = { signed: typedData.primaryType, signer: key.signer, digest, out: options.out }
      print(globals.json, result, () => [factsOf(typedData.message), factsOf(result)])
    })
}

const SIGN_HELP = `
What is signed is printed. A wallet can sign the typed data in the request as well (eth_signTypedData_v4).

  musubi-attester sign request.json --keystore party.json --out signature.json`

async function signerOf({ keystore, pem }: SignOptions, { p256Sha256Verifier }: Deployed): Promise<Signer> {
  if (pem === undefined) return (await requireKey('signer', keystore, '--keystore')).signer
  const text = readText(pem)
  try {
    return p256Signer(createPrivateKey(text), p256Sha256Verifier)
  } catch (cause) {
    const given = `${pem} (${textOf(cause)})`
    const [expected, next] = ['a private P-256 key in PEM', 'Name another file with --pem.']
    throw new UsageError('Keys.BadKeyFileError', 'The file holds no key.', { given, expected, next })
  }
}

function requireSame(given: string, expected: string): void {
  if (given.toLowerCase() === expected.toLowerCase()) return
  const next = 'Name the keystore of the one who is asked.'
  throw new UsageError('Keys.WrongKeyError', 'The request asks another signer.', { given, expected, next })
}
