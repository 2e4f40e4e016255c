import { UsageError, factsOf, print, textOf } from '@musubi/cli'
import type { Command } from 'commander'
import { readFileSync } from 'node:fs'
import type { Deployed } from './context.ts'
import { createVerifier, readDeployment, readGlobals } from './context.ts'
import { parseTime } from './show.ts'
import type { Examining } from './examineFacts.ts'
import { KINDS, examine } from './examine.ts'

type VerifyOptions = {
  readonly attester: readonly string[]
  readonly trustList?: string
  readonly trustSigner?: string
  readonly at?: string
  readonly freshnessMax?: string
  readonly issuer: readonly string[]
  readonly didDocument?: string
  readonly challenge?: string
  readonly verifierDevice?: string
  readonly purpose?: string
}

export function addVerify(program: Command): void {
  const collect = (value: string, all: readonly string[]) => [...all, value]
  program
    .command('verify')
    .description('check a credential, presentation, status list, trust list or VC JWT by itself, without a chain')
    .argument('<file>', 'the file; its kind is seen from its content')
    .option('--attester <address>', 'an attester that is believed (repeatable)', collect, [])
    .option('--trust-list <file>', 'a list of attesters that are believed')
    .option('--trust-signer <signer>', 'who must have signed trust lists: an ERC-7913 signer')
    .option('--at <time>', 'the moment to judge by: seconds since 1970, or ISO 8601; now by default')
    .option('--freshness-max <seconds>', 'refuse what is not shown to be as fresh as this')
    .option('--issuer <did>', 'DID of the attester, for a VC JWT (repeatable); its did:pkh is known', collect, [])
    .option('--did-document <file>', "the issuer's did.json, in place of fetching it")
    .option('--challenge <hex>', 'of a presentation: what the verifier gave')
    .option('--verifier-device <id>', 'of a presentation: the device id of the verifier')
    .option('--purpose <hex>', 'of a presentation: what it must be for')
    .addHelpText('after', VERIFY_HELP)
    .action(async (file: string, options: VerifyOptions, command: Command) => {
      const globals = readGlobals(command)
      const deployment = readDeployment(globals)
      const verdict = await examine(readBytes(file), await questionOf(options, deployment))
      print(globals.json, { file, ...verdict }, () => [factsOf({ file, ...verdict })])
      if (verdict.verdict === 'refused') process.exitCode = 1
    })
}

const VERIFY_HELP = `
Kinds: ${KINDS.join(', ')}. Exit code 1 when it is refused, with the reason. Whether a binding stands at this moment, the
chain alone says: \`musubi-attester show\`.

  musubi-attester verify credentials/0x….credential --attester 0x90F79bf6EB2c4f870365E785982E1f101E93b906`

/** Largest file: a status list of 2^20 entries. */
const FILE_BYTES_MAX = 2 ** 26

function readBytes(path: string): Uint8Array {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (cause) {
    throw badFile(`${path} (${textOf(cause)})`)
  }
  if (bytes.length > FILE_BYTES_MAX) throw badFile(`${path}, of ${bytes.length} bytes`)
  return bytes
}

async function questionOf(options: VerifyOptions, deployment: Deployed): Promise<Examining> {
  const now = options.at === undefined ? Math.floor(Date.now() / 1000) : parseTime('--at', options.at)
  const { freshnessMax, attester: attesters, issuer: issuers, didDocument, trustList, trustSigner } = options
  const { challenge, verifierDevice, purpose } = options
  return {
    ...{ deployment, now, attesters, issuers, verifier: await createVerifier(deployment) },
    freshnessAgeMaxSeconds: freshnessMax === undefined ? undefined : parseTime('--freshness-max', freshnessMax),
    trustList: trustList === undefined ? undefined : readBytes(trustList),
    didDocument: didDocument === undefined ? undefined : new TextDecoder().decode(readBytes(didDocument)),
    ...{ trustSigner, challenge, verifierDevice, purpose },
  }
}

function badFile(given: string): UsageError {
  return new UsageError('Verify.BadFileError', 'The file cannot be read.', {
    given,
    expected: `a file of at most ${FILE_BYTES_MAX} bytes`,
    next: 'Name another file.',
  })
}
