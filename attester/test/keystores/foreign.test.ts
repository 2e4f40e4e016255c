import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ProgramError, UsageError } from '@musubi/cli'
import { Wallet, encryptKeystoreJson } from 'ethers'
import { decrypt, encrypt } from '../../src/keys/keystore.ts'

const SECRET = '0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d'
const CHEAP = { n: 1024, r: 8, p: 1 }
const path = 'key.json'

/** The test vectors of the Web3 Secret Storage definition, as ethereum.org prints them: password and secret are the same. */
const VECTORS = {
  pbkdf2: {
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
      ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
      kdf: 'pbkdf2',
      kdfparams: {
        c: 262144,
        dklen: 32,
        prf: 'hmac-sha256',
        salt: 'ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd',
      },
      mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2',
    },
    id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
    version: 3,
  },
  scrypt: {
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: '83dbcc02d8ccb40e466191a123791e0e' },
      ciphertext: 'd172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c',
      kdf: 'scrypt',
      kdfparams: {
        dklen: 32,
        n: 262144,
        r: 1,
        p: 8,
        salt: 'ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19',
      },
      mac: '2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097',
    },
    id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
    version: 3,
  },
} as const

describe('keystore', () => {
  describe('decrypt', () => {
    for (const [kdf, vector] of Object.entries(VECTORS)) {
      it(`given the definition's own ${kdf} vector, then it gives its secret`, async () => {
        assert.equal(await decrypt(JSON.stringify(vector), { password: 'testpassword', path }), SECRET)
      })
    }

    it('given a file that ethers wrote, then it gives the same key', async () => {
      const wallet = new Wallet(SECRET)
      const text = await encryptKeystoreJson(wallet, 'pässword', { scrypt: { N: 1024, r: 8, p: 1 } })
      assert.equal(await decrypt(text, { password: 'pässword', path }), wallet.privateKey)
    })

    it('given another password, then it throws WrongPassword, and says neither password nor key', async () => {
      const text = JSON.stringify(await encrypt(SECRET, { password: 'right', cost: CHEAP }))
      await assert.rejects(decrypt(text, { password: 'wrong-one', path }), (error) => {
        assert.ok(error instanceof ProgramError && error.name === 'Keystore.WrongPasswordError')
        assert.ok(!error.message.includes('wrong-one') && !error.message.includes(SECRET.slice(2)))
        return true
      })
    })

    const sound = VECTORS.scrypt
    const scryptOf = (params: object) => ({
      ...sound,
      crypto: { ...sound.crypto, kdfparams: { ...sound.crypto.kdfparams, ...params } },
    })
    const bad: readonly (readonly [string, string])[] = [
      ['no JSON', SECRET],
      ['null', 'null'],
      ['another version', JSON.stringify({ ...sound, version: 1 })],
      ['another cipher', JSON.stringify({ ...sound, crypto: { ...sound.crypto, cipher: 'aes-128-cbc' } })],
      ['a cost that no machine pays', JSON.stringify(scryptOf({ n: 2 ** 30 }))],
      ['a cost that is no power of two', JSON.stringify(scryptOf({ n: 1000 }))],
      ['no cost', JSON.stringify(scryptOf({ n: undefined }))],
      ['another length of key', JSON.stringify(scryptOf({ dklen: 16 }))],
    ]
    for (const [what, text] of bad) {
      it(`given ${what}, then it throws BadKeystore, and does not quote the file`, async () => {
        await assert.rejects(decrypt(text, { password: 'x', path }), (error) => {
          assert.ok(error instanceof UsageError && error.name === 'Keystore.BadKeystoreError')
          assert.ok(!error.message.includes(SECRET.slice(2)))
          return true
        })
      })
    }
  })

  it('encrypt, given a key, then ethers opens it', async () => {
    const { address, privateKey } = Wallet.createRandom()
    const made = await encrypt(privateKey as `0x${string}`, {
      password: 'right',
      address: address as `0x${string}`,
      cost: CHEAP,
    })
    const opened = await Wallet.fromEncryptedJson(JSON.stringify(made), 'right')
    assert.equal(opened.privateKey, privateKey)
    assert.equal(opened.address, address)
  })
})
