import cliProgress from 'cli-progress'
import { counted } from './numbers.ts'

/** Lines about sessions at most, where there is no bar: a long run must not bury what else was said. */
const SESSION_LINES_MAX = 50
const BAR_COLUMNS = 20

/** Tells people how far the demo is: a bar on a terminal, lines elsewhere. Everything goes to stderr. */
export class Progress {
  readonly #bar: cliProgress.SingleBar | undefined
  readonly #startedAt = performance.now()
  #done = 0

  constructor() {
    const format = '{bar} {percentage}% | {value}/{total} {unit} | {duration_formatted} | {step}'
    this.#bar = process.stderr.isTTY
      ? new cliProgress.SingleBar(
          {
            ...{ format, stream: process.stderr, barsize: BAR_COLUMNS, hideCursor: true, gracefulExit: false },
            formatValue: (value, _, type) => (type === 'value' || type === 'total' ? counted(value) : String(value)),
          },
          cliProgress.Presets.shades_classic,
        )
      : undefined
  }

  get seconds(): number {
    return Math.round((performance.now() - this.#startedAt) / 100) / 10
  }

  step(text: string): void {
    console.error(`[${this.seconds.toFixed(1).padStart(6)} s] ${text}`)
  }

  /** Starts to count what takes long, by its unit in the plural. */
  start(total: number, unit: string): void {
    this.#bar?.start(total, 0, { step: '', unit })
  }

  advance(count: number): void {
    this.#bar?.increment(count)
  }

  /** One more session is over, with `paid` payments in all: those that a killed device could not report are among them. */
  session(text: string, { paid, sessions }: { readonly paid: number; readonly sessions: number }): void {
    this.#done += 1
    const line = `session ${counted(this.#done)} of ${counted(sessions)}: ${text}`
    const isTold = this.#done % Math.ceil(sessions / SESSION_LINES_MAX) === 0 || this.#done === sessions
    if (this.#bar !== undefined) this.#bar.update(paid, { step: line })
    else if (isTold) this.step(line)
  }

  /** Leaves the bar as it is, and gives the terminal its cursor back. */
  end(): void {
    this.#bar?.stop()
  }
}
