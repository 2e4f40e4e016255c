/** The payee's side as a process of its own: `payeeProcess.ts STORE CHANNELS`. Tells its URL to the process that started it. */
import { listenWebSocket, machineTimers, servePayer } from '@musubi/sdk'
import { channelRecords, openSide } from './fixture.ts'
import { openPayee } from './sessions.ts'

const [path, channels] = process.argv.slice(2)
if (path === undefined || channels === undefined) throw new Error('Usage: payeeProcess.ts STORE CHANNELS')

const side = await openSide('payee', path)
const records = new Map((await channelRecords(Number(channels))).map((record) => [record.channelId, record]))
const listener = await listenWebSocket({
  onConnection: (connection) =>
    void servePayer({
      connection,
      timers: machineTimers,
      payeeOf: async (channelId) => {
        const record = records.get(channelId)
        return record === undefined ? undefined : openPayee(record, side)
      },
    }),
})
process.on('disconnect', () => process.exit())
process.send?.(listener.url)
