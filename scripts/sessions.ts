/**
 * Writes a file of made-up charging sessions for `npm run demo -- --data FILE`. The same arguments give the same file:
 * nothing in it comes from a clock or from chance.
 */
import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { SESSIONS_MAX, STATIONS_MAX, parseSessions } from './demo/ChargingSession.ts'
import { makeSessions } from './sessions/makeSessions.ts'
import { wholeUpTo } from './sessions/wholeUpTo.ts'

const DAYS_MAX = 300

const { out, ...options } = new Command('sessions')
  .description('Write a CSV of made-up charging sessions for the demo. The same arguments give the same file.')
  .option('--sessions <n>', `sessions, up to ${SESSIONS_MAX}`, wholeUpTo(SESSIONS_MAX), SESSIONS_MAX)
  .option('--stations <n>', `stations, up to ${STATIONS_MAX}`, wholeUpTo(STATIONS_MAX), STATIONS_MAX)
  .option('--days <n>', 'days over which the sessions are spread', wholeUpTo(DAYS_MAX), 28)
  .option('--seed <n>', 'another number gives other sessions', wholeUpTo(2 ** 32 - 1), 1)
  .option('--out <file>', 'where the file goes; without it, standard output')
  .parse()
  .opts<{ sessions: number; stations: number; days: number; seed: number; out?: string }>()

const text = makeSessions(options)
// What the demo would refuse must not leave the house.
parseSessions(text)
if (out === undefined) process.stdout.write(text)
else await writeFile(out, text)
