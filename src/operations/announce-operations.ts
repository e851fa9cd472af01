/** Tells the conductors that there is work: a hint, which they find out by themselves within a second when it is lost. */
import { conductorQueue, type Bus } from '../bus/bus.ts'
import { encodeMessage } from '../bus/messages/decode.ts'
import type { OperationId } from '../model/ids.ts'
import type { Logger } from '../util/logger.ts'

export interface AnnounceParts {
  readonly bus: Pick<Bus, 'send'>
  readonly log: Logger
}

/** After the operations are committed. Not waited for: a bus that is away must not hold the caller up. */
export function announceOperations({ bus, log }: AnnounceParts, ids: readonly OperationId[]): void {
  for (const operationId of ids) {
    bus
      .send(conductorQueue, encodeMessage({ type: 'operation-pending', version: 1, operationId }))
      .catch((error: unknown) =>
        log.warn({ operationId, err: error }, 'the conductors could not be told at once of an operation'),
      )
  }
}
