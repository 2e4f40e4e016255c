// coverage report
// |-- given lcov and Hardhat's table of one run
// |   |-- it adds up the lines, names those not reached, and takes statements from the table
// |   `-- it rounds down, so that nearly all is not all
// `-- given reports that do not belong together
//     |-- it names the file that the table does not have
//     `-- it refuses an empty report
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { join, percent } from '../../scripts/lcov/report.ts'

const LCOV = `TN:
SF:contracts/B.sol
DA:3,1
DA:4,0
DA:9,0
LH:1
LF:3
end_of_record
SF:contracts/A.sol
DA:7,1
LH:1
LF:1
end_of_record
`

const TABLE = `
║ \u001b[33mFile Path\u001b[39m       │ Line % │ Statement % │ Uncovered Lines ║
║ contracts/A.sol │ 100.00 │ 100.00      │ -               ║
║ contracts/B.sol │ 33.33  │ 25.00       │ 4, 9            ║
║ Total           │ 50.00  │ 40.00       │                 ║
`

describe("coverage report, given lcov and Hardhat's table of one run", () => {
  test('it adds up the lines, names those not reached, and takes statements from the table', () => {
    assert.deepEqual(join(LCOV, TABLE), {
      files: [
        { path: 'contracts/A.sol', lines: 1, linesHit: 1, linesMissed: [], statementsPercent: 100 },
        { path: 'contracts/B.sol', lines: 3, linesHit: 1, linesMissed: [4, 9], statementsPercent: 25 },
      ],
      lines: 50,
      statements: 40,
    })
  })
  test('it rounds down, so that nearly all is not all', () => {
    assert.equal(percent(99_999, 100_000), 99.99)
    assert.equal(percent(100_000, 100_000), 100)
  })
})

describe('coverage report, given reports that do not belong together', () => {
  test('it names the file that the table does not have', () => {
    assert.throws(() => join(LCOV, TABLE.replace('contracts/B.sol', 'contracts/C.sol')), /no row "contracts\/B\.sol"/)
  })
  test('it refuses an empty report', () => {
    assert.throws(() => join('TN:\n', TABLE), /empty coverage report/)
  })
})
