import { stringify } from 'csv-stringify/sync'
import { type BillingRow, COLUMN_NAMES, COLUMNS } from '../billing/columns.ts'
import { InternalError } from '../errors.ts'

/** RFC 4180: every field quoted, CRLF, header, UTF-8 without a byte order mark. */
export function renderCsv(rows: readonly BillingRow[]): string {
  for (const row of rows) {
    for (const [name, pattern] of COLUMNS) {
      // The registers let nothing else in; a field that slipped through must not leave the house.
      if (!pattern.test(row[name]))
        throw new InternalError(`Column ${name} does not hold its own type.`, row[name], pattern.source)
    }
  }
  return stringify(
    rows.map((row) => COLUMN_NAMES.map((name) => row[name])),
    { header: true, columns: [...COLUMN_NAMES], quoted: true, quoted_empty: true, record_delimiter: 'windows' },
  )
}
