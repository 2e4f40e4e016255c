/**
 * Runs a device's commands one after another, and reports what comes of them to the process that started it.
 * A command that fails is reported, and ends the process: nothing goes on half done.
 */
export function serveCommands<Command extends { readonly type: string }, Report>(
  handle: Handler<Command, Report>,
): void {
  const report = (message: unknown): void => {
    process.send?.(message)
  }
  let queue = Promise.resolve()
  process.on('message', (command: Command) => {
    queue = queue
      .then(() => handle(command, report))
      .then((answer) => {
        if (answer !== undefined) report(answer)
        // Without its parent a device of the demo has nobody to pay or serve for.
        if (command.type === 'stop') process.disconnect()
      })
      .catch((error: unknown) => {
        report({ type: 'failed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
        process.exitCode = 1
        process.disconnect()
      })
  })
  // The demo was killed: stop too, so that no process stays behind.
  process.on('disconnect', () => process.exit())
  // Ctrl-C reaches every process of a terminal; the demo alone decides what ends, and in which order.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined)
}

/** Does what a command asks, may report on the way, and answers. */
export type Handler<Command, Report> = (
  command: Command,
  report: (report: Report) => void,
) => Promise<Report | undefined>
