/** Packs the blocks of an extent side by side: what the writers of compressed formats share. */
import { BufferPool } from '../algebra/buffer-pool.ts'
import { nonZeroRuns } from '../algebra/non-zero-runs.ts'
import type { Deflate } from '../codec/deflate.ts'
import { maxExtentBytes } from '../disk.ts'
import type { DataExtent } from '../disk.ts'

export interface PackedBlock {
  /** In the disk. */
  readonly offset: number
  /** Whole blocks, also of a disk that ends within one: filled up with zeros. */
  readonly bytes: Buffer
  /** False: it would not have become smaller than allowed, and is as it was. */
  readonly isPacked: boolean
}

/** The blocks of one extent that are not zeros. Their bytes are valid until `release`. */
export interface PackedBatch {
  readonly blocks: readonly PackedBlock[]
  release(): void
}

export class BlockPacker {
  readonly #blockBytes: number
  readonly #maxPackedBytes: number
  readonly #deflate: Deflate
  readonly #pool: BufferPool

  constructor(blockBytes: number, maxPackedBytes: number, deflate: Deflate) {
    this.#blockBytes = blockBytes
    this.#maxPackedBytes = maxPackedBytes
    this.#deflate = deflate
    this.#pool = new BufferPool(Math.ceil(maxExtentBytes / blockBytes) * maxPackedBytes)
  }

  async pack({ offset, data, release }: DataExtent): Promise<PackedBatch> {
    const place = this.#pool.take()
    const work: Promise<PackedBlock>[] = []
    for (const { start, end } of nonZeroRuns(data, this.#blockBytes)) {
      for (let at = start; at < end; at += this.#blockBytes) {
        const target = place.subarray(work.length * this.#maxPackedBytes, (work.length + 1) * this.#maxPackedBytes)
        work.push(this.#packBlock(offset + at, data.subarray(at, Math.min(end, at + this.#blockBytes)), target))
      }
    }
    return {
      blocks: await Promise.all(work),
      release: () => {
        this.#pool.give(place)
        release()
      },
    }
  }

  async #packBlock(offset: number, part: Buffer, target: Buffer): Promise<PackedBlock> {
    const bytes = part.length === this.#blockBytes ? part : Buffer.concat([part], this.#blockBytes)
    const packedBytes = await this.#deflate(bytes, target)
    if (packedBytes === 0) return { offset, bytes, isPacked: false }
    return { offset, bytes: target.subarray(0, packedBytes), isPacked: true }
  }
}
