/** L2 tables as they are needed, the latest kept. */
import { readInside } from '../../bounds.ts'
import type { RandomAccessSource } from '../../random-access-source.ts'

const maxBytes = 8 * 1024 ** 2

export class L2Cache {
  readonly #source: RandomAccessSource
  readonly #clusterBytes: number
  readonly #tables = new Map<number, Promise<DataView>>()

  constructor(source: RandomAccessSource, clusterBytes: number) {
    this.#source = source
    this.#clusterBytes = clusterBytes
  }

  /** @param offset where the table lies in the file */
  get(offset: number, signal?: AbortSignal): Promise<DataView> {
    const known = this.#tables.get(offset)
    if (known !== undefined) return known
    const table = this.#read(offset, signal)
    this.#tables.set(offset, table)
    // One that failed, perhaps for a signal that was somebody else's, must not stay.
    table.catch(() => this.#tables.delete(offset))
    if (this.#tables.size * this.#clusterBytes > maxBytes) {
      const [oldest] = this.#tables.keys()
      if (oldest !== undefined && oldest !== offset) this.#tables.delete(oldest)
    }
    return table
  }

  async #read(offset: number, signal?: AbortSignal): Promise<DataView> {
    const bytes = await readInside(this.#source, offset, this.#clusterBytes, 'A qcow2 L2 table', signal)
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }
}
