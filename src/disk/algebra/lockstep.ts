/** Two disks side by side: stretches that are data on either side or on none, to the end of the longer one. */
import type { DataExtent, Disk, DiskExtent } from '../disk.ts'

export interface Pair {
  readonly offset: number
  readonly length: number
  /** Undefined where the side is empty or has ended. Valid until the next pair is asked for. */
  readonly dataA: Buffer | undefined
  readonly dataB: Buffer | undefined
}

/** One side's present extent, and how much of it was taken. */
class Side {
  readonly #extents: AsyncGenerator<DiskExtent, void, undefined>
  #extent: DiskExtent | undefined
  #taken = 0
  isAtEnd = false

  constructor(disk: Disk, signal?: AbortSignal) {
    this.#extents = disk.extents(signal === undefined ? {} : { signal })
  }

  /** Bytes left of the present extent, after going on to the next one if need be; infinite at the end. */
  async left(): Promise<number> {
    while (!this.isAtEnd && (this.#extent === undefined || this.#taken === this.#extent.length)) {
      if (this.#extent?.kind === 'data') this.#extent.release()
      const { value, done } = await this.#extents.next()
      this.#extent = done === true ? undefined : value
      this.#taken = 0
      this.isAtEnd = done === true
    }
    return this.#extent === undefined ? Number.POSITIVE_INFINITY : this.#extent.length - this.#taken
  }

  take(length: number): Buffer | undefined {
    const extent = this.#extent
    const at = this.#taken
    this.#taken += extent === undefined ? 0 : length
    return extent?.kind === 'data' ? (extent satisfies DataExtent).data.subarray(at, at + length) : undefined
  }

  async close(): Promise<void> {
    await this.#extents.return(undefined)
  }
}

export async function* lockstep(a: Disk, b: Disk, signal?: AbortSignal): AsyncGenerator<Pair, void, undefined> {
  const sideA = new Side(a, signal)
  const sideB = new Side(b, signal)
  try {
    for (let offset = 0; ;) {
      const length = Math.min(await sideA.left(), await sideB.left())
      if (length === Number.POSITIVE_INFINITY) return
      yield { offset, length, dataA: sideA.take(length), dataB: sideB.take(length) }
      offset += length
    }
  } finally {
    await Promise.all([sideA.close(), sideB.close()])
  }
}
