/** What went wrong in words that say what to do. Printed without a stack. */
export class DeployError extends Error {
  override readonly name = 'DeployError'
}

/** Text of whatever was thrown, with the causes that libraries hide the reason in. */
export function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : ` (${textOf(error.cause)})`
  return `${error.message
    .trim()
    .replace(/\.$/, '')
    .replace(/\.?\n+/g, '; ')}${cause}`
}
