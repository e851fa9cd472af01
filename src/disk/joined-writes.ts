/** Joins pieces that follow each other in a file to few large writes. Ends with `flush`. */
import { BufferPool } from './algebra/buffer-pool.ts'
import type { WriteQueue } from './write-queue.ts'

const bufferBytes = 1024 ** 2

export class JoinedWrites {
  readonly #queue: WriteQueue
  readonly #pool = new BufferPool(bufferBytes)
  #buffer: Buffer | undefined
  #offset = 0
  #filled = 0

  constructor(queue: WriteQueue) {
    this.#queue = queue
  }

  /** Takes a copy of `piece`, so it may be used again at once when this resolves. */
  async add(offset: number, piece: Buffer): Promise<void> {
    if (offset !== this.#offset + this.#filled) await this.flush()
    for (let at = 0; at < piece.length;) {
      if (this.#filled === 0) this.#offset = offset + at
      this.#buffer ??= this.#pool.take()
      const bytes = piece.copy(this.#buffer, this.#filled, at)
      at += bytes
      this.#filled += bytes
      if (this.#filled === bufferBytes) await this.flush()
    }
  }

  async flush(): Promise<void> {
    const buffer = this.#buffer
    if (buffer === undefined) return
    const [offset, filled] = [this.#offset, this.#filled]
    this.#buffer = undefined
    this.#filled = 0
    await this.#queue.push(offset, buffer.subarray(0, filled), () => this.#pool.give(buffer))
  }
}
