/**
 * Converts one disk: extents from any format that can be read to any that can be written, in one pass and bounded memory.
 * A file appears under its name only when it is whole; whatever goes wrong, nothing is left of it.
 */
import { createHash } from 'node:crypto'
import type { Writable } from 'node:stream'
import type { DiskFormat } from '../model/disk-formats.ts'
import { guardExpansion } from './algebra/expansion-guard.ts'
import { hashExtents } from './algebra/hash-extents.ts'
import { HashTree, treeExtents } from './algebra/hash-tree.ts'
import { withProgress } from './algebra/progress.ts'
import type { DiskProgress } from './algebra/progress.ts'
import { DiskError } from './disk-error.ts'
import type { DiskExtent } from './disk.ts'
import type { OwnedTarget } from './disk-target.ts'
import type { DiskWriter } from './disk-writer.ts'
import { createFileTarget } from './file-target.ts'
import type { FileTarget } from './file-target.ts'
import type { FormatOptions } from './formats/format-options.ts'
import { diskFormatModule } from './formats/index.ts'
import { defaultDiskLimits } from './limits.ts'
import { openAnyDisk } from './open-any-disk.ts'
import type { OpenDiskOptions } from './open-disk.ts'
import type { RandomAccessSource } from './random-access-source.ts'
import { streamTarget } from './stream-target.ts'
import { verifyTarget } from './verify-target.ts'

export interface ConvertRequest extends OpenDiskOptions {
  /** A path, something that can be read at any place, or a stream (raw or streamOptimized VMDK). */
  readonly source: string | RandomAccessSource | AsyncIterable<Uint8Array>
  /** Format of the source; without it the marks of the image decide. */
  readonly format?: DiskFormat
  /** Size of a raw stream, where the target must know it before the end. */
  readonly streamSizeBytes?: number
  /** A path, or a stream (raw, streamOptimized VMDK, fixed VHD), which is ended. */
  readonly target: string | Writable
  readonly targetFormat: DiskFormat
  /** What `-o key=value` gives. */
  readonly targetOptions?: FormatOptions
  /** Reads the target back before it gets its name, and compares with what was read. */
  readonly verify?: boolean
  /** Also gives the sha256 of the raw content. */
  readonly hash?: boolean
  /** False leaves it to the system when the bytes reach the disk. True when not given. */
  readonly isDurable?: boolean
  readonly onProgress?: (progress: DiskProgress) => void
}

export interface ConvertResult {
  readonly sourceFormat: DiskFormat
  readonly targetFormat: DiskFormat
  readonly virtualSizeBytes: number
  /** Data that was read; the rest of the disk was empty. */
  readonly dataBytes: number
  readonly isVerified: boolean
  /** Hexadecimal, with `hash`. */
  readonly sha256?: string
}

/** @throws DiskError, the file systems' and streams' own errors, the signal's reason */
export async function convertDisk(request: ConvertRequest): Promise<ConvertResult> {
  const { create } = diskFormatModule(request.targetFormat)
  if (create === undefined) throw readOnly(request.targetFormat)
  if (request.verify === true && typeof request.target !== 'string') throw cannotVerifyStream()
  await using disk = await openAnyDisk(request)
  const target = await openTarget(request)
  let writer: DiskWriter | undefined
  try {
    const virtualSizeBytes = disk.virtualSizeBytes ?? request.streamSizeBytes
    writer = await create(target, { options: request.targetOptions ?? {}, virtualSizeBytes })
    const tree = request.verify === true ? new HashTree() : undefined
    const hash = request.hash === true ? createHash('sha256') : undefined
    const extents = decorate(request, disk, writer, { virtualSizeBytes, tree, hash })
    const { endBytes, dataBytes } = await copy(extents, writer)
    assertSize(endBytes, virtualSizeBytes)
    await writer.finish(endBytes)
    if (tree !== undefined) await verifyTarget(target as FileTarget, request, tree)
    request.signal?.throwIfAborted()
    await target.commit()
    return {
      sourceFormat: disk.format,
      targetFormat: request.targetFormat,
      virtualSizeBytes: endBytes,
      dataBytes,
      isVerified: tree !== undefined,
      ...(hash === undefined ? {} : { sha256: hash.digest('hex') }),
    }
  } catch (error) {
    await writer?.settle()
    await target.discard()
    throw error
  }
}

function openTarget({ target, isDurable = true }: ConvertRequest): Promise<OwnedTarget> | OwnedTarget {
  return typeof target === 'string' ? createFileTarget(target, { isDurable }) : streamTarget(target)
}

type Decorations = {
  readonly virtualSizeBytes: number | undefined
  readonly tree: HashTree | undefined
  readonly hash: ReturnType<typeof createHash> | undefined
}

function decorate(
  { limits, signal, onProgress }: ConvertRequest,
  disk: Awaited<ReturnType<typeof openAnyDisk>>,
  { blockBytes }: DiskWriter,
  { virtualSizeBytes, tree, hash }: Decorations,
): AsyncIterable<DiskExtent> {
  let extents: AsyncIterable<DiskExtent> = disk.extents({ blockBytes, ...(signal === undefined ? {} : { signal }) })
  extents = guardExpansion(extents, () => disk.inputBytes(), { ...defaultDiskLimits, ...limits })
  if (tree !== undefined) extents = treeExtents(extents, tree)
  if (hash !== undefined) extents = hashExtents(extents, hash)
  if (onProgress !== undefined) extents = withProgress(extents, virtualSizeBytes, onProgress)
  return extents
}

async function copy(
  extents: AsyncIterable<DiskExtent>,
  writer: DiskWriter,
): Promise<{ readonly endBytes: number; readonly dataBytes: number }> {
  let endBytes = 0
  let dataBytes = 0
  for await (const extent of extents) {
    // Its buffer is the writer's from now on, so what is needed of it is taken before.
    endBytes = extent.offset + extent.length
    if (extent.kind === 'data') dataBytes += extent.length
    await writer.write(extent)
  }
  return { endBytes, dataBytes }
}

function assertSize(endBytes: number, virtualSizeBytes: number | undefined): void {
  if (virtualSizeBytes === undefined || virtualSizeBytes === endBytes) return
  throw new DiskError(
    'truncated',
    `The disk ended after ${endBytes} bytes instead of ${virtualSizeBytes}. Compare its size with the original and send it again.`,
  )
}

function readOnly(format: DiskFormat): DiskError {
  return new DiskError(
    'not-supported',
    `Images of the format ${format} are not written here. Choose raw, qcow2, vmdk or vhd.`,
  )
}

function cannotVerifyStream(): DiskError {
  return new DiskError('bad-option', 'A stream cannot be read back to verify it. Write to a file, or do not verify.')
}
