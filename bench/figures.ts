import Table from 'cli-table3'

/** One measured figure, and the value that it should not exceed. */
export type Figure = { readonly name: string; readonly value: Value; readonly wanted?: number; readonly note?: string }
type Value = number | string

const NOTE_WIDTH = 72

/** The figures as a table: what is wanted of them stands beside them, and whether it is met. */
export function render(figures: readonly Figure[]): string {
  const table = new Table({
    head: ['figure', 'median', 'wanted', '', 'note'],
    colAligns: ['left', 'right', 'right', 'left', 'left'],
    colWidths: [null, null, null, null, NOTE_WIDTH],
    wordWrap: true,
    style: { head: [], border: [] },
    // No lines between the rows.
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  })
  for (const { name, value, wanted, note } of figures) {
    const limit = wanted === undefined ? '' : `<= ${wanted}`
    table.push([name, String(value), limit, verdict(value, wanted), note ?? ''])
  }
  return table.toString()
}

/** The figures by their names, for the last line of the output. */
export function toJson(figures: readonly Figure[]): string {
  return JSON.stringify(Object.fromEntries(figures.map(({ name, value }) => [name, value])))
}

/** Three decimals: a shared machine gives no more. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}

function verdict(value: Value, wanted: number | undefined): string {
  if (wanted === undefined) return ''
  return Number(value) <= wanted ? 'met' : 'missed'
}
