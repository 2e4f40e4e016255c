import { releaseTypes, revokeManyTypes } from '../../sdk/src/generated/typedData.ts'
import {
  bindingIdOf,
  bindingMessage,
  makeBinding,
  registryMessage,
  revokeMessage,
} from '../../test/contracts/helpers/bindings.ts'
import type { Binding } from '../../test/contracts/helpers/bindings.ts'
import type { Device } from '../../test/contracts/helpers/devices.ts'
import { p256Device, secp256k1Device } from '../../test/contracts/helpers/devices.ts'
import { deepFleet, enrol, enrolmentMessage, makeEnrolment } from '../../test/contracts/helpers/leaves.ts'
import { DAY, FAR_OFF, deploy } from '../../test/contracts/helpers/world.ts'
import type { Figure } from './figure.ts'
import { gasOf, inSecp256k1Scene } from './figure.ts'
import { LONG_AGO, repeatable } from './scene.ts'
import type { Scene } from './scene.ts'

/** What is sent as the signer of a secp256k1 signature: the contract recovers it. */
const SIGNER_LEFT_OUT = '0x'

/** Every secp256k1 signature is sent as 64 bytes (ERC-2098), without its signer. */
export const identities: readonly Figure[] = [
  {
    name: 'bind',
    note: 'record and head from zero',
    target: 100_000,
    measure: inSecp256k1Scene((scene) => bind(scene, secp256k1Device('measured car'))),
  },
  {
    name: 'bindP256',
    note: 'as bind; signature without zero bytes',
    target: 106_000,
    measure: inSecp256k1Scene(async (scene) => {
      const device = p256Device('measured car', await scene.verifier.getAddress())
      return await bind(scene, device, device.signer)
    }),
  },
  {
    name: 'rebind',
    note: 'as bind; ends the old record by a release',
    target: 115_000,
    measure: inSecp256k1Scene(rebind),
  },
  {
    name: 'rotateKey',
    note: 'as bind; ends the old record',
    measure: inSecp256k1Scene(rotateKey),
  },
  {
    name: 'enrol',
    note: 'enrolment from zero; any number of devices',
    target: 75_000,
    measure: inSecp256k1Scene(enrolFleet),
  },
  {
    name: 'activate',
    note: 'record, head, leaf word from zero; 15 levels',
    measure: inSecp256k1Scene(activate),
  },
  {
    name: 'check',
    note: 'the call alone, cold, from another contract',
    target: 9_000,
    measure: inSecp256k1Scene((scene) => metered(scene, 'check', [scene.payerBinding])),
  },
  {
    name: 'checkLeaf15',
    note: 'as check; 15 levels, not activated',
    target: 16_000,
    measure: inSecp256k1Scene(async (scene) => {
      const { leaf, enrolment, proof } = await fleet(scene)
      await enrol(scene, enrolment)
      return await metered(scene, 'checkLeaf', [enrolment, leaf, 0, proof])
    }),
  },
  {
    name: 'revoke',
    note: 'relayed',
    target: 37_000,
    measure: inSecp256k1Scene(async (scene) => {
      const value = { bindingId: bindingIdOf(scene.payerBinding), sequence: 0, deadline: FAR_OFF }
      const signature = scene.attesterDevice.sign(await revokeMessage(scene, value))
      return await gasOf(scene.registry.connect(scene.relayer).revoke(value, signature))
    }),
  },
  {
    name: 'revokeManyPerItem',
    note: '100 records, by 100',
    target: 8_000,
    measure: inSecp256k1Scene(revokeMany),
  },
]

async function makeSceneBinding(scene: Scene, device: Device, party = scene.party, previous?: string) {
  const times = { validFrom: LONG_AGO, validUntil: FAR_OFF, periodSeconds: 366 * DAY }
  return await makeBinding(scene, device, party, { ...times, ...(previous === undefined ? {} : { previous }) })
}

async function signed(scene: Scene, binding: Binding, device: Device, party: Device) {
  const message = await bindingMessage(scene, binding)
  return {
    device: repeatable(device).sign(message),
    party: party.sign(message),
    attester: scene.attesterDevice.sign(message),
  }
}

