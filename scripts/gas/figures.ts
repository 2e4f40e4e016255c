import { anchors } from './anchors.ts'
import { calldata } from './calldata.ts'
import { endings } from './endings.ts'
import type { Figure } from './figure.ts'
import { identities } from './identities.ts'
import { openings } from './openings.ts'
import { settlements } from './settlements.ts'

/** In the order of a channel's life, then of a binding's. */
export const figures: readonly Figure[] = [
  ...openings,
  ...settlements,
  ...endings,
  ...anchors,
  ...identities,
  ...calldata,
]
