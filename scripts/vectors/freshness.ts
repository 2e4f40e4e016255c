import { createHmac } from 'node:crypto'
import type { Hex } from 'viem'
import { concat, hexToBytes, stringToHex, toHex } from 'viem'
import { START, car, named, p256Car, sha256 } from './cast.ts'
import type { Member } from './cast.ts'
import { uint } from './wire.ts'

const SECRET = named("attester's secret of freshness")

/** One device's chain: every day's pre-image, the first day's first. */
export function chainOf(device: Member, days: number) {
  const message = concat([stringToHex('musubi/freshness/1'), device.id, uint(START, 5)])
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
      deviceId: device.id,
      validFrom: START,
      days,
      seed,
      tip: preimages[0],
      tokens,
    }
  })
}
