import { CONTRACTS, HEADER, decapitalized, readAbi } from './contracts.ts'
import type { Artifacts } from './contracts.ts'

/** The ABIs `as const`, so that abitype derives every TypeScript type from them. */
export async function renderAbis(artifacts: Artifacts): Promise<string> {
  let text = HEADER
  for (const contract of CONTRACTS) {
    const name = `${decapitalized(contract)}Abi`
    const abi = await readAbi(artifacts, contract)
    text += `\nexport const ${name} = ${JSON.stringify(abi, null, 2)} as const\n`
  }
  return text
}
