/**
 * What 1,000 settled channels cost in yen on an OP-type and an Arbitrum-type chain, beside a card's fee. Gas and bytes are the
 * committed figures of a batch of 100 rows; every price is an option, and is printed with where its default comes from.
 */
import { join } from 'node:path'
import Table from 'cli-table3'
import { Command, InvalidArgumentError } from 'commander'
import * as committed from './gas/committed.ts'
import type { Batch } from './cost/cost.ts'
import { arbitrumFee, cardYen, opFee, yenFor } from './cost/cost.ts'
import type { PriceName, Prices } from './cost/prices.ts'
import { PRICES } from './cost/prices.ts'

const GAS_FILE = join(import.meta.dirname, '..', 'test', 'gas', 'gas.json')
const CHANNELS = 1_000
const ROWS = 100
const NAMES = Object.keys(PRICES) as PriceName[]

const program = new Command('npm run cost --')
  .description(`What ${CHANNELS} settled channels cost in yen on two kinds of chains, beside a card's fee.`)
  .option('--json', 'print prices and costs as one JSON object on the last line')
for (const { flag, unit, value, source } of Object.values(PRICES)) {
  program.option(`${flag} <number>`, `${unit}; ${source}`, toPrice, value)
}
const options = program.parse().opts<Prices & { readonly json?: true }>()

const prices = Object.fromEntries(NAMES.map((name) => [name, options[name]])) as Prices
const batch = await readBatch()
const costs = {
  op: yenFor(CHANNELS, batch, opFee(batch, prices), prices),
  arbitrum: yenFor(CHANNELS, batch, arbitrumFee(batch, prices), prices),
  card: cardYen(CHANNELS, prices),
}
console.log(renderPrices())
console.log(renderCosts())
if (options.json) console.log(JSON.stringify({ channels: CHANNELS, batch, prices, yen: costs }))

function toPrice(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value
  throw new InvalidArgumentError(`expected a number from 0, got ${text}`)
}

async function readBatch(): Promise<Batch> {
  const gas = await committed.read(GAS_FILE)
  const of = (name: string) => {
    const value = gas[name]
    if (value === undefined)
      throw new Error(`test/gas/gas.json has no ${name}. Write it with \`npm run gas -- --write\`.`)
    return value
  }
  return {
    rows: ROWS,
    gas: of('settle100PerChannel') * ROWS,
    fastLzBytes: of('settle100FastLzBytes'),
    brotliBytes: of('settle100L1Bytes'),
  }
}

function renderPrices(): string {
  const table = new Table({
    head: ['option', 'value', 'unit', 'default and its source'],
    style: { head: [] },
    wordWrap: true,
    colWidths: [28, 12, 34, 66],
  })
  for (const name of NAMES) {
    const { flag, unit, value, source } = PRICES[name]
    table.push([flag, prices[name], unit, prices[name] === value ? source : `given; default ${value}`])
  }
  return table.toString()
}

function renderCosts(): string {
  const right = ['left', 'right', 'right', 'right', 'right', 'right'] as const
  const head = [`yen for ${CHANNELS} channels`, 'execution', 'data', 'operator', 'total', 'for one']
  const table = new Table({ head, colAligns: [...right], style: { head: [] } })
  const yen = (value: number) => value.toFixed(value < 10 ? 4 : 2)
  for (const [name, { execution, data, operator, total }] of [
    ['OP-type', costs.op],
    ['Arbitrum-type', costs.arbitrum],
  ] as const) {
    table.push([name, yen(execution), yen(data), yen(operator), yen(total), yen(total / CHANNELS)])
  }
  table.push([`card, payments of ${prices.paymentYen} yen`, '', '', '', yen(costs.card), yen(costs.card / CHANNELS)])
  return table.toString()
}
