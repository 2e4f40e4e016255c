export { parseDevices } from './devices/csv.ts'
export { AttesterError, UsageError } from './errors.ts'
