/** Bytes that nobody can guess. An argument, so that tests can repeat them. */
export type Random = { bytes(size: number): Uint8Array }
