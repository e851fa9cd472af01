/**
 * Roles, and which role implies which. The three roles that the policy knows, and what they imply, stay as they are.
 * A role of one domain is never in a token itself: it is a name for what it implies.
 */
import { badRequest, conflict, forbidden, notFound } from '../model/errors.ts'
import type { ImpliedRole, Role } from '../model/identity.ts'
import { deleteApplicationCredentials, listCredentialRoles } from '../store/application-credentials.ts'
import { inTransaction } from '../store/database.ts'
import type { Db } from '../store/database.ts'
import { findDomain } from '../store/domains.ts'
import * as store from '../store/roles.ts'
import { deleteDeadCredentials } from './dead-credentials.ts'
import { refuseImmutableDelete, refuseImmutableUpdate } from './immutable.ts'
import { newIdentityId } from './new-id.ts'
import type { DirectoryParts } from './projects.ts'
import { refusingTwins } from './refusing-twins.ts'

/** Each implies the next. */
export const builtInRoles = ['admin', 'member', 'reader'] as const

export interface NewRole {
  readonly name: string
  readonly description?: string | null
  readonly domainId?: string | null
  readonly immutable?: boolean
}

export class RoleDirectory {
  readonly #db: Db
  readonly #changed: () => void

  constructor({ db, changed }: Pick<DirectoryParts, 'db' | 'changed'>) {
    this.#db = db
    this.#changed = changed
  }

  /** @throws PolyvisorError role-not-found */
  async get(id: string): Promise<Role> {
    const role = await store.findRole(this.#db, { id })
    if (role === undefined) throw notFound('role', id)
    return role
  }

  /** Those that all domains know, unless the filter names a domain. */
  list(filter: store.RoleFilter = {}): Promise<Role[]> {
    return store.listRoles(this.#db, { domainId: null, ...filter })
  }

  /** @throws PolyvisorError role-exists, domain-not-found */
  async create(wanted: NewRole): Promise<Role> {
    const { name, description = null, domainId = null, immutable = false } = wanted
    const role: Role = { id: newIdentityId(), name, description, domainId, immutable }
    if (domainId !== null) {
      if (isBuiltIn(name)) throw conflict('role-exists', `The name ${name} is the policy’s own. Choose another name.`)
      if ((await findDomain(this.#db, { id: domainId })) === undefined) throw notFound('domain', domainId)
    }
    await refusingTwins('role', name, '', () => store.insertRole(this.#db, role))
    return role
  }

  /** @throws PolyvisorError role-not-found, role-exists, forbidden */
  async update(id: string, changes: store.RoleChanges): Promise<Role> {
    const before = await this.get(id)
    refuseImmutableUpdate('role', before, changes)
    const { name = before.name } = changes
    if (name !== before.name && before.domainId === null) refuseBuiltIn(before)
    if (name !== before.name && before.domainId !== null && isBuiltIn(name))
      throw conflict('role-exists', `The name ${name} is the policy’s own. Choose another name.`)
    if (Object.keys(changes).length > 0)
      await refusingTwins('role', name, '', () => store.updateRole(this.#db, id, changes))
    this.#changed()
    return this.get(id)
  }

  /** @throws PolyvisorError role-not-found, forbidden */
  async delete(id: string): Promise<void> {
    const role = await this.get(id)
    refuseBuiltIn(role)
    refuseImmutableDelete('role', role)
    await inTransaction(this.#db, async (trx) => {
      // Without it they would go on with less than they were made for.
      const having = await listCredentialRoles(trx, { roleIds: [id] })
      await deleteApplicationCredentials(
        trx,
        having.map((credential) => credential.id),
      )
      const implied = (await store.listImpliedRoles(trx, id)).map((rule) => rule.implied.id)
      await store.deleteRole(trx, id)
      await deleteDeadCredentials(trx, { roleIds: await closureOf(trx, implied) })
    })
    this.#changed()
  }

  /** The rules as they were made: nothing is expanded. */
  listImplied(priorId?: string): Promise<ImpliedRole[]> {
    return store.listImpliedRoles(this.#db, priorId)
  }

  /** @throws PolyvisorError role-not-found, implied-role-not-found */
  async getImplied(priorId: string, impliedId: string): Promise<ImpliedRole> {
    await this.#requireBoth(priorId, impliedId)
    const found = (await this.listImplied(priorId)).find(({ implied }) => implied.id === impliedId)
    if (found === undefined) throw notFound('implied-role', impliedId)
    return found
  }

  /** Saying it twice is no error. @throws PolyvisorError role-not-found, forbidden, bad-request */
  async imply(priorId: string, impliedId: string): Promise<ImpliedRole> {
    const [prior, implied] = await this.#requireBoth(priorId, impliedId)
    if (priorId === impliedId) throw badRequest('implies-itself', 'A role does not imply itself.')
    if (prior.domainId === null && implied.domainId !== null)
      throw forbidden('A role that all domains know does not imply a role of one domain.')
    if (implied.domainId === null && implied.name === 'admin')
      throw forbidden('The role admin is not implied: assign it to whom it is meant for.')
    await store.insertImpliedRole(this.#db, priorId, impliedId)
    this.#changed()
    return { prior, implied }
  }

  /** @throws PolyvisorError role-not-found, implied-role-not-found, forbidden */
  async unimply(priorId: string, impliedId: string): Promise<void> {
    const { prior, implied } = await this.getImplied(priorId, impliedId)
    if (isBuiltInRole(prior) && isBuiltInRole(implied))
      throw forbidden(`The role ${prior.name} includes ${implied.name}: the policy relies on it.`)
    await inTransaction(this.#db, async (trx) => {
      await store.deleteImpliedRole(trx, priorId, impliedId)
      await deleteDeadCredentials(trx, { roleIds: await closureOf(trx, [impliedId]) })
    })
    this.#changed()
  }

  async #requireBoth(priorId: string, impliedId: string): Promise<[Role, Role]> {
    return [await this.get(priorId), await this.get(impliedId)]
  }
}

/** They, and all that they imply. */
async function closureOf(trx: Db, ids: readonly string[]): Promise<readonly string[]> {
  const rules = await store.listImpliedRoles(trx)
  const found = new Set(ids)
  for (const prior of found) for (const rule of rules) if (rule.prior.id === prior) found.add(rule.implied.id)
  return [...found]
}

function isBuiltIn(name: string): boolean {
  return builtInRoles.some((known) => known === name)
}

function isBuiltInRole(role: Role): boolean {
  return role.domainId === null && isBuiltIn(role.name)
}

function refuseBuiltIn(role: Role): void {
  if (!isBuiltInRole(role)) return
  throw forbidden(
    `The role ${role.name} is built in: the policy relies on it, so it can be neither renamed nor deleted.`,
  )
}
