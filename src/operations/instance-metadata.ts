/** An instance's metadata: words of the tenant's that nothing here acts on, so no operation is needed to change them. */
import { notFound, PolyvisorError } from '../model/errors.ts'
import type { InstanceId, ProjectId } from '../model/ids.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { changeInstance, findInstanceToChange } from '../store/instances.ts'
import { refuseLocked, type LockActor } from './instance-locks.ts'
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

  /** Adds or replaces some. @returns all of it @throws PolyvisorError not-found, forbidden, conflict: locked */
  merge(id: InstanceId, items: Metadata, by: LockActor): Promise<Metadata> {
    return this.#change(id, by, (before) => ({ ...before, ...items }))
  }

  /** @returns all of it @throws PolyvisorError not-found, forbidden, conflict: locked */
  replace(id: InstanceId, items: Metadata, by: LockActor): Promise<Metadata> {
    return this.#change(id, by, () => items)
  }

  /** @throws PolyvisorError not-found, of the instance or of the item; conflict: locked */
  async remove(id: InstanceId, key: string, by: LockActor): Promise<void> {
    await this.#change(id, by, (before) => {
      if (!Object.hasOwn(before, key)) throw noItem()
      return Object.fromEntries(Object.entries(before).filter(([name]) => name !== key))
    })
  }

  #change(id: InstanceId, by: LockActor, change: (before: Metadata) => Metadata): Promise<Metadata> {
    return inTransaction(this.#db, async (trx) => {
      const instance = await findInstanceToChange(trx, id)
      if (instance === undefined || instance.deletedAtMs !== null) throw notFound('instance', id)
      refuseLocked(instance, by)
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
