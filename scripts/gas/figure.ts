import { inScene, p256Scene, secp256k1Scene } from './scene.ts'
import type { Scene } from './scene.ts'

/** One measured figure: a whole transaction, unless its note says otherwise. */
export type Figure = {
  readonly name: string
  /** Which slot was zero before, and what is special. */
  readonly note: string
  /** Most gas that the design allows. */
  readonly target?: number
  readonly measure: () => Promise<bigint>
}

type Sent = { wait(): Promise<{ readonly gasUsed: bigint } | null> }

/** An ethers contract has whatever functions its ABI has, so what they return carries no type. */
export async function gasOf(sent: Promise<unknown>): Promise<bigint> {
  const receipt = await ((await sent) as Sent).wait()
  if (receipt === null) throw new Error('the transaction has no receipt')
  return receipt.gasUsed
}

export const inSecp256k1Scene = (measure: (scene: Scene) => Promise<bigint>) => () => inScene(secp256k1Scene, measure)
export const inP256Scene = (measure: (scene: Scene) => Promise<bigint>) => () => inScene(p256Scene, measure)
