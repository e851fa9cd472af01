/** Groups of users, which hold roles for all who are in them. Every change drops cached tokens, so that it holds at once. */
import { notFound } from '../model/errors.ts'
import { defaultDomainId } from '../model/identity.ts'
import type { Group, User } from '../model/identity.ts'
import { inTransaction } from '../store/database.ts'
import type { Db } from '../store/database.ts'
import { isForeignKeyViolation } from '../store/database-errors.ts'
import { findDomain } from '../store/domains.ts'
import * as store from '../store/groups.ts'
import { findUser } from '../store/users.ts'
import { deleteDeadCredentials } from './dead-credentials.ts'
import { newIdentityId } from './new-id.ts'
import type { DirectoryParts } from './projects.ts'
import { refusingTwins } from './refusing-twins.ts'

export interface NewGroup {
  readonly name: string
  readonly domainId?: string
  readonly description?: string
}

export class GroupDirectory {
  readonly #db: Db
  readonly #changed: () => void

  constructor({ db, changed }: Pick<DirectoryParts, 'db' | 'changed'>) {
    this.#db = db
    this.#changed = changed
  }

  /** @throws PolyvisorError group-not-found */
  async get(id: string): Promise<Group> {
    const group = await store.findGroup(this.#db, id)
    if (group === undefined) throw notFound('group', id)
    return group
  }

  list(filter: store.GroupFilter = {}): Promise<Group[]> {
    return store.listGroups(this.#db, filter)
  }

  /** @throws PolyvisorError domain-not-found, group-exists */
  async create(wanted: NewGroup): Promise<Group> {
    const { name, domainId = defaultDomainId, description = '' } = wanted
    const group: Group = { id: newIdentityId(), domainId, name, description }
    if ((await findDomain(this.#db, { id: domainId })) === undefined) throw notFound('domain', domainId)
    await refusingTwins('group', name, ' in that domain', () => store.insertGroup(this.#db, group))
    return group
  }

  /** @throws PolyvisorError group-not-found, group-exists */
  async update(id: string, changes: store.GroupChanges): Promise<Group> {
    const before = await this.get(id)
    if (Object.keys(changes).length > 0) {
      const name = changes.name ?? before.name
      await refusingTwins('group', name, ' in that domain', () => store.updateGroup(this.#db, id, changes))
    }
    return this.get(id)
  }

  /** @throws PolyvisorError group-not-found */
  async delete(id: string): Promise<void> {
    const found = await inTransaction(this.#db, async (trx) => {
      const userIds = (await store.listMembers(trx, id)).map((user) => user.id)
      const isGone = await store.deleteGroup(trx, id)
      await deleteDeadCredentials(trx, { userIds })
      return isGone
    })
    this.#changed()
    if (!found) throw notFound('group', id)
  }

  /** @throws PolyvisorError group-not-found */
  async members(id: string): Promise<User[]> {
    await this.get(id)
    return store.listMembers(this.#db, id)
  }

  /** Doing it twice is no error. @throws PolyvisorError group-not-found, user-not-found */
  async addMember(id: string, userId: string): Promise<void> {
    await this.#requireBoth(id, userId)
    try {
      await store.insertMember(this.#db, id, userId)
    } catch (error) {
      // One of them was deleted in between.
      if (isForeignKeyViolation(error)) await this.#requireBoth(id, userId)
      throw error
    }
    this.#changed()
  }

  /** @throws PolyvisorError group-, user- or group-member-not-found */
  async requireMember(id: string, userId: string): Promise<void> {
    await this.#requireBoth(id, userId)
    if (!(await store.isMember(this.#db, id, userId))) throw notFound('group-member', userId)
  }

  /** @throws PolyvisorError group-, user- or group-member-not-found */
  async removeMember(id: string, userId: string): Promise<void> {
    await this.#requireBoth(id, userId)
    const found = await inTransaction(this.#db, async (trx) => {
      const isGone = await store.deleteMember(trx, id, userId)
      await deleteDeadCredentials(trx, { userIds: [userId] })
      return isGone
    })
    this.#changed()
    if (!found) throw notFound('group-member', userId)
  }

  async #requireBoth(id: string, userId: string): Promise<void> {
    await this.get(id)
    if ((await findUser(this.#db, userId)) === undefined) throw notFound('user', userId)
  }
}
