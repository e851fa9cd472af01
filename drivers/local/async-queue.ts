/** A push-to-pull bridge: callbacks push, one consumer iterates. Owned by whoever made it; ends by its signal. */
export class AsyncQueue<T> {
  readonly #items: T[] = []
  readonly #signal: AbortSignal
  #wake: (() => void) | undefined

  constructor(signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', () => this.#wake?.(), { once: true })
  }

  push(item: T): void {
    this.#items.push(item)
    this.#wake?.()
  }

  /** Yields what is pushed, in order, until the signal aborts. */
  async *items(): AsyncGenerator<T> {
    while (!this.#signal.aborted) {
      const item = this.#items.shift()
      if (item !== undefined) {
        yield item
        continue
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#wake = undefined
    }
  }
}
