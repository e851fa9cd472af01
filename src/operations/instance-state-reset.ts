/** An admin's word on the state of an instance that nothing is going on with; the driver is not asked. */
import { conflict, notFound } from '../model/errors.ts'
import type { InstanceId } from '../model/ids.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { changeInstance, findInstanceToChange } from '../store/instances.ts'
import type { Clock } from '../util/clock.ts'

export class InstanceStateReset {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** @throws PolyvisorError not-found; conflict while an operation or a resize is under way, or `active` without a host */
  async reset(id: InstanceId, vmState: 'active' | 'error'): Promise<void> {
    await inTransaction(this.#db, async (trx) => {
      const instance = await findInstanceToChange(trx, id)
      if (instance === undefined || instance.deletedAtMs !== null) throw notFound('instance', id)
      const { operationId, resize, hostId } = instance
      if (operationId !== null)
        throw conflict('instance-busy', `Operation ${operationId} works on instance ${id}; cancel it, or wait for it.`)
      if (resize !== null)
        throw conflict('resize-pending', `A resize of instance ${id} waits; confirm or revert it first.`)
      if (vmState === 'active' && hostId === null)
        throw conflict('no-host', `Instance ${id} is on no host, so it cannot be active; delete it.`)
      // The image that it was shelved into is the tenant's from now on.
      await changeInstance(trx, id, { vmState, taskState: null, shelved: null }, this.#clock.nowMs(), {
        operationId: null,
      })
    })
  }
}
