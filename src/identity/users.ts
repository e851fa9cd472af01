/** Users and their passwords as admins, and the users themselves, keep them. */
import { forbidden, notFound } from '../model/errors.ts'
import { defaultDomainId } from '../model/identity.ts'
import type { User, UserOptions } from '../model/identity.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import { inTransaction } from '../store/database.ts'
import type { Db } from '../store/database.ts'
import { findDomain } from '../store/domains.ts'
import { deleteTokensOf } from '../store/tokens.ts'
import * as store from '../store/users.ts'
import type { Clock } from '../util/clock.ts'
import type { JsonObject } from '../util/json.ts'
import { unauthenticated } from './authenticate.ts'
import { newIdentityId } from './new-id.ts'
import type { LoginThrottle } from './login-throttle.ts'
import type { PasswordCheck } from './password-rules.ts'
import type { Passwords } from './passwords.ts'
import type { DirectoryParts } from './projects.ts'
import { refusingTwins } from './refusing-twins.ts'

export interface NewUser {
  readonly name: string
  readonly domainId?: string
  /** Without one the user cannot log in by password. */
  readonly password?: string
  readonly description?: string | null
  readonly email?: string | null
  readonly defaultProjectId?: ProjectId | null
  readonly enabled?: boolean
  readonly options?: UserOptions
  readonly extra?: JsonObject
}

export type UserUpdate = store.UserChanges & { readonly password?: string }

interface UserDirectoryParts extends DirectoryParts {
  readonly passwords: Passwords
  readonly check: PasswordCheck
  readonly throttle: LoginThrottle
}

export class UserDirectory {
  readonly #db: Db
  readonly #clock: Clock
  readonly #changed: () => void
  readonly #passwords: Passwords
  readonly #check: PasswordCheck
  readonly #throttle: LoginThrottle

  constructor(parts: UserDirectoryParts) {
    const { db, clock, changed, passwords, check, throttle } = parts
    this.#db = db
    this.#clock = clock
    this.#changed = changed
    this.#passwords = passwords
    this.#check = check
    this.#throttle = throttle
  }

  /** @throws PolyvisorError user-not-found */
  async get(id: string): Promise<User> {
    const user = await store.findUser(this.#db, id)
    if (user === undefined) throw notFound('user', id)
    return user
  }

  list(filter: store.UserFilter = {}): Promise<User[]> {
    return store.listUsers(this.#db, filter)
  }

  /** @throws PolyvisorError domain-not-found, user-exists */
  async create(wanted: NewUser): Promise<User> {
    const user: User = {
      id: newIdentityId() as UserId,
      domainId: wanted.domainId ?? defaultDomainId,
      name: wanted.name,
      description: wanted.description ?? null,
      email: wanted.email ?? null,
      defaultProjectId: wanted.defaultProjectId ?? null,
      enabled: wanted.enabled ?? true,
      options: wanted.options ?? {},
      extra: wanted.extra ?? {},
      createdAtMs: this.#clock.nowMs(),
    }
    if ((await findDomain(this.#db, { id: user.domainId })) === undefined) throw notFound('domain', user.domainId)
    const passwordHash = wanted.password === undefined ? null : await this.#passwords.hash(wanted.password)
    await refusingTwins('user', user.name, ' in that domain', () => store.insertUser(this.#db, user, passwordHash))
    return user
  }

  /** A new password, or disabling the user, ends all of the user's tokens. @throws PolyvisorError user-not-found, user-exists */
  async update(id: string, update: UserUpdate): Promise<User> {
    const { password, ...changes } = update
    const before = await this.get(id)
    const passwordHash = password === undefined ? undefined : await this.#passwords.hash(password)
    await inTransaction(this.#db, async (trx) => {
      if (Object.keys(changes).length > 0) {
        const name = changes.name ?? before.name
        await refusingTwins('user', name, ' in that domain', () => store.updateUser(trx, before.id, changes))
      }
      if (passwordHash !== undefined) await this.#replacePassword(trx, before.id, passwordHash)
      if (passwordHash !== undefined || changes.enabled === false) await deleteTokensOf(trx, { userId: before.id })
    })
    this.#changed()
    return this.get(id)
  }

  /**
   * The user's own change of password; it ends all of the user's tokens.
   * @param address where the request came from: wrong passwords are counted by it
   * @throws PolyvisorError unauthorized, bad-request (used before), forbidden, rate-limited
   */
  async changePassword(id: string, original: string, password: string, address = ''): Promise<void> {
    return this.#throttle.guard(id, address, () => this.#changePassword(id, original, password))
  }

  async #changePassword(id: string, original: string, password: string): Promise<void> {
    const known = await this.#check.check({ id }, original)
    if (!known.user.enabled) throw unauthenticated()
    if (known.user.options.lock_password === true)
      throw forbidden('This user’s password is locked. Ask an admin to set another.')
    await this.#check.refuseFormer(known, password)
    const passwordHash = await this.#passwords.hash(password)
    await inTransaction(this.#db, async (trx) => {
      await store.lockUser(trx, known.user.id)
      const now = await store.findCredentials(trx, { id })
      if (now?.passwordHash !== known.passwordHash) throw unauthenticated()
      await this.#replacePassword(trx, known.user.id, passwordHash)
      await deleteTokensOf(trx, { userId: known.user.id })
    })
    this.#changed()
  }

  async #replacePassword(trx: Db, id: UserId, passwordHash: string): Promise<void> {
    await store.lockUser(trx, id)
    const before = await store.findCredentials(trx, { id })
    if (before !== undefined) await this.#check.keepFormer(trx, before)
    await store.setPasswordHash(trx, id, passwordHash, this.#clock.nowMs())
  }

  /** @throws PolyvisorError user-not-found */
  async delete(id: string): Promise<void> {
    const found = await store.deleteUser(this.#db, id as UserId)
    this.#changed()
    if (!found) throw notFound('user', id)
  }
}
