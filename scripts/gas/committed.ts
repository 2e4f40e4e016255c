import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { z } from 'zod'

/** Gas by the figure's name. */
export type Gas = Readonly<Record<string, number>>

const schema = z.record(z.string(), z.int().positive())

/** What was measured when the file was written; nothing when there is no file. */
export async function read(path: string): Promise<Gas> {
  if (!existsSync(path)) return {}
  const text = await readFile(path, 'utf8')
  const parsed = schema.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw new Error(`${path} is not a list of gas figures. Write it again with \`npm run gas -- --write\`.`)
}

export async function write(path: string, gas: Gas): Promise<void> {
  await writeFile(path, `${JSON.stringify(gas, null, 2)}\n`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
