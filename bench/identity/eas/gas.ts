import type { Hex } from 'viem'
import { attester, newMachine } from '../cast.ts'
import type { LocalChain } from '../localChain.ts'
import { deploy, readArtifact } from '../localChain.ts'
import type { EasContracts } from './contracts.ts'
import { EasClient } from './EasClient.ts'

/** Gas of whole transactions; of `check` the call alone. */
export type EasGas = Readonly<
  Record<'attest' | 'attestByDelegation' | 'revoke' | 'revokeByDelegation' | 'check', number>
>

/** Measures EAS in its steady state, as `npm run gas` does ours: the attester has attested and revoked before. */
export async function measureEasGas(contracts: EasContracts, { admin, relayer }: LocalChain): Promise<EasGas> {
  const eas = await EasClient.deploy(admin, contracts)
  const bindingOf = (name: string) => newMachine(name, 'secp256k1').binding
  const before = await eas.attestByDelegation(relayer, attester, bindingOf('before'))
  await eas.revokeByDelegation(relayer, attester, before.uid)

  const relayed = await eas.attestByDelegation(relayer, attester, bindingOf('relayed'))
  const direct = await eas.attest(relayer, bindingOf('direct'))
  const check = await gasOfReading(eas, relayed.uid, { admin })
  const revoked = await eas.revoke(relayer, direct.uid)
  const revokedByRelay = await eas.revokeByDelegation(relayer, attester, relayed.uid)
  return {
    attest: direct.gas,
    attestByDelegation: relayed.gas,
    revoke: revoked.gas,
    revokeByDelegation: revokedByRelay.gas,
    check,
  }
}

/** By the contract that measures our `check`. */
async function gasOfReading(eas: EasClient, uid: Hex, { admin }: Pick<LocalChain, 'admin'>): Promise<number> {
  const meter = await readArtifact('contracts/mocks/GasMeter')
  const address = await deploy(admin, meter, [])
  const { to, data } = eas.readingCall(uid)
  const call = { abi: meter.abi, address, functionName: 'measure', args: [to, data] }
  const { result } = await admin.reader.simulateContract(call)
  const [gas] = result as readonly [bigint, Hex]
  return Number(gas)
}
