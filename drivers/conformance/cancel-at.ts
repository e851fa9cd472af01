/** Cancels a call at a chosen moment of it, and sees to it that the call ends soon after. */
import type { Bench } from './bench.ts'
import type { ControlOptions, RecordingControl } from './control.ts'

const ruleMs = 5_000

/** When a call is cancelled: at a checkpoint, or at a progress. */
export type Moment = { readonly kind: 'checkpoint' | 'progress'; readonly index: number }

/** @throws Error when the call goes on for longer than a cancelled one may */
export function within<T>(bench: Bench, work: Promise<T>, signal: AbortSignal): Promise<T> {
  const limitMs = bench.fixture.cancelWithinMs ?? ruleMs
  const late = new Promise<never>((_, reject) => {
    const begin = (): void => {
      const timer = setTimeout(() => reject(new Error(`it went on for ${limitMs} ms after the signal`)), limitMs)
      work.then(
        () => clearTimeout(timer),
        () => clearTimeout(timer),
      )
    }
    if (signal.aborted) begin()
    else signal.addEventListener('abort', begin, { once: true })
  })
  return Promise.race([work, late])
}

export function momentsOf({ checkpoints, progresses }: RecordingControl): readonly Moment[] {
  return [
    ...checkpoints.map((_, index) => ({ kind: 'checkpoint', index }) as const),
    ...progresses.map((_, index) => ({ kind: 'progress', index }) as const),
  ]
}

export function abortAt(stop: AbortController, moment: Moment): ControlOptions {
  const at = (index: number): void => {
    if (index === moment.index) stop.abort()
  }
  return { signal: stop.signal, ...(moment.kind === 'checkpoint' ? { onCheckpoint: at } : { onProgress: at }) }
}
