/**
 * Buffers of one size that are used again: fresh ones cost a page fault per 4 KiB. Their memory is shared with the threads
 * that pack and unpack, so that nothing is copied on the way there.
 */
export class BufferPool {
  readonly #free: Buffer[] = []
  readonly #bufferBytes: number
  readonly #maxKept: number

  constructor(bufferBytes: number, maxKept = 16) {
    this.#bufferBytes = bufferBytes
    this.#maxKept = maxKept
  }

  /** Whatever was in it before is still in it. */
  take(): Buffer {
    return this.#free.pop() ?? sharedBuffer(this.#bufferBytes)
  }

  give(buffer: Buffer): void {
    if (this.#free.length < this.#maxKept) this.#free.push(buffer)
  }
}

export function sharedBuffer(bytes: number): Buffer {
  return Buffer.from(new SharedArrayBuffer(bytes))
}
