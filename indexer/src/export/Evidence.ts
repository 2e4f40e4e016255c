import { z } from 'zod'
import type { ProofLeaf } from '../billing/proof.ts'
import type { SealedLine } from '../billing/seal.ts'
import { canonicalJson } from '../hash.ts'
import { Patterns } from '../text/fields.ts'

const shape = z.strictObject({
  evidenceVersion: z.literal('musubi-evidence-1'),
  lines: z.array(
    z.strictObject({
      lineId: z.string().regex(Patterns.hex64),
      leaves: z.array(
        z.strictObject({
          chainId: z.string().regex(Patterns.decimal),
          txHash: z.string().regex(Patterns.hash),
          logIndex: z.int().nonnegative(),
          finalStateHash: z.string().regex(Patterns.hex64),
          signatureHash: z.string().regex(Patterns.hex64),
        }),
      ),
    }),
  ),
})

/** The settlements behind each line: what every `proof_root` is made from. */
export function renderEvidence(lines: readonly SealedLine[]): string {
  return canonicalJson({
    evidenceVersion: 'musubi-evidence-1',
    lines: lines.map(({ row, leaves }) => ({ lineId: row.line_id, leaves: [...leaves] })),
  })
}

/** The leaves of each line. Throws what the parser says when the text is none. */
export function parseEvidence(text: string): ReadonlyMap<string, readonly ProofLeaf[]> {
  return new Map(shape.parse(JSON.parse(text)).lines.map(({ lineId, leaves }) => [lineId, leaves]))
}
