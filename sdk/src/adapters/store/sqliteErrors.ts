import { BaseError } from '../../protocol/Errors.ts'
import { StoreDamagedError, StoreLockedError, StoreOpenError, StoreWriteError } from '../../ports/StoreErrors.ts'

/** SQLite's result codes; the upper bytes of an extended one say more. */
const CODE = { perm: 3, busy: 5, readOnly: 8, ioError: 10, full: 13, cannotOpen: 14 }
/** I/O errors that come from reading: SQLITE_IOERR_READ, _SHORT_READ, _DATA, _CORRUPTFS. */
const READ_ERRORS: readonly number[] = [266, 522, 8202, 8458]

/** What SQLite says about a file that it cannot use, as an error of the store; any other error as it is. */
export function asStoreError(error: unknown, path: string): unknown {
  if (error instanceof BaseError || !hasResultCode(error)) return error
  const given = `${path}: ${error.message}`
  switch (error.errcode & 0xff) {
    case CODE.busy:
      return new StoreLockedError({ given: path, cause: error })
    case CODE.perm:
    case CODE.readOnly:
    case CODE.cannotOpen:
      return new StoreOpenError({ given, cause: error })
    case CODE.full:
      return new StoreWriteError({ given, cause: error })
    case CODE.ioError:
      if (!READ_ERRORS.includes(error.errcode)) return new StoreWriteError({ given, cause: error })
  }
  return new StoreDamagedError({ given, cause: error })
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function hasResultCode(error: unknown): error is Error & { readonly errcode: number } {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
}
