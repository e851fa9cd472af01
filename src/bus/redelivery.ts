/** How often and after which pauses a message comes again whose handler failed; the same for every bus. */
export interface RedeliveryOptions {
  /** A message that failed so often is parked. */
  readonly maxDeliveries: number
  /** Doubled at each failure, up to `maxPauseMs`. */
  readonly firstPauseMs: number
  readonly maxPauseMs: number
}

/** Two minutes together: a database that restarts must not cost a single message. */
export const defaultRedelivery: RedeliveryOptions = { maxDeliveries: 20, firstPauseMs: 100, maxPauseMs: 10_000 }

/** @param deliveries how often the message was handed over until now */
export function pauseMs(options: RedeliveryOptions, deliveries: number): number {
  return Math.min(options.maxPauseMs, options.firstPauseMs * 2 ** Math.min(deliveries - 1, 30))
}
