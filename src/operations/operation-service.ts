/** What callers may do with operations: ask for their end. */
import { controlTopic } from '../bus/topics.ts'
import type { Bus } from '../bus/bus.ts'
import { encodeMessage } from '../bus/messages/decode.ts'
import { conflict, notFound } from '../model/errors.ts'
import type { OperationId } from '../model/ids.ts'
import { isCancellable, openOperationStatuses } from '../model/operation.ts'
import type { Db } from '../store/database.ts'
import { findOperation, requestCancel } from '../store/operations.ts'
import type { Clock } from '../util/clock.ts'
import type { Logger } from '../util/logger.ts'
import { announceOperations } from './announce-operations.ts'

export interface OperationServiceParts {
  readonly db: Db
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Logger
}

export class OperationService {
  readonly #parts: OperationServiceParts

  constructor(parts: OperationServiceParts) {
    this.#parts = parts
  }

  /**
   * Asks that the operation stops and undoes itself; asking twice is asking once.
   * @throws PolyvisorError 404, or 409 when it is over or cannot be taken back
   */
  async cancel(id: OperationId): Promise<void> {
    const { db, clock } = this.#parts
    const operation = await findOperation(db, id)
    if (operation === undefined) throw notFound('operation', id)
    if (!isCancellable(operation.kind)) {
      throw conflict('not-cancellable', `A ${operation.kind} goes through once it is accepted; it cannot be cancelled.`)
    }
    if (!(openOperationStatuses as readonly string[]).includes(operation.status)) {
      throw conflict('operation-over', `Operation ${id} is over already: it ${operation.status}.`)
    }
    await requestCancel(db, id, clock.nowMs())
    this.tellConductors(id)
    // One that nobody began is taken up now, to be closed in its own words.
    announceOperations(this.#parts, [id])
  }

  /** Tells whoever works on the operation that its end was asked for; not being heard costs a few seconds. */
  tellConductors(id: OperationId): void {
    const message = encodeMessage({ type: 'operation-cancel', version: 1, operationId: id })
    void this.#parts.bus
      .publish(controlTopic('operation-cancel'), message)
      // The request stands in the database: engines see it when they renew their leases.
      .catch((error: unknown) =>
        this.#parts.log.warn(
          { operationId: id, err: error },
          'the conductors could not be told at once of a cancellation',
        ),
      )
  }
}
