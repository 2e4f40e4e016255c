import type Table from 'cli-table3'

const FRAME = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
  .concat(['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'])
  .map((part) => [part, ''] as const)

/** Nothing but columns: it fits into 80 of a terminal's, and into a file. */
export function plainTable(columns: readonly string[]): Table.TableConstructorOptions {
  return {
    head: [...columns],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    chars: { ...Object.fromEntries(FRAME), middle: '  ' },
  }
}
