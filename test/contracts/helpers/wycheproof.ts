/** Project Wycheproof's signatures, sorted by what our rules make of them: 64 bytes, and of the two forms the low s. */
import { dataLength, dataSlice, sha256 } from 'ethers'
import suite from '../../vectors/wycheproof.json' with { type: 'json' }

export type Vector = {
  readonly name: string
  /** x || y */
  readonly key: string
  readonly hash: string
  readonly r: string
  readonly s: string
}

export type Sorted = {
  /** Valid, with low s. */
  readonly low: readonly Vector[]
  /** Valid for the suite, and of the form that we refuse. */
  readonly high: readonly Vector[]
  readonly invalid: readonly Vector[]
}

/** Those of another length than 64 bytes are not here: what takes r and s apart cannot be given them. */
export function sorted(curve: 'p256' | 'secp256k1', halfOrder: bigint): Sorted {
  const all = suite[curve].groups.flatMap(({ key, tests }) => tests.map((test) => ({ ...test, key })))
  const whole = all.filter(({ sig }) => dataLength(`0x${sig}`) === 64)
  const valid = whole.filter(({ result }) => result === 'valid').map(vectorOf)
  return {
    low: valid.filter(({ s }) => BigInt(s) <= halfOrder),
    high: valid.filter(({ s }) => BigInt(s) > halfOrder),
    invalid: whole.filter(({ result }) => result === 'invalid').map(vectorOf),
  }
}

function vectorOf(test: { tcId: number; comment: string; key: string; msg: string; sig: string }): Vector {
  const signature = `0x${test.sig}`
  return {
    name: `${test.tcId}: ${test.comment}`,
    key: dataSlice(`0x${test.key}`, 1),
    hash: sha256(`0x${test.msg}`),
    r: dataSlice(signature, 0, 32),
    s: dataSlice(signature, 32),
  }
}
