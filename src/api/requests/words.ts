/** Words in requests that stand for a truth value, an amount or a moment. */
import { badRequest } from '../../model/errors.ts'

const yes = new Set(['1', 't', 'true', 'on', 'y', 'yes'])
const no = new Set(['0', 'f', 'false', 'off', 'n', 'no'])

/** As Nova reads booleans. @throws PolyvisorError bad-request naming the field */
export function readBoolean(field: string, value: boolean | string): boolean {
  const word = String(value).trim().toLowerCase()
  if (yes.has(word)) return true
  if (no.has(word)) return false
  throw badRequest('invalid-boolean', `Invalid input for field/attribute ${field}: it must be True or False.`)
}

/** A number that the contract allows to come as text. @throws PolyvisorError bad-request when it is too large to keep */
export function readAmount(field: string, value: number | string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise
  const amount = Number(value)
  if (amount <= 2_147_483_647) return amount
  throw badRequest('amount-too-large', `Invalid input for field/attribute ${field}: it must be 2147483647 at most.`)
}

/** ISO 8601; without a zone it is UTC. @throws PolyvisorError bad-request naming the field */
export function readTime(field: string, text: string): number {
  // A `+` that nobody encoded arrives as a blank.
  const repaired = text
    .trim()
    .replace(/ (\d\d:?\d\d)$/, '+$1')
    .replace(' ', 'T')
  const zoned = /(Z|[+-]\d\d(:?\d\d)?)$/.test(repaired.slice(10))
    ? repaired
    : `${repaired}${repaired.includes('T') ? 'Z' : ''}`
  const ms = /^\d{4}-\d\d-\d\d/.test(zoned) ? Date.parse(zoned.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : Number.NaN
  if (Number.isFinite(ms)) return ms
  throw badRequest(
    'invalid-time',
    `Invalid input for field/attribute ${field}: it must be a date-time such as 2026-01-31T12:00:00Z.`,
  )
}

/** A list's `changes-since` and `changes-before`. @throws PolyvisorError bad-request */
export function readChangeTimes(query: {
  readonly 'changes-since'?: string | undefined
  readonly 'changes-before'?: string | undefined
}): { readonly changedSinceMs: number | undefined; readonly changedBeforeMs: number | undefined } {
  const since = query['changes-since']
  const before = query['changes-before']
  const changedSinceMs = since === undefined ? undefined : readTime('changes-since', since)
  const changedBeforeMs = before === undefined ? undefined : readTime('changes-before', before)
  if (changedSinceMs !== undefined && changedBeforeMs !== undefined && changedSinceMs > changedBeforeMs) {
    throw badRequest('empty-time-range', 'The value of changes-since must be less than or equal to changes-before.')
  }
  return { changedSinceMs, changedBeforeMs }
}
