/** Those who may ask users for roles. A consumer's secret is told once, and kept sealed: signatures are checked with it. */
import { notFound } from '../../model/errors.ts'
import type { Consumer, WithSecret } from '../../model/oauth1.ts'
import type { Db } from '../../store/database.ts'
import * as store from '../../store/oauth1.ts'
import { randomText } from '../../util/random-text.ts'
import { newIdentityId } from '../new-id.ts'
import type { DirectoryParts } from '../projects.ts'
import type { Seal } from '../seal.ts'

export class ConsumerDirectory {
  readonly #parts: DirectoryParts & { readonly seal: Seal }
  readonly #db: Db

  constructor(parts: DirectoryParts & { readonly seal: Seal }) {
    this.#parts = parts
    this.#db = parts.db
  }

  /** @throws PolyvisorError consumer-not-found */
  async get(id: string): Promise<Consumer> {
    const consumer = await store.findConsumer(this.#db, id)
    if (consumer === undefined) throw notFound('consumer', id)
    return consumer
  }

  list(): Promise<Consumer[]> {
    return store.listConsumers(this.#db)
  }

  async create(description: string | null): Promise<WithSecret<Consumer>> {
    const { seal, clock } = this.#parts
    const [made, secret] = [{ id: newIdentityId(), description }, randomText(32)]
    await store.insertConsumer(this.#db, made, seal.close(secret, made.id), clock.nowMs())
    return { made, secret }
  }

  /** @throws PolyvisorError consumer-not-found */
  async update(id: string, description: string | null): Promise<Consumer> {
    if (!(await store.updateConsumer(this.#db, { id, description }))) throw notFound('consumer', id)
    return this.get(id)
  }

  /** Everything that users lent it ends. @throws PolyvisorError consumer-not-found */
  async delete(id: string): Promise<void> {
    const found = await store.deleteConsumer(this.#db, id)
    this.#parts.changed()
    if (!found) throw notFound('consumer', id)
  }
}
