import { anchorMessage, anchorOf } from '../../test/contracts/helpers/anchors.ts'
import type { Device } from '../../test/contracts/helpers/devices.ts'
import { deploy } from '../../test/contracts/helpers/world.ts'
import type { Figure } from './figure.ts'
import { gasOf, inSecp256k1Scene } from './figure.ts'
import { repeatable } from './scene.ts'
import type { Scene } from './scene.ts'

/** Of a publisher with a secp256k1 key, whose signer is left out. */
export const anchors: readonly Figure[] = [
  {
    name: 'anchorFirst',
    note: "publisher's slot from zero",
    measure: inSecp256k1Scene((scene) => anchor(scene, scene.charger, 1)),
  },
  {
    name: 'anchor',
    note: 'second epoch',
    target: 40_000,
    measure: inSecp256k1Scene((scene) => anchor(scene, scene.charger, 2)),
  },
  {
    name: 'anchorP256',
    note: 'as anchor; signature without zero bytes',
    measure: inSecp256k1Scene((scene) => anchor(scene, repeatable(scene.p256Charger), 2)),
  },
]

/** Publishes so many epochs, and measures the last one. */
async function anchor(scene: Scene, publisher: Device, epochs: number): Promise<bigint> {
  const ledger = (await deploy('LedgerAnchor', [scene.verifier.target])).connect(scene.relayer)
  const signer = publisher.signer.length === 42 ? '0x' : publisher.signer
  let gas = 0n
  for (let epoch = 1; epoch <= epochs; ++epoch) {
    const value = anchorOf(publisher, epoch)
    gas = await gasOf(ledger.anchor(value, signer, publisher.sign(await anchorMessage(ledger, value))))
  }
  return gas
}
