/**
 * A credential read by somebody who has a node
 * `-- given a device that the registry knows
 *     |-- when its credential is read ... the registry knows its binding, and says that it is active
 *     `-- when the attester revokes the binding ... the credential still reads, and the registry says revoked
 */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Resolver } from 'did-resolver'
import { es256kSigner } from '../../../src/adapters/credential/jws.ts'
import { issueVcJwt, verifyVcJwt } from '../../../src/adapters/credential/vcJwt.ts'
import { getResolver } from '../../../src/adapters/did/resolver.ts'
import { BindingStatus } from '../../../src/generated/constants.ts'
import { revokeTypes } from '../../../src/generated/typedData.ts'
import { registryDomain } from '../../../src/protocol/Deployment.ts'
import * as Did from '../../../src/protocol/Did.ts'
import * as DidDocument from '../../../src/protocol/DidDocument.ts'
import { attester, party, secp256k1Machine } from '../../helpers/machines.ts'
import type { World } from '../../helpers/world.ts'
import { startWorld } from '../../helpers/world.ts'

describe('given a device that the registry knows', () => {
  let world: World
  before(async () => {
    world = await startWorld()
  })
  after(() => world.stop())

  const issue = async (): Promise<string> => {
    const { deployment, van } = world
    const did = Did.ofAccount({ chainId: deployment.chainId, address: attester.address })
    const signer = es256kSigner(DidDocument.keyId(did), secp256k1Machine('attester'))
    const signers = { deviceSigner: van.signer.signer, partySigner: party.signer }
    return issueVcJwt(van.binding, { ...signers, place: deployment, signer })
  }
  const read = async (jwt: string) => {
    const { deployment, reader } = world
    const { timestamp } = await reader.getBlock()
    const did = Did.ofAccount({ chainId: deployment.chainId, address: attester.address })
    return verifyVcJwt(jwt, {
      resolver: new Resolver(getResolver()),
      issuers: new Map([[did, attester.address]]),
      place: deployment,
      clock: { now: () => Number(timestamp) },
    })
  }

  it('when its credential is read ... the registry knows its binding, and says that it is active', async () => {
    const { binding, bindingId, device } = await read(await issue())
    assert.deepEqual(binding, world.van.binding)
    assert.match(device, /^did:key:zDn/)
    assert.equal(await world.registry.headOf(binding.deviceId), bindingId)
    assert.equal(await world.registry.check(binding), BindingStatus.ACTIVE)
  })

  it('when the attester revokes the binding ... the credential still reads, and the registry says revoked', async () => {
    const jwt = await issue()
    const { binding, bindingId } = await read(jwt)
    const { sequence } = await world.registry.recordOf(bindingId)
    const message = { bindingId, sequence, deadline: binding.validUntil }
    const domain = registryDomain(world.deployment)
    const signature = await attester.signTypedData({ domain, types: revokeTypes, primaryType: 'Revoke', message })
    await world.registry.revoke({ message, signature })
    assert.equal((await read(jwt)).bindingId, bindingId)
    assert.equal(await world.registry.check(binding), BindingStatus.REVOKED)
  })
})
