import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { UsageError } from '@musubi/cli'
import { SignerId } from '@musubi/sdk'
import { BadRowsError, PROBLEMS_MAX, parseDevices } from '../src/devices/csv.ts'
import { HEADER, deviceRow, deviceSigner, fleetCsv } from './support/devices.ts'

const P256_VERIFIER = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
const TERMS = {
  p256Verifier: P256_VERIFIER,
  funder: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  token: '0xCf7Ed3AccA5a467e9e704C703E8D87F634fB0Fc9',
  validFrom: 1_800_000_000,
  validUntil: 1_831_536_000,
} as const
const options = { p256Verifier: P256_VERIFIER } as const

const csv = (rows: readonly (readonly string[])[], header = HEADER) =>
  [header, ...rows].map((row) => row.join(',')).join('\n')

/** The row of device 0 with some columns replaced. */
async function rowWith(changes: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const row = await deviceRow(0, TERMS)
  return row.map((value, index) => changes[HEADER[index] ?? ''] ?? value)
}

async function problemsOf(text: string): Promise<readonly string[]> {
  try {
    await parseDevices(text, options)
  } catch (error) {
    if (error instanceof BadRowsError) return error.problems.map(({ row, column }) => `${row} ${column}`)
    throw error
  }
  return []
}

describe('parseDevices', () => {
  it('given keys in every form, then each device has the signer of its key', async () => {
    const specs = await parseDevices(await fleetCsv(16, TERMS), options)
    for (const [index, { deviceSigner: given, deviceId }] of specs.entries()) {
      const { signer } = await deviceSigner(index, P256_VERIFIER)
      assert.equal(given.toLowerCase(), signer.toLowerCase())
      assert.equal(deviceId, SignerId.of(signer))
    }
  })

  it('given a public key and the curve secp256k1, then its address signs', async () => {
    const point = '0x0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'
    const row = [...(await rowWith({ device_signer: point })), 'secp256k1']
    const [spec] = await parseDevices(csv([row], [...HEADER, 'curve']), options)
    assert.equal(spec?.deviceSigner, '0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf')
  })

  const offCurve = `0x${'11'.repeat(64)}`
  const bad: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['no key', { device_signer: '' }, 'device_signer'],
    ['a key that is not hex', { device_signer: '0xzz' }, 'device_signer'],
    ['a key of another length', { device_signer: '0x1234' }, 'device_signer'],
    ['the zero address', { device_signer: `0x${'00'.repeat(20)}` }, 'device_signer'],
    [
      'an address with a wrong checksum',
      { device_signer: '0x7E5F4552091A69125d5DfCb7b8C2659029395BdF' },
      'device_signer',
    ],
    ['a point off the curve', { device_signer: offCurve }, 'device_signer'],
    ['a signer off the curve', { device_signer: `${P256_VERIFIER}${'11'.repeat(64)}` }, 'device_signer'],
    ['another verifier', { device_signer: `0x${'22'.repeat(20)}${'11'.repeat(64)}` }, 'device_signer'],
    ['no start', { valid_from: '' }, 'valid_from'],
    ['a start that is no time', { valid_from: 'soon' }, 'valid_from'],
    ['an end before the start', { valid_until: '1799999999' }, 'valid_until'],
    ['an end beyond the longest chain', { valid_until: '2700000000' }, 'valid_until'],
    ['the zero address as funder', { funder: `0x${'00'.repeat(20)}` }, 'funder'],
    ['an unknown funding', { funding: 'debit' }, 'funding'],
    ['no token', { token: '' }, 'token'],
    ['an amount with a point', { max_per_payment: '1.5' }, 'max_per_payment'],
    ['an amount of 2^96', { max_per_period: (2n ** 96n).toString() }, 'max_per_period'],
    ['a payment above the period', { max_per_payment: '20000000000000000000001' }, 'max_per_payment'],
    ['a period of zero', { period_seconds: '0' }, 'period_seconds'],
    ['periods that are too many', { period_seconds: '1' }, 'period_seconds'],
    ['a billing reference that is not 32 bytes', { billing_ref: '0x12' }, 'billing_ref'],
  ]
  for (const [what, changes, column] of bad) {
    it(`given ${what}, then it names row and column`, async () => {
      assert.deepEqual(await problemsOf(csv([await deviceRow(1, TERMS), await rowWith(changes)])), [`3 ${column}`])
    })
  }

  it('given many bad rows, then it tells all of them at once, up to its limit', async () => {
    const rows = await Promise.all(Array.from({ length: 2 * PROBLEMS_MAX }, () => rowWith({ funding: 'debit' })))
    const problems = await problemsOf(csv(rows))
    assert.equal(problems.length, PROBLEMS_MAX)
    assert.equal(problems[0], '2 funding')
  })

  it('given a device twice, in two forms of its key, then it names the later row', async () => {
    const row = await deviceRow(3, TERMS)
    const { signer } = await deviceSigner(3, P256_VERIFIER)
    const again = row.map((value, index) => (index === 0 ? signer : value))
    assert.deepEqual(await problemsOf(csv([row, again])), ['3 device_signer'])
  })

  const files: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['a header alone', HEADER.join(',')],
    ['a header that lacks a column', HEADER.slice(1).join(',')],
    ['an unknown column', [...HEADER, 'colour'].join(',')],
    ['a column twice', [...HEADER, 'token'].join(',')],
    ['a row with a column too few', `${HEADER.join(',')}\n1,2,3`],
  ]
  for (const [what, text] of files) {
    it(`given ${what}, then it throws BadFile`, async () => {
      await assert.rejects(
        parseDevices(text, options),
        (error) => error instanceof UsageError && error.name === 'Devices.BadFileError',
      )
    })
  }
})
