/** Failures of steps, in the one form that is stored and shown. */
import { PolyvisorError } from '../../model/errors.ts'
import type { OperationError } from '../../model/operation.ts'

export class StepError extends Error {
  override readonly name = 'StepError'
  readonly error: OperationError

  constructor(error: OperationError, cause?: unknown) {
    super(`${error.code}: ${error.details || error.message}`, cause === undefined ? undefined : { cause })
    this.error = error
  }
}

export function stepError(
  code: string,
  message: string,
  options: { retry?: OperationError['retry']; details?: string } = {},
): StepError {
  return new StepError({ code, message, details: options.details ?? '', retry: options.retry ?? 'never' })
}

export function toOperationError(error: unknown): OperationError {
  if (error instanceof StepError) return error.error
  if (error instanceof PolyvisorError) {
    return { code: error.code, message: error.message, details: error.internal ?? '', retry: 'never' }
  }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {
    code: 'internal',
    message: 'An internal error stopped this operation. Your operator finds it in the log under the request id.',
    details,
    retry: 'never',
  }
}

export const cancelledError: OperationError = {
  code: 'cancelled',
  message: 'The operation was cancelled.',
  details: '',
  retry: 'never',
}
