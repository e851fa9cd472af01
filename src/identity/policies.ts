/** Policies: text that other services keep here. Ours does not read it. */
import type { Policy } from '../model/credential.ts'
import { notFound } from '../model/errors.ts'
import type { Db } from '../store/database.ts'
import * as store from '../store/policies.ts'
import { newIdentityId } from './new-id.ts'

export class PolicyDirectory {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  /** @throws PolyvisorError policy-not-found */
  async get(id: string): Promise<Policy> {
    const policy = await store.findPolicy(this.#db, id)
    if (policy === undefined) throw notFound('policy', id)
    return policy
  }

  list(filter: { readonly type?: string } = {}): Promise<Policy[]> {
    return store.listPolicies(this.#db, filter)
  }

  async create(wanted: Omit<Policy, 'id'>): Promise<Policy> {
    const policy = { ...wanted, id: newIdentityId() }
    await store.insertPolicy(this.#db, policy)
    return policy
  }

  /** @throws PolyvisorError policy-not-found */
  async update(id: string, changes: store.PolicyChanges): Promise<Policy> {
    await this.get(id)
    await store.updatePolicy(this.#db, id, changes)
    return this.get(id)
  }

  /** @throws PolyvisorError policy-not-found */
  async delete(id: string): Promise<void> {
    if (!(await store.deletePolicy(this.#db, id))) throw notFound('policy', id)
  }
}
