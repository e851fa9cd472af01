/** What callers may do with operations: ask for their end. */
import { controlTopic } from '../bus/topics.ts'
import { conductorQueue, type Bus } from '../bus/bus.ts'
import { encodeMessage } from '../bus/messages/decode.ts'
import { conflict, notFound } from '../model/errors.ts'
import type { OperationId } from '../model/ids.ts'
import { isCancellable, openOperationStatuses } from '../model/operation.ts'
import type { Db } from '../store/database.ts'
import { findOperation, requestCancel } from '../store/operations.ts'
import type { Clock } from '../util/clock.ts'
import type { Logger } from '../util/logger.ts'

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
    const { db, bus, clock } = this.#parts
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
    const pending = encodeMessage({ type: 'operation-pending', version: 1, operationId: id })
    // Not waited for: a bus that is away must not hold the caller up.
    void bus.send(conductorQueue, pending).catch((error: unknown) => this.#notTold(id, error))
  }

  /** Tells whoever works on the operation that its end was asked for; not being heard costs a few seconds. */
  tellConductors(id: OperationId): void {
    const message = encodeMessage({ type: 'operation-cancel', version: 1, operationId: id })
    void this.#parts.bus
      .publish(controlTopic('operation-cancel'), message)
      .catch((error: unknown) => this.#notTold(id, error))
  }

  /** The request stands in the database: engines see it when they renew their leases. */
  #notTold(operationId: OperationId, error: unknown): void {
    this.#parts.log.warn({ operationId, err: error }, 'the conductors could not be told at once of a cancellation')
  }
}