async function bind(scene: Scene, device: Device, deviceSigner = SIGNER_LEFT_OUT): Promise<bigint> {
  const binding = await makeSceneBinding(scene, device)
  const signatures = await signed(scene, binding, device, scene.party)
  const registry = scene.registry.connect(scene.relayer)
  return await gasOf(registry.bind(binding, signatures, deviceSigner, SIGNER_LEFT_OUT))
}

async function rebind(scene: Scene): Promise<bigint> {
  const [device, buyer, head] = [secp256k1Device('new key'), secp256k1Device('buyer'), scene.payerBinding]
  const headId = bindingIdOf(head)
  const binding = await makeSceneBinding(scene, device, buyer, headId)
  const value = { bindingId: headId, sequence: 0, successor: bindingIdOf(binding), deadline: FAR_OFF }
  const release = scene.party.sign(await registryMessage(scene, releaseTypes, value))
  const signatures = await signed(scene, binding, device, buyer)
  const registry = scene.registry.connect(scene.relayer)
  const signers = [SIGNER_LEFT_OUT, SIGNER_LEFT_OUT] as const
  return await gasOf(registry.rebind(binding, head, signatures, ...signers, SIGNER_LEFT_OUT, release, FAR_OFF))
}

async function rotateKey(scene: Scene): Promise<bigint> {
  const device = secp256k1Device('new key')
  const binding = await makeSceneBinding(scene, device, scene.party, bindingIdOf(scene.payerBinding))
  const signatures = await signed(scene, binding, device, scene.party)
  const registry = scene.registry.connect(scene.relayer)
  const signers = [SIGNER_LEFT_OUT, SIGNER_LEFT_OUT] as const
  return await gasOf(registry.rotateKey(binding, scene.payerBinding, signatures, ...signers))
}

/** A fleet of 2^15 devices, the first of which is known. */
async function fleet(scene: Scene) {
  const device = secp256k1Device('leaf')
  const leaf = await makeSceneBinding(scene, device)
  const { root, proofs } = deepFleet([leaf], 15)
  return { device, leaf, enrolment: makeEnrolment([leaf], { root, count: 2 ** 15 }), proof: proofs[0] }
}

async function enrolFleet(scene: Scene): Promise<bigint> {
  const { enrolment } = await fleet(scene)
  const message = await enrolmentMessage(scene, enrolment)
  const { party, attesterDevice } = scene
  const registry = scene.registry.connect(scene.relayer)
  return await gasOf(registry.enrol(enrolment, SIGNER_LEFT_OUT, party.sign(message), attesterDevice.sign(message)))
}

async function activate(scene: Scene): Promise<bigint> {
  const { device, leaf, enrolment, proof } = await fleet(scene)
  await enrol(scene, enrolment)
  const signature = device.sign(await bindingMessage(scene, leaf))
  const registry = scene.registry.connect(scene.relayer)
  return await gasOf(registry.activate(enrolment, leaf, 0, proof, SIGNER_LEFT_OUT, signature))
}

async function revokeMany(scene: Scene): Promise<bigint> {
  const rows: { bindingId: string; sequence: number }[] = []
  for (let i = 0; i < 100; ++i) {
    const device = secp256k1Device(`stolen ${i}`)
    const binding = await makeSceneBinding(scene, device)
    const signatures = await signed(scene, binding, device, scene.party)
    await scene.registry.bind(binding, signatures, SIGNER_LEFT_OUT, SIGNER_LEFT_OUT)
    rows.push({ bindingId: bindingIdOf(binding), sequence: 0 })
  }
  const value = { rows, deadline: FAR_OFF }
  const signature = scene.attesterDevice.sign(await registryMessage(scene, revokeManyTypes, value))
  return (await gasOf(scene.registry.connect(scene.relayer).revokeMany(1, value, signature))) / 100n
}

async function metered(scene: Scene, name: string, args: unknown[]): Promise<bigint> {
  const meter = await deploy('GasMeter')
  const data = scene.registry.interface.encodeFunctionData(name, args)
  const [gas] = (await meter.measure.staticCall(scene.registry.target, data)) as [bigint, string]
  return gas
}
