/** Time as the rest of the house sees it: injected, so that tests decide what time it is. */
export interface Clock {
  /** Wall-clock time in milliseconds since the epoch; may jump. */
  nowMs(): number
  /** Monotonic time in milliseconds; use it for durations. */
  monotonicMs(): number
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
}
