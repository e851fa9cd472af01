/** What callers may do with operations: ask for their end. */
import { conflict, notFound } from '../model/errors.ts'
import type { OperationId } from '../model/ids.ts'
import { openOperationStatuses } from '../model/operation.ts'
import type { Db } from '../store/database.ts'
import { findOperation, requestCancel } from '../store/operations.ts'
import type { Clock } from '../util/clock.ts'
import type { OperationEngine } from './engine/operation-engine.ts'

export class OperationService {
  readonly #db: Db
  readonly #clock: Clock
  readonly #engine: OperationEngine

  constructor(parts: { db: Db; clock: Clock; engine: OperationEngine }) {
    this.#db = parts.db
    this.#clock = parts.clock
    this.#engine = parts.engine
  }

  /**
   * Asks that the operation stops and undoes itself; asking twice is asking once.
   * @throws PolyvisorError 404, or 409 when it is over or cannot be taken back
   */
  async cancel(id: OperationId): Promise<void> {
    const operation = await findOperation(this.#db, id)
    if (operation === undefined) throw notFound('operation', id)
    if (this.#engine.sagas.get(operation.kind)?.cancellable === false) {
      throw conflict('not-cancellable', `A ${operation.kind} goes through once it is accepted; it cannot be cancelled.`)
    }
    if (!(openOperationStatuses as readonly string[]).includes(operation.status)) {
      throw conflict('operation-over', `Operation ${id} is over already: it ${operation.status}.`)
    }
    await requestCancel(this.#db, id, this.#clock.nowMs())
    this.#engine.cancel(id)
    // One that nobody began is taken up now, to be closed in its own words.
    this.#engine.nudge(id)
  }
}
