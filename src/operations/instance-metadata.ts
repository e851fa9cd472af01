/** An instance's metadata: words of the tenant's that nothing here acts on, so no operation is needed to change them. */
import { notFound, PolyvisorError } from '../model/errors.ts'
import type { InstanceId, ProjectId } from '../model/ids.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { changeInstance, findInstanceToChange } from '../store/instances.ts'
import type { Clock } from '../util/clock.ts'

export type Metadata = Readonly<Record<string, string>>

/** The part of the quota service that counts here. */
export interface MetadataQuota {
  /** @throws PolyvisorError forbidden when one instance would have more than its project allows */
  checkMetadata(projectId: ProjectId, count: number, db: Db): Promise<void>
}

export class InstanceMetadata {
  readonly #db: Db
  readonly #clock: Clock
  readonly #quota: MetadataQuota

  constructor(db: Db, clock: Clock, quota: MetadataQuota) {
    this.#db = db
    this.#clock = clock
    this.#quota = quota
  }

  /** Adds or replaces some. @returns all of it @throws PolyvisorError not-found, forbidden */
  merge(id: InstanceId, items: Metadata): Promise<Metadata> {
    return this.#change(id, (before) => ({ ...before, ...items }))
  }

  /** @returns all of it @throws PolyvisorError not-found, forbidden */
  replace(id: InstanceId, items: Metadata): Promise<Metadata> {
    return this.#change(id, () => items)
  }

  /** @throws PolyvisorError not-found, of the instance or of the item */
  async remove(id: InstanceId, key: string): Promise<void> {
    await this.#change(id, (before) => {
      if (!Object.hasOwn(before, key)) throw noItem()
      return Object.fromEntries(Object.entries(before).filter(([name]) => name !== key))
    })
  }

  #change(id: InstanceId, change: (before: Metadata) => Metadata): Promise<Metadata> {
    return inTransaction(this.#db, async (trx) => {
      const instance = await findInstanceToChange(trx, id)
      if (instance === undefined || instance.deletedAtMs !== null) throw notFound('instance', id)
      const metadata = change(instance.metadata)
      await this.#quota.checkMetadata(instance.projectId, Object.keys(metadata).length, trx)
      await changeInstance(trx, id, { metadata }, this.#clock.nowMs())
      return metadata
    })
  }
}

export function noItem(): PolyvisorError {
  return new PolyvisorError('not-found', 'metadata-item-not-found', 'Metadata item was not found.')
}
