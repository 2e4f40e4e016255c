import { network } from 'hardhat'
import domains from '../../vectors/domains.json' with { type: 'json' }
import ids from '../../vectors/ids.json' with { type: 'json' }
import type { ContractName, Deployed } from '../helpers/deployed.ts'
import { CLOSE_DELAY_FLOOR, YEN } from '../helpers/world.ts'

/** When the vectors' bindings and agreements begin. */
const START = 1_800_000_000

// A chain of its own: addresses follow from the deployer's first transactions, and the time is the vectors'.
const initialDate = new Date((START + 60) * 1000)
const connection = await network.create({ override: { chainId: domains.chainId, initialDate } })
export const { ethers, networkHelpers } = connection

/** The contracts at the addresses that the vectors name, and the vectors' funder with money in the escrow. */
export async function deployVectorWorld() {
  const [admin] = await ethers.getSigners()
  const manager = await deploy('AccessManager', [admin!.address])
  const verifier = await deploy('P256Sha256Verifier')
  const registry = await deploy('IdentityRegistry', [manager.target, verifier.target])
  const escrow = await deploy('ChannelEscrow', [registry.target, CLOSE_DELAY_FLOOR])
  const token = await deploy('LocalJpyToken', [admin!.address])
  const ledger = await deploy('LedgerAnchor', [verifier.target])
  await registry.accredit(memberOf('attester').signer)
  await registry.registerEscrow(escrow.target)

  // After what the vectors name, so that it moves no address.
  const messages = await deploy('RegistryMessages', [registry.target])
  const escrowMessages = await deploy('EscrowMessages', [escrow.target])
  const anchorMessages = await deploy('AnchorMessages', [ledger.target])

  const funder = memberOf('funder').signer
  await networkHelpers.impersonateAccount(funder)
  await networkHelpers.setBalance(funder, 10n ** 18n)
  await token.mint(funder, 1_000n * YEN)
  const funded = {
    token: token.connect(await ethers.getSigner(funder)),
    escrow: escrow.connect(await ethers.getSigner(funder)),
  }
  await funded.token.approve(escrow.target, 1_000n * YEN)
  await funded.escrow.depositBalance(token.target, 1_000n * YEN)
  const contracts = { manager, verifier, registry, messages, escrow, escrowMessages, token, ledger, anchorMessages }
  return { ...contracts, escrowOfFunder: funded.escrow }
}

export function memberOf(name: string) {
  return ids.find((member) => member.name === name)!
}

/** A device's 64 bytes as the escrow takes them; `signer` stays empty for secp256k1. */
export function deviceSignature(signer: string, signature: string) {
  const [r, vs] = [ethers.dataSlice(signature, 0, 32), ethers.dataSlice(signature, 32, 64)]
  return { r, vs, signer: ethers.dataLength(signer) === 20 ? '0x' : signer }
}

async function deploy<Name extends ContractName>(name: Name, args: unknown[] = []): Promise<Deployed<Name>> {
  return (await ethers.deployContract(name, args)) as unknown as Deployed<Name>
}
