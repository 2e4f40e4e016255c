/** What time it is, in seconds. Roles never ask the machine's own clock. */
export type Clock = { now(): number }
