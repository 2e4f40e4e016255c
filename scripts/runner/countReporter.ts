/**
 * A reporter for node:test that writes `{"passed":N,"failed":N,"skipped":N}` and nothing else. It counts tests, not
 * suites, and not the wrapper that node:test puts around a file.
 */
import { resolve } from 'node:path'
import type { TestEvent } from 'node:test/reporters'
import { add, ZERO } from './counts.ts'

export default async function* countReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let counts = ZERO
  for await (const event of events) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue
    const { data } = event
    if (data.details.type === 'suite') continue
    // A file stands as a test of its own when it broke before its first test, or when it holds none: both are failures.
    const isFile = data.nesting === 0 && data.file !== undefined && resolve(data.name) === data.file
    const isIdle = isMarked(data.skip) || isMarked(data.todo)
    if (isFile || (event.type === 'test:fail' && !isMarked(data.todo))) counts = add(counts, { ...ZERO, failed: 1 })
    else if (isIdle) counts = add(counts, { ...ZERO, skipped: 1 })
    else counts = add(counts, { ...ZERO, passed: 1 })
  }
  yield `${JSON.stringify(counts)}\n`
}

/** True for `skip: true` and for `todo: 'why'`. */
function isMarked(mark: string | boolean | undefined): boolean {
  return mark !== undefined && mark !== false
}
