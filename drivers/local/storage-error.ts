/** File system errors as the contract's codes. */
import { DriverError } from '../../src/driver/driver-error.ts'

/** STORAGE_FULL or DENIED for errors that say so by their code; undefined for all others. */
export function storageError(error: unknown): DriverError | undefined {
  const { code, message } = error as NodeJS.ErrnoException
  const options = { effect: 'none', native: message, cause: error } as const
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new DriverError('STORAGE_FULL', "The host's storage is full.", options)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new DriverError('DENIED', 'The host does not permit writing to its storage.', options)
  }
  return undefined
}

/** Any error as a DriverError. */
export function anyDriverError(error: unknown): DriverError {
  if (error instanceof DriverError) return error
  const native = error instanceof Error ? error.message : String(error)
  return storageError(error) ?? new DriverError('BUG', 'The host failed unexpectedly.', { native, cause: error })
}

/** Runs a driver's method: only DriverErrors leave a driver. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw anyDriverError(error)
  }
}
