/** So many at a time, the others in the order in which they came. */
export class Places {
  readonly #waiting = new Set<() => void>()
  #free: number

  constructor(total: number) {
    this.#free = total
  }

  get waiting(): number {
    return this.#waiting.size
  }

  get areTaken(): boolean {
    return this.#free === 0
  }

  /** Waits for a place. @returns what gives it back, once. @throws the signal's reason when it aborts before */
  async take(signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted()
    if (this.#free > 0) this.#free -= 1
    else await this.#turn(signal)
    return () => this.#giveBack()
  }

  async #turn(signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const leave = (): void => {
      if (this.#waiting.delete(resolve)) reject(signal?.reason as Error)
    }
    this.#waiting.add(resolve)
    signal?.addEventListener('abort', leave, { once: true })
    try {
      await promise
    } finally {
      signal?.removeEventListener('abort', leave)
    }
  }

  #giveBack(): void {
    const [next] = this.#waiting
    if (next === undefined) this.#free += 1
    else {
      this.#waiting.delete(next)
      next()
    }
  }
}
