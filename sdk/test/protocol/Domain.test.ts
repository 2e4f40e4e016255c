/**
 * Domain
 * |-- given the deployment of the golden vectors ... it has their domains and separators
 * `-- given another chain, contract or role ... the separator is another one
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Address } from 'viem'
import { toHex } from '../../src/protocol/Bytes.ts'
import type { Deployment } from '../../src/protocol/Deployment.ts'
import * as Deployments from '../../src/protocol/Deployment.ts'
import * as Domain from '../../src/protocol/Domain.ts'
import { readVectors } from '../helpers/vectors.ts'

const { chainId, contracts, domains, separators } = readVectors('domains.json')

describe('Domain', () => {
  it('given the deployment of the golden vectors ... it has their domains and separators', () => {
    const deployment: Deployment = { version: 1, chainId, startBlock: 0, closeDelayFloorSeconds: 3600, ...contracts }
    assert.deepEqual(Deployments.registryDomain(deployment), domains.registry)
    assert.deepEqual(Deployments.escrowDomain(deployment), domains.escrow)
    assert.deepEqual(Deployments.anchorDomain(deployment), domains.anchor)
    assert.equal(toHex(Domain.separator(domains.registry)), separators.registry)
    assert.equal(toHex(Domain.separator(domains.escrow)), separators.escrow)
    assert.equal(toHex(Domain.separator(domains.anchor)), separators.anchor)
  })

  it('given another chain, contract or role ... the separator is another one', () => {
    const address: Address = contracts.channelEscrow
    const other: Address = contracts.identityRegistry
    const all = [
      Domain.escrow({ chainId, address }),
      Domain.escrow({ chainId: chainId + 1, address }),
      Domain.escrow({ chainId, address: other }),
      Domain.registry({ chainId, address }),
      Domain.anchor({ chainId, address }),
    ].map((domain) => toHex(Domain.separator(domain)))
    assert.equal(new Set(all).size, all.length)
  })
})
