/** What operators may do with hosts. */
import { conflict, notFound } from '../model/errors.ts'
import { isUuid, type HostId } from '../model/ids.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { changeHost, deleteHost, type HostChanges } from '../store/hosts.ts'
import { requestSmokeTest } from '../store/smoke-tests.ts'
import type { Clock } from '../util/clock.ts'

export class HostService {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** Whether new servers come to it, and whether it counts as down. */
  change(id: HostId, changes: HostChanges): Promise<void> {
    return changeHost(this.#db, id, changes, this.#clock.nowMs())
  }

  /** Forgets it. @throws PolyvisorError conflict while it is up or has servers */
  async remove(id: HostId): Promise<void> {
    if (await inTransaction(this.#db, (trx) => deleteHost(trx, id))) return
    throw conflict('host-in-use', `Host ${id} is up or has servers; stop its agent and delete its servers first.`)
  }

  /** Has the host tried out anew; until that went well it takes no new work. @throws PolyvisorError 404 */
  async test(id: string): Promise<void> {
    if (isUuid(id) && (await requestSmokeTest(this.#db, id as HostId, this.#clock.nowMs()))) return
    throw notFound('host', id)
  }
}
