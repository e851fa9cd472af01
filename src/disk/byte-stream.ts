/** Bytes that come once, in order: a pipe, an HTTP answer. Owns what was received and not yet taken. */
import { truncated } from './disk-error.ts'

export class ByteStream {
  readonly #iterator: AsyncIterator<Uint8Array>
  #chunk: Buffer = Buffer.alloc(0)
  #position = 0
  #isClosed = false

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#iterator = bytes[Symbol.asyncIterator]()
  }

  /** How many bytes were taken. */
  get position(): number {
    return this.#position
  }

  /** The next bytes without taking them; fewer than `length` when the stream ends. For small lengths. */
  async peek(length: number): Promise<Buffer> {
    while (this.#chunk.length < length) {
      const next = await this.#next()
      if (next === undefined) break
      this.#chunk = this.#chunk.length === 0 ? next : Buffer.concat([this.#chunk, next])
    }
    return this.#chunk.subarray(0, length)
  }

  /** Fills `target` as far as the stream goes. @returns how many bytes there were */
  async readInto(target: Buffer): Promise<number> {
    let done = 0
    while (done < target.length) {
      if (this.#chunk.length === 0) {
        const next = await this.#next()
        if (next === undefined) break
        this.#chunk = next
      }
      const bytes = this.#chunk.copy(target, done)
      this.#chunk = this.#chunk.subarray(bytes)
      done += bytes
    }
    this.#position += done
    return done
  }

  /** Exactly `length` bytes in a buffer of the caller's own. @throws DiskError `truncated` when the stream ends before, naming `what` */
  async read(length: number, what: string): Promise<Buffer> {
    const target = Buffer.allocUnsafeSlow(length)
    if ((await this.readInto(target)) < length) throw truncated(what)
    return target
  }

  /** Ends the sender's work too. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.#iterator.return?.()
  }

  async #next(): Promise<Buffer | undefined> {
    for (;;) {
      const { value, done } = await this.#iterator.next()
      if (done === true) return undefined
      if (value.length > 0) return Buffer.from(value.buffer, value.byteOffset, value.length)
    }
  }
}
