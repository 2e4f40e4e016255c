/** What time it is, in whole seconds. Roles never ask the machine's own clock. */
export type Clock = { now(): number }
