/** Runs every static check, each to its end, and says which failed. Each is a script of its own too: `npm run check:format`. */
import { join } from 'node:path'
import { Command } from 'commander'
import { run } from './runner/command.ts'
import { add, summaryLine, ZERO } from './runner/counts.ts'

const PARTS = ['format', 'lint', 'solidity', 'types', 'imports', 'codegen', 'vectors', 'gas'] as const
const PART_SECONDS_MAX = 10 * 60

new Command('npm run check --')
  .description(`Run all static checks (${PARTS.join(', ')}); each also runs alone as "npm run check:<part>".`)
  .parse()

process.chdir(join(import.meta.dirname, '..'))

let total = ZERO
for (const part of PARTS) {
  const { code, output, seconds } = await run('npm', ['run', '--silent', `check:${part}`], {
    echo: false,
    secondsMax: PART_SECONDS_MAX,
  })
  const passed = code === 0
  total = add(total, { ...ZERO, passed: passed ? 1 : 0, failed: passed ? 0 : 1 })
  console.log(`${passed ? 'ok    ' : 'FAILED'}  ${part.padEnd(8)}  ${seconds.toFixed(1).padStart(5)} s`)
  if (!passed) console.log(output.trimEnd().replace(/^/gm, '        '))
}
if (total.failed > 0) process.exitCode = 1
console.log(summaryLine(total))
