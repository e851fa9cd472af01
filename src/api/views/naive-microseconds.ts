/** Moments of application credentials, to the microsecond: clients compare what they get with what they sent. */
import { badRequest } from '../../model/errors.ts'

/** `2026-11-22T11:05:00.123456` */
export function naiveMicroseconds(us: number): string {
  const seconds = new Date(Math.floor(us / 1e6) * 1000).toISOString().slice(0, 19)
  return `${seconds}.${String(us % 1e6).padStart(6, '0')}`
}

const pattern = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?$/

/** Without a zone it is UTC. @throws PolyvisorError bad-request */
export function readMicroseconds(text: string): number {
  const [, day = '', time = '', fraction = '', zone = 'Z'] = pattern.exec(text) ?? []
  const seconds = Date.parse(`${day}T${time}${zone}`) / 1000
  if (!Number.isSafeInteger(seconds) || seconds < 0)
    throw badRequest('malformed-time', 'expires_at must be a moment in UTC, such as 2026-11-22T11:05:00.123456.')
  return seconds * 1e6 + Number(fraction.padEnd(6, '0').slice(0, 6))
}
