import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Abi, AbiParameter, Hex } from 'viem'
import { encodeErrorResult } from 'viem'
import { toRevertedError } from '../../../src/adapters/chain/failures.ts'
import { channelEscrowAbi, identityRegistryAbi, localJpyTokenAbi } from '../../../src/generated/abis.ts'
import { errorNotices } from '../../../src/generated/errorNotices.ts'

const abis: Readonly<Record<string, Abi>> = {
  IdentityRegistry: identityRegistryAbi,
  ChannelEscrow: channelEscrowAbi,
  LocalJpyToken: localJpyTokenAbi,
}
const ID: Hex = `0x${'ab'.repeat(32)}`

/** A value of a parameter's type that no other parameter of the error has. */
function valueOf({ type }: AbiParameter, index: number): unknown {
  if (type === 'address') return `0x${String(index + 1).repeat(40)}`
  if (type === 'bytes32') return `0x${String(index + 1).repeat(64)}`
  if (type === 'bytes') return `0x${String(index + 1).repeat(8)}`
  if (type === 'bytes4') return `0x${String(index + 1).repeat(8)}`
  if (type === 'string') return `text ${index}`
  if (type === 'bool') return true
  return type === 'uint8' || /^uint(8|16|24|32|40)$/.test(type) ? index + 1 : BigInt(index + 1)
}

describe('a refusal of a contract', () => {
  for (const [contract, abi] of Object.entries(abis)) {
    for (const item of abi) {
      if (item.type !== 'error') continue
      it(`given ${item.name} of ${contract}, then it has a sentence of its own, with every value`, () => {
        const { inputs } = item
        const args = inputs.map(valueOf)
        const data = encodeErrorResult({ abi, errorName: item.name, args })
        const error = toRevertedError(data, { call: 'the call' })

        assert.equal(error.errorName, item.name)
        const notice = errorNotices[item.name]
        assert.ok(notice !== undefined && notice.includes(' '), `${item.name} has no sentence`)
        const [head = ''] = notice.replaceAll('`', '').split('.')
        assert.ok(error.message.startsWith(`The contract refuses the call: ${head}`), error.message)
        assert.ok(error.message.includes(`(${item.name})`), error.message)
        for (const [index, { name = '', internalType = '' }] of inputs.entries()) {
          assert.equal(error.args[name], args[index])
          if (!internalType.startsWith('enum ')) assert.ok(error.message.includes(String(args[index])), error.message)
        }
      })
    }
  }

  const cases = [
    [
      'a ceiling',
      'IdentityRegistry_CeilingExceeded',
      [ID, 12n, 10n],
      `The spending would put more money at risk in this period than the binding allows: given 12, allowed 10, binding id ${ID}`,
    ],
    [
      'a time',
      'IdentityRegistry_Expired',
      [1_800_000_000, 1_800_000_001n],
      'The message came too late: deadline 1800000000 (2027-01-15T08:00:00Z), block time 1800000001 (2027-01-15T08:00:01Z)',
    ],
    [
      'a time given',
      'IdentityRegistry_FutureTime',
      [1_800_000_001, 1_800_000_000n],
      'Nobody knows yet who will be liable then: given 1800000001 (2027-01-15T08:00:01Z), block time 1800000000 (2027-01-15T08:00:00Z)',
    ],
    [
      'a time that no calendar has',
      'IdentityRegistry_Expired',
      [2 ** 40 - 1, 2n ** 200n],
      `The message came too late: deadline 1099511627775 (+036812-02-20T00:36:15Z), block time ${2n ** 200n}`,
    ],
    [
      'a status',
      'IdentityRegistry_WrongStatus',
      [ID, 4, 1],
      `The binding does not stand as this call needs it: given REVOKED, expected ACTIVE, binding id ${ID}`,
    ],
  ] as const
  for (const [what, errorName, args, sentence] of cases) {
    it(`given ${what}, then it reads as a person would say it`, () => {
      const data = encodeErrorResult({ abi: abis['IdentityRegistry'] ?? [], errorName, args })
      const { message } = toRevertedError(data, { call: 'open' })
      assert.equal(
        message,
        `The contract refuses open: ${sentence} (${errorName}). ` +
          'Nothing was changed. Mend what the error names, and call again.',
      )
    })
  }
})
