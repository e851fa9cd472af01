/** An instance's tags: words of the tenant's to find it by. */
import { badRequest, conflict, notFound, PolyvisorError } from '../model/errors.ts'
import type { InstanceId } from '../model/ids.ts'
import type { VmStateName } from '../model/instance-states.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { changeInstance, findInstanceToChange } from '../store/instances.ts'
import type { Clock } from '../util/clock.ts'

export type Tags = readonly string[]

/** As many as Nova allows. */
const maxTags = 50

/** In others Nova lets nobody change tags. */
const changeableStates: readonly VmStateName[] = ['active', 'paused', 'suspended', 'stopped']

/** Every method: @throws PolyvisorError not-found, conflict in a state in which tags stay, bad-request for too many */
export class InstanceTags {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** @returns all of them */
  replace(id: InstanceId, tags: Tags): Promise<Tags> {
    return this.#change(id, () => [...new Set(tags)])
  }

  /** @returns whether it was new */
  async add(id: InstanceId, tag: string): Promise<boolean> {
    let isNew = false
    await this.#change(id, (before) => {
      isNew = !before.includes(tag)
      return isNew ? [...before, tag] : before
    })
    return isNew
  }

  /** @throws PolyvisorError not-found when there is no such tag */
  async remove(id: InstanceId, tag: string): Promise<void> {
    await this.#change(id, (before) => {
      if (!before.includes(tag)) throw noTag(id, tag)
      return before.filter((other) => other !== tag)
    })
  }

  #change(id: InstanceId, change: (before: Tags) => Tags): Promise<Tags> {
    return inTransaction(this.#db, async (trx) => {
      const instance = await findInstanceToChange(trx, id)
      if (instance === undefined || instance.deletedAtMs !== null) throw notFound('instance', id)
      if (!changeableStates.includes(instance.vmState)) {
        const states = changeableStates.join(', ')
        throw conflict(
          'wrong-vm-state',
          `Cannot change the tags of instance ${id} while it is in vm_state ${instance.vmState}; it must be one of ${states}.`,
        )
      }
      const before = instance.attributes?.tags ?? []
      const tags = change(before)
      if (tags.length > maxTags)
        throw badRequest('too-many-tags', `The number of tags exceeded the per-server limit ${maxTags}.`)
      const attributes = { ...instance.attributes, tags }
      if (tags !== before) await changeInstance(trx, id, { attributes }, this.#clock.nowMs())
      return tags
    })
  }
}

export function noTag(id: InstanceId, tag: string): PolyvisorError {
  return new PolyvisorError('not-found', 'tag-not-found', `Server ${id} has no tag '${tag}'.`)
}
