import { BaseError } from '../protocol/Errors.ts'

/** Another process has the store open for writing. */
export class StoreLockedError extends BaseError {
  override readonly name = 'Store.StoreLockedError'
  constructor({ given, cause }: { given: string; cause?: unknown }) {
    super(`The store ${given} is open in another process.`, {
      next: 'Stop the other process: a device has one writer, or it could sign two vouchers of one version.',
      given,
      cause,
    })
  }
}

/** The file belongs to another chain, escrow or device. */
export class ForeignStoreError extends BaseError {
  override readonly name = 'Store.ForeignStoreError'
  constructor({ field, given, expected }: { field: string; given: unknown; expected: unknown }) {
    super(`The store's ${field} is ${String(given)}, not ${String(expected)}.`, {
      next: 'Open the file that belongs to this device and deployment, or start a new one.',
      given,
      expected,
    })
  }
}

/** The file was written by a newer version of this package. */
export class StoreSchemaError extends BaseError {
  override readonly name = 'Store.StoreSchemaError'
  constructor({ given, expected }: { given: number; expected: number }) {
    super(`The store has schema ${given}; this software knows up to ${expected}.`, {
      next: 'Update the software; an older one must not write to a newer file.',
      given,
      expected,
    })
  }
}

/** The file is damaged. */
export class StoreDamagedError extends BaseError {
  override readonly name = 'Store.StoreDamagedError'
  constructor({ given, cause }: { given: string; cause?: unknown }) {
    super(`The store is damaged: ${given}.`, {
      next: 'Do not pay or serve with it. Restore from the peer, a watchtower or a backup.',
      given,
      cause,
    })
  }
}

/** A write did not reach the disk, for example because it is full. */
export class StoreWriteError extends BaseError {
  override readonly name = 'Store.StoreWriteError'
  constructor({ given, cause }: { given: string; cause?: unknown }) {
    super(`The store could not write: ${given}.`, {
      next: 'Free space or replace the disk, then start again: the channel is frozen until then.',
      given,
      cause,
    })
  }
}

/** What was to be stored contradicts what is stored. */
export class StoreConflictError extends BaseError {
  override readonly name = 'Store.StoreConflictError'
  constructor({ what, given, expected }: { what: string; given: unknown; expected: unknown }) {
    super(`${what}: given ${String(given)}, expected ${String(expected)}.`, {
      next: 'Read the newest state from the store before writing.',
      given,
      expected,
    })
  }
}

/** The file could not be opened or made. */
export class StoreOpenError extends BaseError {
  override readonly name = 'Store.StoreOpenError'
  constructor({ given, cause }: { given: string; cause?: unknown }) {
    super(`The store could not be opened: ${given}.`, {
      next: 'Check that the folder is there, that this user may write in it, and that Node is 22.13 or newer.',
      given,
      cause,
    })
  }
}

/** The store was disposed of; nothing of this call was kept. */
export class StoreDisposedError extends BaseError {
  override readonly name = 'Store.StoreDisposedError'
  constructor({ given }: { given: string }) {
    super(`The store ${given} was disposed of.`, { next: 'Open it again before using it.', given })
  }
}

/** A limit of the store was reached; nothing of this call was kept. */
export class StoreLimitError extends BaseError {
  override readonly name = 'Store.StoreLimitError'
  constructor({ what, given, expected }: { what: string; given: number; expected: number }) {
    super(`The store's ${what} would be ${given}; at most ${expected} are kept.`, {
      next: 'Wait for earlier writes to resolve before writing more; of channels and agreements, use fewer.',
      given,
      expected,
    })
  }
}
