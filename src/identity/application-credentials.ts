/**
 * Application credentials: each is its user's own, works on one project with some of the roles that the user has there,
 * and ends with the user, the project, or any of those roles. Its secret is told once.
 */
import type { AccessRule, ApplicationCredential } from '../model/application-credential.ts'
import { badRequest, forbidden, notFound } from '../model/errors.ts'
import type { Role } from '../model/identity.ts'
import type { AuthContext } from '../model/token.ts'
import * as rules from '../store/access-rules.ts'
import * as store from '../store/application-credentials.ts'
import { inTransaction } from '../store/database.ts'
import type { Db } from '../store/database.ts'
import { effectiveRoles } from '../store/effective-roles.ts'
import { listRoles } from '../store/roles.ts'
import { holdUser } from '../store/users.ts'
import type { Clock } from '../util/clock.ts'
import { refuseDelegated } from './delegated.ts'
import { newIdentityId } from './new-id.ts'
import type { Passwords } from './passwords.ts'
import type { DirectoryParts } from './projects.ts'
import { refusingTwins } from './refusing-twins.ts'
import { randomText } from '../util/random-text.ts'

export interface NewApplicationCredential {
  readonly name: string
  readonly description?: string | null
  /** Made up when left out. */
  readonly secret?: string
  readonly expiresAtUs?: number | null
  /** By id or name; all that the token carries when left out. */
  readonly roles?: readonly ({ readonly id: string } | { readonly name: string })[]
  readonly unrestricted?: boolean
  readonly accessRules?: readonly WantedAccessRule[] | null
}

/** An id names one that the user has. */
export type WantedAccessRule = Omit<AccessRule, 'id'> | { readonly id: string }

export class ApplicationCredentials {
  readonly #db: Db
  readonly #clock: Clock
  readonly #changed: () => void
  readonly #passwords: Passwords

  constructor({ db, clock, changed, passwords }: DirectoryParts & { readonly passwords: Passwords }) {
    this.#db = db
    this.#clock = clock
    this.#changed = changed
    this.#passwords = passwords
  }

  /** @throws PolyvisorError application-credential-not-found */
  async get(userId: string, id: string): Promise<ApplicationCredential> {
    const credential = await store.findApplicationCredential(this.#db, userId, id)
    if (credential === undefined) throw notFound('application-credential', id)
    return credential
  }

  list(filter: store.CredentialFilter): Promise<ApplicationCredential[]> {
    return store.listApplicationCredentials(this.#db, filter)
  }

  /**
   * For the bearer of the token, on its project.
   * @throws PolyvisorError forbidden, bad-request, application-credential-exists
   */
  async create(
    auth: AuthContext,
    wanted: NewApplicationCredential,
  ): Promise<{ readonly credential: ApplicationCredential; readonly secret: string }> {
    const { projectId, userId } = auth
    refuseRestricted(auth)
    if (projectId === undefined)
      throw badRequest('no-project', 'An application credential is for one project: use a token scoped to it.')
    const { expiresAtUs = null, secret = randomText(64) } = wanted
    if (expiresAtUs !== null && expiresAtUs <= this.#clock.nowMs() * 1000)
      throw badRequest('expired-already', 'expires_at is in the past. Name a later moment, in UTC.')
    const credential: ApplicationCredential = {
      id: newIdentityId(),
      userId,
      projectId,
      name: wanted.name,
      description: wanted.description ?? null,
      expiresAtUs,
      unrestricted: wanted.unrestricted ?? false,
      roles: await this.#rolesFor(auth, wanted.roles),
      accessRules: await this.#rulesFor(userId, wanted.accessRules ?? null),
    }
    const secretHash = await this.#passwords.hash(secret)
    await inTransaction(this.#db, async (trx) => {
      await holdUser(trx, userId)
      // Hashing takes its time: a role may be gone meanwhile.
      const held = new Set((await effectiveRoles(trx, userId, { projectId })).map(({ id }) => id))
      if (!credential.roles.every(({ id }) => held.has(id))) throw notYourRoles()
      await refusingTwins('application-credential', wanted.name, ' among the user’s own', () =>
        store.insertApplicationCredential(trx, credential, secretHash, this.#clock.nowMs()),
      )
    })
    return { credential: await this.get(userId, credential.id), secret }
  }

  /** Its tokens end with it. @throws PolyvisorError application-credential-not-found, forbidden */
  async delete(auth: AuthContext, userId: string, id: string): Promise<void> {
    refuseRestricted(auth)
    const found = await store.deleteApplicationCredential(this.#db, userId, id)
    this.#changed()
    if (!found) throw notFound('application-credential', id)
  }

  /** @throws PolyvisorError access-rule-not-found */
  async getRule(userId: string, id: string): Promise<AccessRule> {
    const rule = await rules.findAccessRule(this.#db, userId, id)
    if (rule === undefined) throw notFound('access-rule', id)
    return rule
  }

  listRules(filter: rules.AccessRuleFilter): Promise<AccessRule[]> {
    return rules.listAccessRules(this.#db, filter)
  }

  /** @throws PolyvisorError access-rule-not-found, forbidden while a credential uses it */
  async deleteRule(auth: AuthContext, userId: string, id: string): Promise<void> {
    refuseRestricted(auth)
    await this.getRule(userId, id)
    if (await rules.deleteUnusedAccessRule(this.#db, userId, id)) return
    throw forbidden('An application credential uses that access rule. Delete the credential first.')
  }

  async #rolesFor(auth: AuthContext, wanted: NewApplicationCredential['roles']): Promise<readonly Role[]> {
    const carried = new Set(auth.roles.map(({ id }) => id))
    const known = (await listRoles(this.#db, { domainId: null })).filter(({ id }) => carried.has(id))
    if (wanted === undefined) return known
    const roles = wanted.map((one) => known.find(({ id, name }) => ('id' in one ? one.id === id : one.name === name)))
    return [...new Set(roles)].map((role) => {
      if (role === undefined) throw notYourRoles()
      return role
    })
  }

  async #rulesFor(userId: string, wanted: readonly WantedAccessRule[] | null): Promise<readonly AccessRule[] | null> {
    if (wanted === null) return null
    return Promise.all(
      wanted.map((rule) => ('id' in rule ? this.getRule(userId, rule.id) : { ...rule, id: newIdentityId() })),
    )
  }
}

function notYourRoles() {
  return badRequest('role-not-held', 'An application credential has roles that your token carries, and no others.')
}

/** Whoever has got hold of a credential, or was lent a token, shall not make others that outlive it. */
function refuseRestricted(auth: AuthContext): void {
  const { applicationCredential } = auth
  refuseDelegated(auth, 'neither makes nor deletes application credentials')
  if (applicationCredential?.unrestricted === false)
    throw forbidden('This token comes of a restricted application credential, which neither makes nor deletes others.')
}
