import { ProgramError, UsageError, factsOf, print, table } from '@musubi/cli'
import { asking } from '@musubi/sdk'
import { Did } from '@musubi/sdk/did'
import type { Command } from 'commander'
import type { Hex } from 'viem'
import type { History, Life } from '../registry/history.ts'
import { endOf, isLiableAt, markOn, statusAt } from '../registry/standing.ts'
import { timelineOf } from '../registry/timeline.ts'
import { hex } from '../state/schemas.ts'
import type { Deployed } from './context.ts'
import { openChain, readGlobals } from './context.ts'
import { readHistory } from './history.ts'
import { dateTime } from './dateTime.ts'

export function addShow(program: Command): void {
  program
    .command('show')
    .description('who was liable for a machine, and when')
    .argument('<device>', "a device's signer or id, or the id of one of its bindings")
    .option('--at <time>', 'who was liable at this moment: seconds since 1970, or an ISO 8601 time')
    .addHelpText('after', SHOW_HELP)
    .action(async (device: string, options: { at?: string }, command: Command) => {
      const globals = readGlobals(command)
      const named = hex.safeParse(device)
      if (!named.success) throw badOption('device', device, 'a signer or an id in hex')
      const at = options.at === undefined ? undefined : parseTime('--at', options.at)
      const chain = await openChain(globals)
      const seen = await readHistory(chain, { ...globals, blockTag: 'latest' })
      const { number: finalized } = await asking(chain.reader, 'finalized', () =>
        chain.reader.getBlock({ blockTag: 'finalized' }),
      )
      const lives = timelineOf(named.data, seen.history)
      if (lives.length === 0) throw unknownDevice(device)
      const rows = lives.map((life) => rowOf(life, { ...seen, finalized, deployment: chain.deployment }))
      if (at === undefined) {
        print(globals.json, { device: named.data, bindings: rows }, () => [tableOf(rows)])
        return
      }
      if (at > seen.at) throw badOption('--at', dateTime(at), `no later than the newest block, ${dateTime(seen.at)}`)
      const index = lives.findIndex((life) => isLiableAt(life, seen.history, at))
      const result = {
        device: named.data,
        at: dateTime(at),
        liable: rows[index]?.party ?? null,
        binding: rows[index] ?? null,
      }
      print(globals.json, result, () => [factsOf({ at: result.at, liable: result.liable ?? 'nobody' }), tableOf(rows)])
    })
}

const SHOW_HELP = `
Renewals, new keys and resales are followed in both directions. The flag COMPROMISED ATTESTER stands at every binding that
was vouched for by an attester whose key was in wrong hands, and says whether that ended it; liability before stands.

  musubi-attester show 0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65 --at 2027-01-15T12:00:00Z`

type Row = {
  readonly bindingId: Hex
  readonly device: string
  readonly party: string
  readonly attester: Hex
  readonly from: string
  readonly until: string
  readonly status: string
  readonly successor: Hex | null
  readonly flag: string
  readonly final: boolean
}

type Showing = {
  readonly history: History
  readonly at: number
  readonly finalized: bigint
  readonly deployment: Deployed
}

function rowOf(life: Life, { history, at, finalized, deployment }: Showing): Row {
  const { bindingId, binding, deviceSigner, startedAt, successor = null, startBlock } = life
  const mark = markOn(life, history)
  const flag = mark && `COMPROMISED ATTESTER since ${dateTime(mark.since)}${mark.endsIt ? ', ended by the mark' : ''}`
  return {
    ...{ bindingId, device: Did.of(deviceSigner, deployment), party: binding.partyId },
    ...{ attester: binding.attester, from: dateTime(startedAt), until: dateTime(endOf(life, history)) },
    ...{ status: statusAt(life, history, at), successor, flag: flag ?? '', final: startBlock <= finalized },
  }
}

function tableOf(rows: readonly Row[]): string {
  const head = ['from', 'until', 'liable party', 'device', 'status', 'binding', 'flag', 'final']
  return table(
    head,
    rows.map((row) => [
      ...[row.from, row.until, short(row.party), row.device.slice(-20), row.status],
      ...[short(row.bindingId), row.flag, row.final ? 'yes' : 'not yet'],
    ]),
  )
}

/** Seconds, from either form. */
export function parseTime(option: string, text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Date.parse(text) / 1000
  if (Number.isInteger(value) && value > 0) return value
  throw badOption(option, text, 'seconds since 1970, or an ISO 8601 time with its zone')
}

function short(id: string): string {
  return `${id.slice(0, 10)}…${id.slice(-6)}`
}

function badOption(option: string, given: string, expected: string): UsageError {
  const next = 'See `musubi-attester show --help`.'
  return new UsageError('Cli.BadOptionError', `The value of ${option} cannot be used.`, { given, expected, next })
}

function unknownDevice(given: string): ProgramError {
  return new ProgramError('Show.UnknownDeviceError', 'The registry has no binding of this device.', {
    given,
    expected: 'a device that was bound, or has activated its leaf',
    next: 'Check the signer; a P-256 device is named as verifier || x || y, and a leaf counts from its activation.',
  })
}
