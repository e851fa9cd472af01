/**
 * Trusts: the trustor lends roles on one project to the trustee, for a time or a number of uses. What a trust is good
 * for is judged anew at each validation: it ends with the people in it, the project, and any role that the trustor loses.
 */
import { badRequest, forbidden, notFound } from '../model/errors.ts'
import type { Role } from '../model/identity.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import type { AuthContext } from '../model/token.ts'
import type { Trust } from '../model/trust.ts'
import { inTransaction } from '../store/database.ts'
import type { Db } from '../store/database.ts'
import { findProject } from '../store/projects.ts'
import * as store from '../store/trusts.ts'
import { findUser } from '../store/users.ts'
import type { Clock } from '../util/clock.ts'
import { holdWithRoles, refuseDelegated, refuseNotCarried, refuseRestricted } from './delegated.ts'
import { newIdentityId } from './new-id.ts'
import type { DirectoryParts } from './projects.ts'
import { rolesNamed, type RoleReference } from './roles-named.ts'
import { handedOn, maxRedelegations } from './trust-redelegation.ts'

export interface NewTrust {
  readonly trustorId: UserId
  readonly trusteeId: UserId
  readonly projectId: ProjectId | null
  readonly impersonation: boolean
  readonly expiresAtUs: number | null
  readonly remainingUses: number | null
  readonly allowRedelegation: boolean
  /** As often as possible when left out. */
  readonly redelegationCount: number | null
  readonly roles: readonly RoleReference[]
}

export class TrustDirectory {
  readonly #db: Db
  readonly #clock: Clock
  readonly #changed: () => void

  constructor({ db, clock, changed }: DirectoryParts) {
    this.#db = db
    this.#clock = clock
    this.#changed = changed
  }

  /** Others' is not found. @throws PolyvisorError trust-not-found */
  async get(auth: AuthContext, id: string): Promise<Trust> {
    const trust = await store.findTrust(this.#db, id, this.#clock.nowMs())
    const isParty = trust?.trustorId === auth.userId || trust?.trusteeId === auth.userId
    if (trust === undefined || !(isParty || auth.isAdmin)) throw notFound('trust', id)
    return trust
  }

  /** @throws PolyvisorError forbidden: admins alone list other people's */
  list(auth: AuthContext, filter: store.TrustFilter): Promise<Trust[]> {
    if (!auth.isAdmin && filter.trustorId !== auth.userId && filter.trusteeId !== auth.userId)
      throw forbidden('Admins alone list everybody’s trusts: name yourself in trustor_user_id or trustee_user_id.')
    return store.listTrusts(this.#db, filter, this.#clock.nowMs())
  }

  /** By the trustor itself. @throws PolyvisorError forbidden, bad-request, user-, project- or role-not-found */
  async create(auth: AuthContext, wanted: NewTrust): Promise<Trust> {
    const { projectId, expiresAtUs, trustorId, trusteeId } = wanted
    if (trustorId !== auth.userId) throw forbidden('A trust is made by its trustor itself: name yourself.')
    if (auth.trust === undefined) refuseDelegated(auth, 'makes no trusts')
    refuseRestricted(auth, 'makes no trusts')
    if (projectId === null || wanted.roles.length === 0)
      throw badRequest('no-roles', 'A trust lends roles on a project: name project_id and at least one of roles.')
    if (expiresAtUs !== null && expiresAtUs <= this.#clock.nowMs() * 1000)
      throw badRequest('expired-already', 'expires_at is in the past. Name a later moment, in UTC.')
    if ((await findUser(this.#db, trusteeId)) === undefined) throw notFound('user', trusteeId)
    if ((await findProject(this.#db, projectId)) === undefined) throw notFound('project', projectId)
    const roles = await rolesNamed(this.#db, wanted.roles)
    const { impersonation, remainingUses } = wanted
    const own = {
      id: newIdentityId(),
      trustorId,
      trusteeId,
      projectId,
      impersonation,
      expiresAtUs,
      remainingUses,
      roles,
    }
    const trust: Trust =
      auth.trust === undefined
        ? { ...own, grantorId: auth.userId, redelegatedTrustId: null, redelegationCount: depthOf(wanted) }
        : handedOn(await this.get(auth, auth.trust.id), own, wanted.allowRedelegation ? wanted.redelegationCount : 0)
    refuseNotCarried(auth, projectId, roles)
    await inTransaction(this.#db, async (trx) => {
      await holdWithRoles(trx, trust.grantorId, projectId, trust.roles)
      await store.insertTrust(trx, trust, this.#clock.nowMs())
    })
    return trust
  }

  /** With its tokens, and trusts that were handed on from it. @throws PolyvisorError trust-not-found, forbidden for its trustee */
  async delete(auth: AuthContext, id: string): Promise<void> {
    refuseDelegated(auth, 'deletes no trusts')
    refuseRestricted(auth, 'deletes no trusts')
    const trust = await this.get(auth, id)
    if (trust.trustorId !== auth.userId && !auth.isAdmin) throw forbidden('A trust is deleted by its trustor.')
    const found = await store.deleteTrust(this.#db, id)
    this.#changed()
    if (!found) throw notFound('trust', id)
  }

  /** @throws PolyvisorError trust-not-found, role-not-found */
  async getRole(auth: AuthContext, id: string, roleId: string): Promise<Role> {
    const role = (await this.get(auth, id)).roles.find((one) => one.id === roleId)
    if (role === undefined) throw notFound('role', roleId)
    return role
  }
}

function depthOf({ allowRedelegation, redelegationCount }: NewTrust): number {
  if (!allowRedelegation) return 0
  if ((redelegationCount ?? 0) > maxRedelegations)
    throw forbidden(`A trust is handed on ${maxRedelegations} times in a row at most: lower redelegation_count.`)
  return redelegationCount ?? maxRedelegations
}
