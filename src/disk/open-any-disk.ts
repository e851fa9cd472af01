import type { DiskFormat } from '../model/disk-formats.ts'
import { ByteStream } from './byte-stream.ts'
import { DiskError } from './disk-error.ts'
import type { Disk } from './disk.ts'
import { sniffHeadBytes } from './formats/format.ts'
import { diskFormatModule } from './formats/index.ts'
import { defaultDiskLimits } from './limits.ts'
import { openDisk } from './open-disk.ts'
import type { OpenDiskOptions } from './open-disk.ts'
import type { RandomAccessSource } from './random-access-source.ts'
import { assertHeaderFits, detect } from './sniff.ts'

/** Like `openDisk`, and for streams too: those formats that can be read in one pass. @throws DiskError */
export async function openAnyDisk(
  request: OpenDiskOptions & { readonly source: string | RandomAccessSource | AsyncIterable<Uint8Array> },
): Promise<Disk & { readonly format: DiskFormat }> {
  const { source } = request
  if (typeof source === 'string' || 'readInto' in source) return openDisk(source, request)
  const stream = new ByteStream(source)
  try {
    return await openStreamedDisk(stream, request)
  } catch (error) {
    await stream.close()
    throw error
  }
}

async function openStreamedDisk(
  stream: ByteStream,
  { format: declaredFormat, limits: given, signal }: OpenDiskOptions,
): Promise<Disk & { readonly format: DiskFormat }> {
  const head = await stream.peek(sniffHeadBytes)
  if (declaredFormat !== undefined) assertHeaderFits(head, declaredFormat)
  const format = declaredFormat ?? detect({ head }) ?? 'raw'
  const { openStream } = diskFormatModule(format)
  if (openStream === undefined) throw needsSeeking(format)
  const limits = { ...defaultDiskLimits, ...given }
  const reader = await openStream(stream, signal === undefined ? { limits } : { limits, signal })
  const close = (): Promise<void> => stream.close()
  return {
    ...reader,
    format,
    inputBytes: () => stream.position,
    async *extents(options) {
      try {
        yield* reader.extents(options)
      } finally {
        await close()
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function needsSeeking(format: DiskFormat): DiskError {
  return new DiskError(
    'not-supported',
    `A ${format} image cannot be read from a stream. Save it to a file first; raw and streamOptimized VMDK can be streamed.`,
  )
}
