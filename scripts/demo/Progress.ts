import cliProgress from 'cli-progress'

/** Tells people how far the demo is: a bar on a terminal, a line a step elsewhere. Everything goes to stderr. */
export class Progress {
  readonly #bar: cliProgress.SingleBar | undefined
  readonly #startedAt = performance.now()

  constructor() {
    const format = '{bar} {percentage}% | {value}/{total} payments | {duration_formatted} | {step}'
    const shown = process.stderr.isTTY
    this.#bar = shown
      ? new cliProgress.SingleBar({ format, stream: process.stderr }, cliProgress.Presets.shades_classic)
      : undefined
  }

  get seconds(): number {
    return Math.round((performance.now() - this.#startedAt) / 100) / 10
  }

  step(text: string): void {
    console.error(`[${this.seconds.toFixed(1).padStart(6)} s] ${text}`)
  }

  startPayments(total: number): void {
    this.#bar?.start(total, 0, { step: '' })
  }

  paid(payments: number): void {
    this.#bar?.increment(payments)
  }

  session(text: string): void {
    if (this.#bar === undefined) this.step(text)
    else this.#bar.update({ step: text })
  }

  endPayments(): void {
    this.#bar?.stop()
  }
}
