/** What an operator may ask of passwords: that old ones do not come back, and that guessing one locks the account. */
import { badRequest } from '../model/errors.ts'
import type { User } from '../model/identity.ts'
import type { UserReference } from '../model/token.ts'
import type { Db } from '../store/database.ts'
import { addFormerPassword, listFormerPasswords } from '../store/former-passwords.ts'
import { clearFailedLogins, countFailedLogin, findCredentials, type Credentials } from '../store/users.ts'
import type { Clock } from '../util/clock.ts'
import { unauthenticated } from './authenticate.ts'
import type { Passwords } from './passwords.ts'

export interface PasswordRules {
  /** A new password differs from so many last ones, the current one included. */
  readonly history: number
  /** Wrong ones in a row, from wherever, until the user is locked out; 0 for never. */
  readonly lockoutFailures: number
  /** From the last wrong one on. */
  readonly lockoutMs: number
}

export const defaultPasswordRules: PasswordRules = { history: 1, lockoutFailures: 0, lockoutMs: 1_800_000 }

interface PasswordCheckParts {
  readonly db: Db
  readonly clock: Clock
  readonly passwords: Passwords
  readonly rules: PasswordRules
}

export class PasswordCheck {
  readonly #parts: PasswordCheckParts

  constructor(parts: PasswordCheckParts) {
    this.#parts = parts
  }

  /**
   * Outside of a transaction: a failure is counted whatever comes of the request. Takes as long for a user who does
   * not exist, or is locked out, as for a wrong password, and is told in the same words.
   * @throws PolyvisorError unauthorized
   */
  async check(reference: UserReference, password: string): Promise<Credentials> {
    const { db, passwords } = this.#parts
    const known = await findCredentials(db, reference)
    const isRight = await passwords.verify(known?.passwordHash, password)
    if (known === undefined || this.#isLocked(known)) throw unauthenticated()
    if (!isRight) {
      await this.#count(known.user)
      throw unauthenticated()
    }
    if (known.failedLogins > 0) await clearFailedLogins(db, known.user.id)
    return known
  }

  /** @throws PolyvisorError bad-request when the user had it lately, or has it */
  async refuseFormer({ user, passwordHash }: Credentials, password: string): Promise<void> {
    const { db, passwords, rules } = this.#parts
    const former = await listFormerPasswords(db, user.id, rules.history - 1)
    for (const hash of [passwordHash, ...former]) {
      if (!(await passwords.verify(hash, password))) continue
      const which = rules.history === 1 ? 'the one in force' : `the last ${rules.history}`
      throw badRequest('password-used-before', `The new password must differ from ${which}. Choose another.`)
    }
  }

  /** Inside a transaction that has the user locked: what is in force now becomes a former one. */
  async keepFormer(trx: Db, { user, passwordHash }: Credentials): Promise<void> {
    const kept = this.#parts.rules.history - 1
    if (kept > 0 && passwordHash !== null) await addFormerPassword(trx, user.id, passwordHash, kept)
  }

  #isLocked({ user, failedLogins, failedLoginAtMs }: Credentials): boolean {
    const { clock, rules } = this.#parts
    if (rules.lockoutFailures === 0 || user.options.ignore_lockout_failure_attempts === true) return false
    return failedLogins >= rules.lockoutFailures && (failedLoginAtMs ?? 0) > clock.nowMs() - rules.lockoutMs
  }

  async #count(user: User): Promise<void> {
    const { db, clock, rules } = this.#parts
    if (rules.lockoutFailures === 0) return
    const nowMs = clock.nowMs()
    await countFailedLogin(db, user.id, nowMs, nowMs - rules.lockoutMs)
  }
}
