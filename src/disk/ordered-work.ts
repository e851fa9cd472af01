/** Work that runs in parallel and whose results are taken in the order in which it was begun: the ticket queue of writers. */
export class OrderedWork<T> {
  readonly #maxRunning: number
  readonly #take: (result: T) => Promise<void>
  readonly #running: Promise<T>[] = []

  /** @param take called with one result at a time */
  constructor(maxRunning: number, take: (result: T) => Promise<void>) {
    this.#maxRunning = maxRunning
    this.#take = take
  }

  /** Resolves when there is room for more. @throws what earlier work or its taking threw */
  async begin(work: Promise<T>): Promise<void> {
    // It is awaited in its turn; until then its failure is nobody's.
    work.catch(() => undefined)
    this.#running.push(work)
    while (this.#running.length >= this.#maxRunning) await this.#takeOldest()
  }

  async drain(): Promise<void> {
    while (this.#running.length > 0) await this.#takeOldest()
  }

  /** Waits until nothing runs, and says nothing of failures. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#running)
  }

  async #takeOldest(): Promise<void> {
    const oldest = this.#running.shift()
    if (oldest !== undefined) await this.#take(await oldest)
  }
}
