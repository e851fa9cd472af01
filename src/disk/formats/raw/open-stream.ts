import { BufferPool } from '../../algebra/buffer-pool.ts'
import type { ByteStream } from '../../byte-stream.ts'
import { DiskError, tooLarge } from '../../disk-error.ts'
import type { DiskExtent, StreamReader } from '../../disk.ts'
import { maxExtentBytes } from '../../disk.ts'
import type { OpenContext } from '../format.ts'
import { wholeSectors } from '../virtual-size.ts'

/** All that comes is guest data; the disk ends where the stream does. */
export async function openRawStream(
  stream: ByteStream,
  { limits }: Pick<OpenContext, 'limits'>,
): Promise<StreamReader> {
  return {
    virtualSizeBytes: undefined,
    blockSizeBytes: 512,
    async *extents({ signal } = {}): AsyncGenerator<DiskExtent, void, undefined> {
      const pool = new BufferPool(maxExtentBytes)
      for (let offset = 0; ; offset += maxExtentBytes) {
        signal?.throwIfAborted()
        const buffer = pool.take()
        const bytes = await stream.readInto(buffer)
        if (bytes === 0 && offset === 0) throw new DiskError('empty', 'The stream is empty. Send a disk with content.')
        const length = wholeSectors(bytes)
        if (offset + length > limits.maxVirtualSizeBytes) {
          throw tooLarge('The virtual size', `${limits.maxVirtualSizeBytes} bytes`)
        }
        const data = buffer.subarray(0, length).fill(0, bytes)
        if (length > 0) yield { kind: 'data', offset, length, data, release: () => pool.give(buffer) }
        if (bytes < maxExtentBytes) return
      }
    },
  }
}
