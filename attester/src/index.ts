export { parseDevices } from './devices/csv.ts'
