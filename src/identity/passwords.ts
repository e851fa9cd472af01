/**
 * Password hashing: argon2id in libuv's thread pool, few at a time, so that a rush of logins starves neither
 * the event loop nor the pool that files are read through.
 */
import { hash, verify } from '@node-rs/argon2'
import { randomBytes } from 'node:crypto'
import { PolyvisorError } from '../model/errors.ts'
import { createLimiter } from '../util/limiter.ts'

export interface Passwords {
  /** A PHC string (`$argon2id$...`), salted. */
  hash(password: string): Promise<string>
  /** With `undefined` or null as the hash it answers false after the same work as a real comparison. */
  verify(passwordHash: string | null | undefined, password: string): Promise<boolean>
}

/** OWASP's least for argon2id: 19 MiB, two passes, one lane; about 30 ms of one core. */
export const defaultPasswordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export interface PasswordCost {
  /** KiB. */
  readonly memoryCost: number
  readonly timeCost: number
  readonly parallelism: number
}

const atOnce = 2
const maxWaiting = 500

export function createPasswords(cost: PasswordCost = defaultPasswordCost): Passwords {
  const limited = createLimiter({
    atOnce,
    maxWaiting,
    whenFull: () =>
      new PolyvisorError(
        'unavailable',
        'too-many-logins',
        'Too many logins are under way. Try again in a few seconds.',
      ),
  })
  // What a user who does not exist is compared with; nobody knows its password.
  const decoy = hash(randomBytes(32), cost)
  decoy.catch(() => undefined)
  return {
    hash: (password) => limited(() => hash(password, cost)),
    async verify(passwordHash, password) {
      const against = passwordHash ?? (await decoy)
      const matches = await limited(() => verify(against, password))
      return matches && typeof passwordHash === 'string'
    },
  }
}
