/** Lets at most `atOnce` pieces of work run at the same time; at most `maxWaiting` more wait in line, in order. */
export interface LimiterOptions {
  readonly atOnce: number
  readonly maxWaiting: number
  /** The error for those who find the line full. */
  readonly whenFull: () => Error
}

export type Limiter = <T>(work: () => Promise<T>) => Promise<T>

export function createLimiter({ atOnce, maxWaiting, whenFull }: LimiterOptions): Limiter {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= maxWaiting) throw whenFull()
      // Whoever finishes hands its place over, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
