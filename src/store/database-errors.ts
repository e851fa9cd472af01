/** What went wrong, told apart on both databases. */
import { PolyvisorError } from '../model/errors.ts'

const deadlock = '40P01'
const serializationFailure = '40001'
const featureNotSupported = '0A000'

/** Nothing of the transaction stayed, and the next try may well succeed. */
export function mayBeTriedAgain(error: unknown): boolean {
  const code = codeOf(error)
  return code === deadlock || code === serializationFailure || isStalePlan(error)
}

/** A prepared statement whose table got another column meanwhile. */
export function isStalePlan(error: unknown): boolean {
  return codeOf(error) === featureNotSupported && /cached plan/.test((error as Error).message)
}

/** The row that a new one refers to is not there (any more). */
export function isForeignKeyViolation(error: unknown): boolean {
  return codeOf(error) === '23503' || (error instanceof Error && /FOREIGN KEY constraint failed/.test(error.message))
}

const unavailableCode = 'database-unavailable'

/** The connection broke or none can be had; whether a commit that was under way took place is not known. */
export function databaseUnavailable(cause: unknown): PolyvisorError {
  const text = 'The database does not answer at the moment; try again later.'
  const internal = cause instanceof Error ? cause.message : String(cause)
  return inItsOwnWords(new PolyvisorError('unavailable', unavailableCode, text, { cause, internal }))
}

/** knex puts the statement before the message of whatever comes out of one; what callers are told is not for that. */
export function inItsOwnWords<E extends Error>(error: E): E {
  const { message } = error
  return Object.defineProperty(error, 'message', { get: () => message, set: () => undefined })
}

export function isDatabaseUnavailable(error: unknown): boolean {
  return error instanceof PolyvisorError && error.code === unavailableCode
}

/** PostgreSQL's SQLSTATE, or the system's error code. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
