import cliProgress from 'cli-progress'

const BAR_COLUMNS = 30

/** How far a run is: a bar on a terminal, a line for each mutant elsewhere. Everything goes to stderr. */
export class Progress {
  readonly #bar: cliProgress.SingleBar | undefined
  readonly #total: number
  #done = 0

  constructor(total: number) {
    const format = '{bar} {value}/{total} | {duration_formatted}, {eta_formatted} left | {text}'
    this.#total = total
    this.#bar = process.stderr.isTTY
      ? new cliProgress.SingleBar(
          { format, stream: process.stderr, barsize: BAR_COLUMNS, hideCursor: true, gracefulExit: false },
          cliProgress.Presets.shades_classic,
        )
      : undefined
    this.#bar?.start(total, 0, { text: '' })
  }

  advance(text: string): void {
    this.#done += 1
    if (this.#bar === undefined) console.error(`[${this.#done}/${this.#total}] ${text}`)
    else this.#bar.update(this.#done, { text })
  }

  end(): void {
    this.#bar?.stop()
  }
}
