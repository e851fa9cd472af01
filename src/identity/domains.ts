/** Domains as admins keep them. Every change drops cached tokens, so that it holds at once. */
import { forbidden, notFound } from '../model/errors.ts'
import { defaultDomainId } from '../model/identity.ts'
import type { Domain } from '../model/identity.ts'
import type { UserId } from '../model/ids.ts'
import { inTransaction } from '../store/database.ts'
import type { Db } from '../store/database.ts'
import * as store from '../store/domains.ts'
import { deleteTokensOfDomain } from '../store/tokens.ts'
import { refuseImmutableDelete, refuseImmutableUpdate } from './immutable.ts'
import { newIdentityId } from './new-id.ts'
import type { DirectoryParts } from './projects.ts'
import { refusingTwins } from './refusing-twins.ts'

export interface NewDomain {
  readonly name: string
  readonly description?: string
  readonly enabled?: boolean
  readonly immutable?: boolean
}

export class DomainDirectory {
  readonly #db: Db
  readonly #changed: () => void

  constructor({ db, changed }: Pick<DirectoryParts, 'db' | 'changed'>) {
    this.#db = db
    this.#changed = changed
  }

  /** @throws PolyvisorError domain-not-found */
  async get(id: string): Promise<Domain> {
    const domain = await store.findDomain(this.#db, { id })
    if (domain === undefined) throw notFound('domain', id)
    return domain
  }

  find(id: string): Promise<Domain | undefined> {
    return store.findDomain(this.#db, { id })
  }

  /** Those on which the user holds a role. */
  listOfUser(userId: UserId): Promise<Domain[]> {
    return store.listDomainsOfUser(this.#db, userId)
  }

  list(filter: { name?: string; enabled?: boolean } = {}): Promise<Domain[]> {
    return store.listDomains(this.#db, filter)
  }

  /** @throws PolyvisorError domain-exists */
  async create(wanted: NewDomain): Promise<Domain> {
    const domain: Domain = {
      id: newIdentityId(),
      name: wanted.name,
      description: wanted.description ?? '',
      enabled: wanted.enabled ?? true,
      immutable: wanted.immutable ?? false,
    }
    await refusingTwins('domain', domain.name, '', () => store.insertDomain(this.#db, domain))
    return domain
  }

  /** Disabling a domain ends the tokens of its users, and those on it and its projects. @throws PolyvisorError 404, 403, 409 */
  async update(id: string, changes: store.DomainChanges): Promise<Domain> {
    const before = await this.get(id)
    refuseImmutableUpdate('domain', before, changes)
    if (changes.enabled === false && id === defaultDomainId)
      throw forbidden('The default domain stays enabled: the admin’s account is in it.')
    await inTransaction(this.#db, async (trx) => {
      if (Object.keys(changes).length > 0)
        await refusingTwins('domain', changes.name ?? before.name, '', () => store.updateDomain(trx, id, changes))
      if (changes.enabled === false) await deleteTokensOfDomain(trx, id)
    })
    this.#changed()
    return this.get(id)
  }

  /** With all its users, projects, groups and roles. @throws PolyvisorError domain-not-found, forbidden while it is enabled */
  async delete(id: string): Promise<void> {
    const domain = await this.get(id)
    refuseImmutableDelete('domain', domain)
    if (domain.enabled)
      throw forbidden('A domain is disabled before it is deleted, with everything in it. Set enabled to false first.')
    await inTransaction(this.#db, (trx) => store.deleteDomain(trx, id))
    this.#changed()
  }
}
