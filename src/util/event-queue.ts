/** Hands each pushed item to everybody who follows at that time. */
export class EventQueue<T> {
  readonly #followers = new Set<(item: T) => void>()

  push(item: T): void {
    for (const deliver of this.#followers) deliver(item)
  }

  /** Items pushed from now on, until `signal` aborts. */
  follow(signal: AbortSignal): AsyncIterable<T> {
    const waiting: T[] = []
    let wake = Promise.withResolvers<void>()
    const deliver = (item: T): void => {
      waiting.push(item)
      wake.resolve()
    }
    this.#followers.add(deliver)
    signal.addEventListener('abort', () => wake.resolve(), { once: true })
    return this.#drain(waiting, signal, deliver, () => {
      wake = Promise.withResolvers<void>()
      if (waiting.length > 0 || signal.aborted) wake.resolve()
      return wake.promise
    })
  }

  async *#drain(
    waiting: T[],
    signal: AbortSignal,
    deliver: (item: T) => void,
    sleep: () => Promise<void>,
  ): AsyncIterable<T> {
    try {
      while (!signal.aborted) {
        const item = waiting.shift()
        if (item === undefined) await sleep()
        else yield item
      }
    } finally {
      this.#followers.delete(deliver)
    }
  }
}
