/**
 * secp256k1 backends
 * |-- given any key and digest ... all sign the same bytes, which are viem's, with low s
 * |-- given any key ... all give the same public key, which is viem's
 * |-- given any signature ... all recover the same public key, or none
 * |-- given r or s that is 0, the order or above, or no point ... all recover none
 * `-- given a signature or digest of another length ... all recover none
 * loadFastestBackend
 * |-- given everything installed ... it loads native
 * |-- given native is not installed, has no build, or does not load here ... it loads wasm
 * |-- given neither native nor wasm ... it loads javascript
 * `-- given a module that fails for another reason ... it throws that reason
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { hexToBytes } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { toHex } from '../../../src/protocol/Bytes.ts'
import { SECP256K1_ORDER, privateKey } from '../../helpers/arbitraries.ts'
import { backends, fastest } from '../../helpers/backends.ts'

const digestOf = fc.uint8Array({ minLength: 32, maxLength: 32 })
const word = (value: bigint) => hexToBytes(`0x${value.toString(16).padStart(64, '0')}`)

describe('secp256k1 backends', () => {
  it('given any key and digest ... all sign the same bytes, which are viem’s, with low s', async () => {
    await fc.assert(
      fc.asyncProperty(privateKey, digestOf, async (key, digest) => {
        const expected = await privateKeyToAccount(key).sign({ hash: toHex(digest) })
        for (const backend of backends) {
          const { signature, yParity } = backend.sign(digest, hexToBytes(key))
          assert.equal(`${toHex(signature)}${(27 + yParity).toString(16)}`, expected, backend.name)
          assert(BigInt(toHex(signature.subarray(32))) <= SECP256K1_ORDER / 2n)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('given any key ... all give the same public key, which is viem’s', () => {
    fc.assert(
      fc.property(privateKey, (key) => {
        const expected = `0x${privateKeyToAccount(key).publicKey.slice(4)}`
        for (const backend of backends) assert.equal(toHex(backend.publicKey(hexToBytes(key))), expected, backend.name)
      }),
      { numRuns: 30 },
    )
  })

  it('given any signature ... all recover the same public key, or none', () => {
    const random = fc.uint8Array({ minLength: 64, maxLength: 64 })
    fc.assert(
      fc.property(random, digestOf, fc.constantFrom(0, 1), (signature, digest, yParity) => {
        const [first, ...others] = backends.map((backend) => backend.recover(digest, signature, yParity))
        for (const other of others) assert.deepEqual(other && toHex(other), first && toHex(first))
      }),
      { numRuns: 60 },
    )
  })

  const digest = new Uint8Array(32).fill(7)
  const { signature, yParity } = fastest.sign(digest, word(5n))
  const [r, s] = [signature.subarray(0, 32), signature.subarray(32)]

  for (const backend of backends) {
    it(`given r or s that is 0, the order or above, or no point ... all recover none (${backend.name})`, () => {
      // 5 is not the x of any point.
      for (const bad of [0n, SECP256K1_ORDER, SECP256K1_ORDER + 1n, (1n << 256n) - 1n, 5n].map(word)) {
        assert.equal(backend.recover(digest, Uint8Array.of(...bad, ...s), yParity), undefined)
      }
      for (const bad of [0n, SECP256K1_ORDER, (1n << 256n) - 1n].map(word)) {
        assert.equal(backend.recover(digest, Uint8Array.of(...r, ...bad), yParity), undefined)
      }
      assert(backend.recover(digest, signature, yParity) !== undefined)
    })

    it(`given a signature or digest of another length ... all recover none (${backend.name})`, () => {
      for (const length of [0, 63, 65, 128]) {
        assert.equal(backend.recover(digest, new Uint8Array(length).fill(1), yParity), undefined)
      }
      for (const length of [0, 31, 33]) {
        assert.equal(backend.recover(new Uint8Array(length).fill(7), signature, yParity), undefined)
      }
    })
  }
})

const NATIVE = 'secp256k1/bindings.js'
const WASM = 'tiny-secp256k1'
const missing = (specifier: string, code: string) => ({ specifier, code, message: `Cannot find '${specifier}'` })

function loaded(...faults: object[]) {
  const script = join(import.meta.dirname, '..', '..', 'helpers', 'loadFastest.ts')
  const env = { ...process.env, FAULTS: JSON.stringify(faults) }
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { env, encoding: 'utf8' })
  return { status, stdout: stdout.trim(), stderr }
}

describe('loadFastestBackend', () => {
  it('given everything installed ... it loads native', () => {
    assert.equal(loaded().stdout, 'native')
  })

  for (const fault of [
    missing(NATIVE, 'MODULE_NOT_FOUND'),
    { specifier: NATIVE, message: 'No native build was found for platform=linux arch=riscv64' },
    { specifier: NATIVE, code: 'ERR_DLOPEN_FAILED', message: "version `GLIBC_2.99' not found" },
  ]) {
    it(`given native is not installed, has no build, or does not load here ... it loads wasm (${fault.message})`, () => {
      assert.equal(loaded(fault).stdout, 'wasm')
    })
  }

  it('given neither native nor wasm ... it loads javascript', () => {
    assert.equal(
      loaded(missing(NATIVE, 'MODULE_NOT_FOUND'), missing(WASM, 'ERR_MODULE_NOT_FOUND')).stdout,
      'javascript',
    )
  })

  it('given a module that fails for another reason ... it throws that reason', () => {
    const { status, stderr, stdout } = loaded({ specifier: NATIVE, code: 'EIO', message: 'the disk is broken' })
    assert.notEqual(status, 0)
    assert.equal(stdout, '')
    assert.match(stderr, /the disk is broken/)
  })
})
