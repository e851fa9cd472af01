/** What operators may do with hosts. */
import { notFound } from '../model/errors.ts'
import { isUuid, type HostId } from '../model/ids.ts'
import type { Db } from '../store/database.ts'
import { requestSmokeTest } from '../store/smoke-tests.ts'
import type { Clock } from '../util/clock.ts'

export class HostService {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** Has the host tried out anew; until that went well it takes no new work. @throws PolyvisorError 404 */
  async test(id: string): Promise<void> {
    if (isUuid(id) && (await requestSmokeTest(this.#db, id as HostId, this.#clock.nowMs()))) return
    throw notFound('host', id)
  }
}
