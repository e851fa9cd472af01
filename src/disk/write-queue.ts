/** Writes that are under way at once, bounded in number; the first failure is kept and thrown to whoever asks next. */
import type { DiskTarget } from './disk-target.ts'

/** More gains nothing into the page cache; memory is this many extents. */
const maxWrites = 6

export class WriteQueue {
  readonly #target: DiskTarget
  readonly #running = new Set<Promise<void>>()
  #failure: { readonly error: unknown } | undefined

  constructor(target: DiskTarget) {
    this.#target = target
  }

  /** Resolves when the write is under way. @param done called when these bytes are no longer needed */
  async push(offset: number, bytes: Buffer, done?: () => void): Promise<void> {
    while (this.#running.size >= maxWrites) await Promise.race(this.#running)
    this.#throwFailure()
    const write = this.#target.write(offset, bytes).then(
      () => done?.(),
      (error: unknown) => void (this.#failure ??= { error }),
    )
    this.#running.add(write)
    void write.finally(() => this.#running.delete(write))
  }

  /** Waits for all writes. @throws the first failure of any */
  async drain(): Promise<void> {
    await this.settle()
    this.#throwFailure()
  }

  /** Waits until nothing is under way, and says nothing of failures. */
  async settle(): Promise<void> {
    await Promise.all(this.#running)
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error
  }
}
