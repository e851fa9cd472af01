import { Places } from './places.ts'

/** Lets at most `atOnce` pieces of work run at the same time; at most `maxWaiting` more wait in line, in order. */
export interface LimiterOptions {
  readonly atOnce: number
  readonly maxWaiting: number
  /** The error for those who find the line full. */
  readonly whenFull: () => Error
}

export type Limiter = <T>(work: () => Promise<T>) => Promise<T>

export function createLimiter({ atOnce, maxWaiting, whenFull }: LimiterOptions): Limiter {
  const places = new Places(atOnce)
  return async (work) => {
    if (places.areTaken && places.waiting >= maxWaiting) throw whenFull()
    const giveBack = await places.take()
    try {
      return await work()
    } finally {
      giveBack()
    }
  }
}
