/**
 * Metadata definitions: namespaces that say what keys on images, flavors and servers mean. Admins write them; everybody
 * reads public ones, and a project its own. The four kinds of things in a namespace differ in their words alone.
 */
import { randomUUID } from 'node:crypto'
import { badRequest, conflict, forbidden, notFound, PolyvisorError } from '../model/errors.ts'
import type { MetadefItem, MetadefKind, MetadefNamespace } from '../model/metadef.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { isForeignKeyViolation } from '../store/database-errors.ts'
import * as rows from '../store/metadefs.ts'
import { isUniqueViolation } from '../store/unique-violation.ts'
import type { Clock } from '../util/clock.ts'
import { defaultPageSize, maxPageSize, type ImageCaller } from './image-requests.ts'

export type NamespaceWords = Omit<MetadefNamespace, 'id' | 'createdAtMs' | 'updatedAtMs'>
export type ItemWords = Pick<MetadefItem, 'name' | 'body'>
export type MetadefContent = Readonly<Record<MetadefKind, readonly MetadefItem[]>>
export type NewMetadefContent = Readonly<Record<MetadefKind, readonly ItemWords[]>>

export interface NamespaceListRequest {
  readonly filter: Omit<rows.NamespaceFilter, 'projectId'>
  readonly key: rows.NamespacePage['key']
  readonly descending: boolean
  /** 25 when left out, at most 1000. */
  readonly limit?: number | undefined
  /** The name of the last namespace of the page before. */
  readonly marker?: string | undefined
}

const words: Readonly<Record<MetadefKind, string>> = {
  object: 'metadata definition object',
  property: 'metadata definition property',
  tag: 'metadata definition tag',
  'resource-type': 'resource type association',
}

