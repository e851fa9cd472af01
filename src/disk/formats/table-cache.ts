/** The lower of two levels of mapping tables: read as they are needed, the latest kept. */
import { readInside } from '../bounds.ts'
import type { RandomAccessSource } from '../random-access-source.ts'

const maxBytes = 8 * 1024 ** 2

export class TableCache {
  readonly #source: RandomAccessSource
  readonly #tableBytes: number
  readonly #what: string
  readonly #tables = new Map<number, Promise<DataView>>()

  /** @param what for the message, like "A qcow2 L2 table" */
  constructor(source: RandomAccessSource, tableBytes: number, what: string) {
    this.#source = source
    this.#tableBytes = tableBytes
    this.#what = what
  }

  /** @param offset where the table lies in the file */
  get(offset: number, signal?: AbortSignal): Promise<DataView> {
    const known = this.#tables.get(offset)
    if (known !== undefined) return known
    const table = this.#read(offset, signal)
    this.#tables.set(offset, table)
    // One that failed, perhaps for a signal that was somebody else's, must not stay.
    table.catch(() => this.#tables.delete(offset))
    if (this.#tables.size * Math.max(this.#tableBytes, 4096) > maxBytes) {
      const [oldest] = this.#tables.keys()
      if (oldest !== undefined && oldest !== offset) this.#tables.delete(oldest)
    }
    return table
  }

  async #read(offset: number, signal?: AbortSignal): Promise<DataView> {
    const bytes = await readInside(this.#source, offset, this.#tableBytes, this.#what, signal)
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }
}
