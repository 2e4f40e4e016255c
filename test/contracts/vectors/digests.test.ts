/**
 * golden vectors: digests
 * |-- given a fresh chain
 * |   |-- it has the contracts at the addresses that the vectors name
 * |   `-- it has the domains that the vectors are made in
 * |-- when a contract hashes a vector's binding, agreement or channel ... it gives the vector's digest
 * `-- when the escrow hashes a vector's voucher, acknowledgement, close or request ... it gives the vector's digest
 */
import { expect } from 'chai'
import agreements from '../../vectors/agreements.json' with { type: 'json' }
import bindings from '../../vectors/bindings.json' with { type: 'json' }
import messages from '../../vectors/channelMessages.json' with { type: 'json' }
import channels from '../../vectors/channels.json' with { type: 'json' }
import domains from '../../vectors/domains.json' with { type: 'json' }
import { deployVectorWorld, ethers, networkHelpers } from './vectorChain.ts'

const world = () => networkHelpers.loadFixture(deployVectorWorld)

describe('golden vectors: digests', () => {
  it('given a fresh chain ... it has the contracts at the addresses that the vectors name', async () => {
    const { manager, verifier, registry, escrow, token, ledger } = await world()
    expect({
      accessManager: manager.target,
      p256Sha256Verifier: verifier.target,
      identityRegistry: registry.target,
      channelEscrow: escrow.target,
      settlementToken: token.target,
      ledgerAnchor: ledger.target,
    }).to.deep.equal(domains.contracts)
  })

  it('given a fresh chain ... it has the domains that the vectors are made in', async () => {
    const { registry, escrow, ledger } = await world()
    for (const [contract, domain, separator] of [
      [registry, domains.domains.registry, domains.separators.registry],
      [escrow, domains.domains.escrow, domains.separators.escrow],
      [ledger, domains.domains.anchor, domains.separators.anchor],
    ] as const) {
      const [, name, version, chainId, verifyingContract] = await contract.eip712Domain()
      const given = { name, version, chainId: Number(chainId), verifyingContract }
      expect(given).to.deep.equal(domain)
      expect(ethers.TypedDataEncoder.hashDomain(given)).to.equal(separator)
    }
  })

  for (const { name, binding, digest } of bindings) {
    it(`when a contract hashes a vector's binding ... it gives the vector's digest (${name})`, async () => {
      const { messages } = await world()
      expect(await messages.bindingDigest(binding)).to.equal(digest)
    })
  }

  for (const { name, agreement, digest } of agreements) {
    it(`when a contract hashes a vector's agreement ... it gives the vector's digest (${name})`, async () => {
      const { messages } = await world()
      expect(await messages.agreementDigest(agreement)).to.equal(digest)
    })
  }

  for (const { name, channel, channelId } of channels) {
    it(`when a contract hashes a vector's channel ... it gives the vector's digest (${name})`, async () => {
      const { escrowMessages } = await world()
      expect(await escrowMessages.channelIdOf(channel)).to.equal(channelId)
    })
  }

  for (const [index, { type, message, digest }] of messages.entries()) {
    it(`when the escrow hashes a vector's ${type} ... it gives the vector's digest (${index})`, async () => {
      const { escrowMessages } = await world()
      const digests: Readonly<Record<string, (message: object) => Promise<unknown>>> = {
        Voucher: (voucher) => escrowMessages.voucherDigest(voucher),
        Acknowledgement: (acknowledgement) => escrowMessages.acknowledgementDigest(acknowledgement),
        CooperativeClose: (close) => escrowMessages.cooperativeCloseDigest(close),
        StreamVoucher: (voucher) => escrowMessages.streamVoucherDigest(voucher),
        HashlockVoucher: (voucher) => escrowMessages.hashlockVoucherDigest(voucher),
        FundingOrder: (order) => escrowMessages.fundingOrderDigest(order),
        RequestClose: (request) => escrowMessages.requestCloseDigest(request),
      }
      expect(await digests[type]!(message)).to.equal(digest)
    })
  }
})
