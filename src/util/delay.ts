import { setTimeout as delayTimer } from 'node:timers/promises'

/** Resolves after `ms` milliseconds or at once when `signal` aborts; never rejects, never keeps the process alive. */
export async function delay(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await delayTimer(ms, undefined, { ref: false, ...(signal === undefined ? {} : { signal }) })
  } catch {
    // An abort ends the wait; the caller looks at its signal.
  }
}
