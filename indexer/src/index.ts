/** The indexer is a command line, `musubi-indexer`; what others may build on is the format of its files. */
export { COLUMN_NAMES, SCHEMA_HASH, SCHEMA_VERSION } from './billing/columns.ts'
export type { BillingRow, Column } from './billing/columns.ts'
