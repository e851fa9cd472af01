/** Locks that tenants put on their instances against their own mistakes: while one holds, only admins may act. */
import { conflict, forbidden, notFound } from '../model/errors.ts'
import type { InstanceId } from '../model/ids.ts'
import type { Instance } from '../model/instance.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { changeInstance, findInstanceToChange } from '../store/instances.ts'
import type { Clock } from '../util/clock.ts'

/** Whoever acts, as far as locks are concerned. */
export interface LockActor {
  readonly isAdmin: boolean
}

export class InstanceLocks {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** What an admin locked stays an admin's, whoever locks it again. @throws PolyvisorError not-found */
  lock(id: InstanceId, by: LockActor, reason: string | null): Promise<void> {
    return this.#change(id, ({ lock }) => ({
      by: by.isAdmin || lock?.by === 'admin' ? 'admin' : 'owner',
      reason,
    }))
  }

  /** @throws PolyvisorError not-found, or forbidden when an admin locked it and somebody else would unlock it */
  unlock(id: InstanceId, by: LockActor): Promise<void> {
    return this.#change(id, ({ lock }) => {
      if (lock?.by === 'admin' && !by.isAdmin)
        throw forbidden(`Instance ${id} was locked by an admin; ask one to unlock it.`)
      return null
    })
  }

  async #change(id: InstanceId, toLock: (before: Instance) => Instance['lock']): Promise<void> {
    await inTransaction(this.#db, async (trx) => {
      const instance = await findInstanceToChange(trx, id)
      if (instance === undefined || instance.deletedAtMs !== null) throw notFound('instance', id)
      await changeInstance(trx, id, { lock: toLock(instance) }, this.#clock.nowMs())
    })
  }
}

/** @throws PolyvisorError conflict */
export function refuseLocked({ id, lock }: Pick<Instance, 'id' | 'lock'>, by: LockActor): void {
  if (lock === null || by.isAdmin) return
  throw conflict('instance-locked', `Instance ${id} is locked; unlock it first.`)
}