export class Metadefs {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** @throws PolyvisorError conflict (the name is taken, or something twice in it) */
  async create(wanted: NamespaceWords, content: NewMetadefContent): Promise<MetadefNamespace> {
    const nowMs = this.#clock.nowMs()
    const namespace = { ...wanted, id: randomUUID(), createdAtMs: nowMs, updatedAtMs: nowMs }
    await this.#unlessTaken(`namespace ${wanted.name}, or something in it,`, async () => {
      await inTransaction(this.#db, async (trx) => {
        await rows.insertNamespace(trx, namespace)
        for (const [kind, items] of Object.entries(content)) {
          for (const item of items) await this.#insert(trx, namespace, kind as MetadefKind, item, nowMs)
        }
      })
    })
    return namespace
  }

  /** @throws PolyvisorError not-found, also for what the caller may not see */
  async get(name: string, caller: ImageCaller): Promise<MetadefNamespace> {
    const namespace = await rows.findNamespace(this.#db, name)
    if (namespace !== undefined && canSee(namespace, caller)) return namespace
    throw notFound('metadata definition namespace', name)
  }

  /** @returns a page, whether there is more, and what each is for. @throws PolyvisorError invalid-marker */
  async list(request: NamespaceListRequest, caller: ImageCaller) {
    const { key, descending } = request
    const limit = Math.min(request.limit ?? defaultPageSize, maxPageSize)
    if (limit === 0) return { namespaces: [], hasMore: false }
    const filter = { ...request.filter, projectId: caller.isAdmin ? undefined : caller.projectId }
    const marker = request.marker === undefined ? undefined : await this.#marker(request.marker, caller)
    const found = await rows.listNamespaces(this.#db, filter, { key, descending, limit: limit + 1, marker })
    const shown = found.slice(0, limit)
    const ids = shown.map(({ id }) => id)
    const types = await rows.listItems(this.#db, ids, 'resource-type')
    const namespaces = shown.map((namespace) => ({
      namespace,
      resourceTypes: types.filter(({ namespaceId }) => namespaceId === namespace.id),
    }))
    return { namespaces, hasMore: found.length > limit }
  }

  /** Everything in a namespace. */
  async content(namespace: MetadefNamespace): Promise<MetadefContent> {
    const items = await rows.listItems(this.#db, [namespace.id])
    const ofKind = (kind: MetadefKind) => items.filter((item) => item.kind === kind)
    return {
      object: ofKind('object'),
      property: ofKind('property'),
      tag: ofKind('tag'),
      'resource-type': ofKind('resource-type'),
    }
  }

  /** @throws PolyvisorError not-found, conflict (the new name is taken) */
  async update(name: string, changed: NamespaceWords, caller: ImageCaller): Promise<MetadefNamespace> {
    const before = await this.get(name, caller)
    const namespace = { ...before, ...changed, updatedAtMs: this.#clock.nowMs() }
    const isThere = await this.#unlessTaken(`namespace ${changed.name}`, () =>
      rows.updateNamespace(this.#db, namespace),
    )
    if (!isThere) throw notFound('metadata definition namespace', name)
    return namespace
  }

  /** With everything in it. @throws PolyvisorError not-found, forbidden (it is protected) */
  async delete(name: string, caller: ImageCaller): Promise<void> {
    const namespace = await this.get(name, caller)
    requireUnprotected(namespace)
    if (!(await rows.deleteNamespace(this.#db, namespace.id))) throw notFound('metadata definition namespace', name)
  }

  /** By name. @throws PolyvisorError not-found */
  async listItems(name: string, kind: MetadefKind, caller: ImageCaller): Promise<readonly MetadefItem[]> {
    return rows.listItems(this.#db, [(await this.get(name, caller)).id], kind)
  }

  /** @throws PolyvisorError not-found */
  async getItem(namespaceName: string, kind: MetadefKind, name: string, caller: ImageCaller): Promise<MetadefItem> {
    const item = await rows.findItem(this.#db, (await this.get(namespaceName, caller)).id, kind, name)
    if (item === undefined) throw notFound(words[kind], name)
    return item
  }

  /** @throws PolyvisorError not-found, conflict (there is one) */
  async addItem(namespaceName: string, kind: MetadefKind, item: ItemWords, caller: ImageCaller): Promise<MetadefItem> {
    const namespace = await this.get(namespaceName, caller)
    const nowMs = this.#clock.nowMs()
    await this.#unlessTaken(`${words[kind]} ${item.name}`, async () => {
      await inTransaction(this.#db, (trx) => this.#insert(trx, namespace, kind, item, nowMs))
    })
    return { ...item, createdAtMs: nowMs, updatedAtMs: nowMs }
  }

  /** Instead of all tags that there are, or besides them. @throws PolyvisorError not-found, conflict (one twice) */
  async addTags(
    namespaceName: string,
    names: readonly string[],
    isAppended: boolean,
    caller: ImageCaller,
  ): Promise<readonly MetadefItem[]> {
    const namespace = await this.get(namespaceName, caller)
    const nowMs = this.#clock.nowMs()
    await this.#unlessTaken('one of the tags', async () => {
      await inTransaction(this.#db, async (trx) => {
        if (!isAppended) await rows.deleteItems(trx, namespace.id, 'tag')
        for (const name of names) await this.#insert(trx, namespace, 'tag', { name, body: {} }, nowMs)
      })
    })
    return names.map((name) => ({ name, body: {}, createdAtMs: nowMs, updatedAtMs: nowMs }))
  }

  /** @throws PolyvisorError not-found, conflict (the new name is taken) */
  async updateItem(
    namespaceName: string,
    kind: MetadefKind,
    name: string,
    item: ItemWords,
    caller: ImageCaller,
  ): Promise<MetadefItem> {
    const namespace = await this.get(namespaceName, caller)
    const changed = { ...item, updatedAtMs: this.#clock.nowMs() }
    const isThere = await this.#unlessTaken(`${words[kind]} ${item.name}`, () =>
      rows.updateItem(this.#db, namespace.id, kind, name, changed),
    )
    if (!isThere) throw notFound(words[kind], name)
    return this.getItem(namespaceName, kind, item.name, caller)
  }

  /** @throws PolyvisorError not-found, forbidden (its namespace is protected) */
  async deleteItem(namespaceName: string, kind: MetadefKind, name: string, caller: ImageCaller): Promise<void> {
    const namespace = await this.get(namespaceName, caller)
    requireUnprotected(namespace)
    if ((await rows.deleteItems(this.#db, namespace.id, kind, name)) === 0) throw notFound(words[kind], name)
  }

  /** All of a kind. @throws PolyvisorError not-found, forbidden (their namespace is protected) */
  async deleteItems(namespaceName: string, kind: MetadefKind, caller: ImageCaller): Promise<void> {
    const namespace = await this.get(namespaceName, caller)
    requireUnprotected(namespace)
    await rows.deleteItems(this.#db, namespace.id, kind)
  }

  /** What namespaces may be for; a new one is known from its first use on. */
  async resourceTypes(): Promise<readonly { readonly name: string; readonly createdAtMs: number }[]> {
    return rows.listResourceTypes(this.#db)
  }

  async #insert(trx: Db, namespace: MetadefNamespace, kind: MetadefKind, item: ItemWords, nowMs: number) {
    if (kind === 'resource-type') await rows.insertResourceType(trx, item.name, nowMs)
    await rows.insertItem(trx, namespace.id, kind, { ...item, createdAtMs: nowMs, updatedAtMs: nowMs })
  }

  async #unlessTaken<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (isForeignKeyViolation(error))
        throw new PolyvisorError('not-found', 'metadef-namespace-gone', 'The namespace was deleted meanwhile.')
      if (!isUniqueViolation(error)) throw error
      throw conflict('metadef-exists', `The ${what} exists already. Choose another name.`)
    }
  }

  async #marker(name: string, caller: ImageCaller): Promise<MetadefNamespace> {
    const namespace = await rows.findNamespace(this.#db, name)
    if (namespace !== undefined && canSee(namespace, caller)) return namespace
    throw badRequest(
      'invalid-marker',
      'The marker is not the name of a namespace. Use the last one of the page before.',
    )
  }
}

function canSee(namespace: MetadefNamespace, caller: ImageCaller): boolean {
  return caller.isAdmin || namespace.visibility === 'public' || namespace.ownerProjectId === caller.projectId
}

function requireUnprotected({ name, isProtected }: MetadefNamespace): void {
  if (isProtected) throw forbidden(`Metadata definition namespace ${name} is protected. Set protected to false first.`)
}
