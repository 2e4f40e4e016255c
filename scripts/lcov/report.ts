/** Coverage of one contract file. `statementsPercent` is Hardhat's own figure: lcov knows lines only. */
export type FileCoverage = {
  readonly path: string
  readonly lines: number
  readonly linesHit: number
  readonly linesMissed: readonly number[]
  readonly statementsPercent: number
}

export type Coverage = { readonly files: readonly FileCoverage[]; readonly lines: number; readonly statements: number }

/**
 * Joins the two reports of one run: `lcov` has every line, and Hardhat's table has the share of statements of each file
 * and, in its row "Total", of all.
 */
export function join(lcov: string, table: string): Coverage {
  const statements = parseTable(table)
  const files = parseLcov(lcov)
    .map((file) => ({ ...file, statementsPercent: percentOf(statements, file.path) }))
    .sort((a, b) => a.path.localeCompare(b.path))
  if (files.length === 0) throw new Error('Hardhat wrote an empty coverage report: no contract was instrumented.')
  const lines = sum(files.map((file) => file.lines))
  const linesHit = sum(files.map((file) => file.linesHit))
  return { files, lines: percent(linesHit, lines), statements: percentOf(statements, 'Total') }
}

export function percent(hit: number, all: number): number {
  // Rounded down: 99.996 is not 100.
  return all === 0 ? 100 : Math.floor((hit * 10_000) / all) / 100
}

type LcovFile = Omit<FileCoverage, 'statementsPercent'>

function parseLcov(lcov: string): LcovFile[] {
  return lcov
    .split('end_of_record')
    .filter((section) => section.includes('SF:'))
    .map((section) => {
      const path = /^SF:(.+)$/m.exec(section)?.[1] ?? ''
      const lines = [...section.matchAll(/^DA:(\d+),(\d+)$/gm)].map(([, line, count]) => ({
        line: Number(line),
        hit: count !== '0',
      }))
      const linesMissed = lines.filter(({ hit }) => !hit).map(({ line }) => line)
      return { path, lines: lines.length, linesHit: lines.length - linesMissed.length, linesMissed }
    })
}

/** Rows `| path | line % | statement % | uncovered lines |`, in colours or without. */
function parseTable(table: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  // eslint-disable-next-line no-control-regex
  for (const row of table.replace(/\u001b\[\d+m/g, '').split('\n')) {
    const cells = row.split(/[|│║]/).map((cell) => cell.trim())
    const [name, , statementPercent] = cells[0] === '' ? cells.slice(1) : cells
    if (name !== undefined && statementPercent !== undefined && /^\d+\.\d\d$/.test(statementPercent)) {
      found.set(name, Number(statementPercent))
    }
  }
  return found
}

function percentOf(statements: ReadonlyMap<string, number>, path: string): number {
  const found = statements.get(path)
  if (found === undefined) throw new Error(`Hardhat's coverage table has no row "${path}".`)
  return found
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
