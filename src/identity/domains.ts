/** Domains, read only for now: everything lives in `Default`. */
import { notFound } from '../model/errors.ts'
import type { Domain } from '../model/identity.ts'
import type { UserId } from '../model/ids.ts'
import type { Db } from '../store/database.ts'
import { findDomain, listDomains, listDomainsOfUser } from '../store/domains.ts'

export class DomainDirectory {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  /** @throws PolyvisorError domain-not-found */
  async get(id: string): Promise<Domain> {
    const domain = await findDomain(this.#db, { id })
    if (domain === undefined) throw notFound('domain', id)
    return domain
  }

  /** Those on which the user holds a role. */
  listOfUser(userId: UserId): Promise<Domain[]> {
    return listDomainsOfUser(this.#db, userId)
  }

  list(filter: { name?: string; enabled?: boolean } = {}): Promise<Domain[]> {
    return listDomains(this.#db, filter)
  }
}
