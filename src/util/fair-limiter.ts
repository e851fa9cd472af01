/**
 * Lets at most `atOnce` pieces of work run at the same time, and at most `atOnceEach` of one party; the others wait, and
 * the parties that wait take turns, however long the line of one of them is.
 */
export interface FairLimiterOptions {
  readonly atOnce: number
  readonly atOnceEach: number
  /** How many may wait in a party's own line. */
  readonly maxWaitingEach: number
  /** The error for those who find their line full. */
  readonly whenFull: () => Error
}

export type FairLimiter = <T>(party: string, work: () => Promise<T>) => Promise<T>

interface Line {
  running: number
  /** Counted over all parties; 0 for never. */
  lastBegun: number
  readonly waiting: (() => void)[]
}

export function createFairLimiter({ atOnce, atOnceEach, maxWaitingEach, whenFull }: FairLimiterOptions): FairLimiter {
  let running = 0
  let begun = 0
  /** Of parties with work. */
  const lines = new Map<string, Line>()

  const mayBegin = (line: Line): boolean => running < atOnce && line.running < atOnceEach
  /** Of those that may, the one that has begun nothing for longest. */
  const beginNext = (): void => {
    const [line] = [...lines.values()]
      .filter((one) => one.waiting.length > 0 && mayBegin(one))
      .toSorted((a, b) => a.lastBegun - b.lastBegun)
    if (line === undefined) return
    running += 1
    line.running += 1
    line.lastBegun = begun += 1
    line.waiting.shift()?.()
  }

  return async (party, work) => {
    const line = lines.get(party) ?? { running: 0, lastBegun: 0, waiting: [] }
    if (!mayBegin(line) && line.waiting.length >= maxWaitingEach) throw whenFull()
    lines.set(party, line)
    await new Promise<void>((resolve) => {
      line.waiting.push(resolve)
      beginNext()
    })
    try {
      return await work()
    } finally {
      running -= 1
      line.running -= 1
      if (line.running === 0 && line.waiting.length === 0) lines.delete(party)
      beginNext()
    }
  }
}
