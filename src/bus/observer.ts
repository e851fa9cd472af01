/** Told what becomes of messages; for figures. */
export interface BusObserver {
  /**
   * How long each message waited from being sent to being handed over.
   * @param queue its kind: `conductor`, `agent` (any agent's) or `events`
   */
  delivered(queue: string, lagSeconds: number): void
  redelivered(queue: string): void
  /** A message was laid aside: nobody could do anything with it. */
  parked(queue: string): void
}

/** `agent.<id>` → `agent`: figures know kinds, not names. */
export function queueKind(queue: string): string {
  return queue.split('.', 1)[0] ?? queue
}
