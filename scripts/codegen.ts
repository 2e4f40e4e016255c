/**
 * Writes `sdk/src/generated/` from the compiled contracts, and proves every EIP-712 type against its TYPEHASH.
 * A Solidity struct is the one source: nobody retypes an ABI, a type string or a constant.
 *
 * `npm run codegen` writes; `npm run codegen -- --check` fails when what is committed is stale.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import hre from 'hardhat'
import { format, resolveConfig } from 'prettier'
import { renderAbis } from './codegen/abis.ts'
import { readConstants, renderConstants } from './codegen/constants.ts'
import { renderErrorNotices } from './codegen/errorNotices.ts'
import { readTypedData, renderTypedData } from './codegen/typedData.ts'

const OUTPUT = join(import.meta.dirname, '..', 'sdk', 'src', 'generated')

const { check } = new Command('codegen')
  .description('Write sdk/src/generated/ from the compiled contracts, and prove every EIP-712 type.')
  .option('--check', 'write nothing; fail when the committed files are stale')
  .parse()
  .opts<{ check?: true }>()

await hre.tasks.getTask('build').run({ quiet: true, noTests: true })
const connection = await hre.network.create()
const files = {
  'abis.ts': await renderAbis(hre.artifacts),
  'errorNotices.ts': await renderErrorNotices(hre.artifacts),
  'typedData.ts': renderTypedData(await readTypedData(hre.artifacts, connection.viem)),
  'constants.ts': renderConstants(await readConstants(hre.artifacts, connection.viem)),
}
await connection.close()

const rendered = new Map<string, string>()
for (const [name, text] of Object.entries(files)) {
  const path = join(OUTPUT, name)
  rendered.set(name, await format(text, { ...(await resolveConfig(path)), filepath: path }))
}

if (check) await compare()
else await write()

async function compare(): Promise<void> {
  const committed = await readdir(OUTPUT)
  const stale = new Set(committed.filter((name) => !rendered.has(name)))
  for (const [name, text] of rendered) {
    const there = committed.includes(name) ? await readFile(join(OUTPUT, name), 'utf8') : undefined
    if (there !== text) stale.add(name)
  }
  if (stale.size === 0) {
    console.log(`codegen: ${rendered.size} files are fresh`)
    return
  }
  console.error(`codegen: stale in sdk/src/generated: ${[...stale].join(', ')}. Run \`npm run codegen\` and commit.`)
  process.exitCode = 1
}

async function write(): Promise<void> {
  await rm(OUTPUT, { recursive: true, force: true })
  await mkdir(OUTPUT, { recursive: true })
  for (const [name, text] of rendered) await writeFile(join(OUTPUT, name), text)
  console.log(`codegen: wrote ${[...rendered.keys()].join(', ')}`)
}
