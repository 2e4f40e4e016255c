import { createHmac } from 'node:crypto'
import type { Hex } from 'viem'
import { concat, hexToBytes, stringToHex, toHex } from 'viem'
import { ZERO_HASH, car, named, p256Car, required, sha256 } from './cast.ts'
import type { Member } from './cast.ts'
import { bindingIdOf, bindings } from './identity.ts'

const SECRET = named("attester's secret of freshness")

function bindingOf(device: Member) {
  const found = bindings.find((each) => each.device === device)
  return required(found, `binding of ${device.name}`).binding
}

/** A device's binding that carries the tip of its own chain. */
export function tippedOf(device: Member, days: number) {
  return { ...bindingOf(device), freshnessTip: required(chainOf(device, days).preimages[0], 'tip') }
}

/** The chain of one device's binding: every day's pre-image, the first day's first. */
export function chainOf(device: Member, days: number) {
  const untipped = { ...bindingOf(device), freshnessTip: ZERO_HASH }
  const message = concat([stringToHex('musubi/freshness/1'), bindingIdOf(untipped)])
  const seed = toHex(createHmac('sha256', hexToBytes(SECRET)).update(hexToBytes(message)).digest())
  const backwards: Hex[] = [seed]
  for (let day = 1; day < days; day++) backwards.push(sha256(backwards[day - 1] ?? seed))
  return { seed, preimages: backwards.reverse() }
}

export function freshnessVectors() {
  return [
    { device: car, days: 1, shown: [0] },
    { device: car, days: 365, shown: [0, 1, 30, 364] },
    { device: p256Car, days: 7305, shown: [0, 7304] },
  ].map(({ device, days, shown }) => {
    const { seed, preimages } = chainOf(device, days)
    const tokens = shown.map((day) => ({ day, preimage: preimages[day] }))
    return {
      name: `${device.name}, ${days} days`,
      secret: SECRET,
      binding: tippedOf(device, days),
      days,
      seed,
      tip: preimages[0],
      tokens,
    }
  })
}
