/**
 * Readers who ask while a read is under way wait for the next one, together. It begins after they asked, so nobody gets
 * an answer that is older than the question; and a database that is slow is asked less often, not more.
 */

/** Reads of many things by their keys: those that wait are read in one query. */
export class BatchedReads<K, T> {
  readonly #readMany: (keys: readonly K[]) => Promise<ReadonlyMap<K, T>>
  #waiting = new Map<K, PromiseWithResolvers<T | undefined>>()
  #isReading = false

  constructor(readMany: (keys: readonly K[]) => Promise<ReadonlyMap<K, T>>) {
    this.#readMany = readMany
  }

  read(key: K): Promise<T | undefined> {
    const waiting = this.#waiting.get(key) ?? Promise.withResolvers<T | undefined>()
    this.#waiting.set(key, waiting)
    if (!this.#isReading) void this.#readAll()
    return waiting.promise
  }

  get isIdle(): boolean {
    return !this.#isReading
  }

  async #readAll(): Promise<void> {
    this.#isReading = true
    while (this.#waiting.size > 0) {
      const batch = this.#waiting
      this.#waiting = new Map()
      try {
        const found = await this.#readMany([...batch.keys()])
        for (const [key, { resolve }] of batch) resolve(found.get(key))
      } catch (error) {
        for (const { reject } of batch.values()) reject(error)
      }
    }
    this.#isReading = false
  }
}

/** Reads of the same question: those that wait get the same answer. */
export class SharedReads<T> {
  readonly #reads = new Map<string, BatchedReads<string, T>>()

  read(question: string, ask: () => Promise<T>): Promise<T> {
    const reads =
      this.#reads.get(question) ?? new BatchedReads<string, T>(async () => new Map([[question, await ask()]]))
    this.#reads.set(question, reads)
    const answer = reads.read(question) as Promise<T>
    const forget = (): void => {
      if (reads.isIdle) this.#reads.delete(question)
    }
    void answer.then(forget, forget)
    return answer
  }
}
