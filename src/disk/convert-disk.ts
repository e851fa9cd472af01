/**
 * Converts one disk: extents from any format that can be read to any that can be written, in one pass and bounded memory.
 * A file appears under its name only when it is whole; whatever goes wrong, nothing is left of it.
 */
import type { Hash } from 'node:crypto'
import type { Writable } from 'node:stream'
import type { DiskFormat } from '../model/disk-formats.ts'
import { guardExpansion } from './algebra/expansion-guard.ts'
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
    const hashing = await loadHashing(request)
    const extents = decorate(request, disk, writer, virtualSizeBytes, hashing)
    const { endBytes, dataBytes } = await copy(extents, writer)
    assertSize(endBytes, virtualSizeBytes)
    await writer.finish(endBytes)
    await hashing.verify?.(target as FileTarget)
    request.signal?.throwIfAborted()
    await target.commit()
    return {
      sourceFormat: disk.format,
      targetFormat: request.targetFormat,
      virtualSizeBytes: endBytes,
      dataBytes,
      isVerified: hashing.verify !== undefined,
      ...(hashing.hash === undefined ? {} : { sha256: hashing.hash.digest('hex') }),
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

/** What is learnt of the content while it passes by. */
interface Hashing {
  readonly hash?: Hash
  readonly decorate: (extents: AsyncIterable<DiskExtent>) => AsyncIterable<DiskExtent>
  /** Reads the target back and compares. @throws DiskError `verify-failed` */
  readonly verify?: (target: FileTarget) => Promise<void>
}

/** Loaded only when asked for: a plain conversion is a short process, and each module costs it. */
async function loadHashing(request: ConvertRequest): Promise<Hashing> {
  const { hash, verify } = request
  if (hash !== true && verify !== true) return { decorate: (extents) => extents }
  const [{ createHash }, { hashExtents }, { HashTree, treeExtents }, { verifyTarget }] = await Promise.all([
    import('node:crypto'),
    import('./algebra/hash-extents.ts'),
    import('./algebra/hash-tree.ts'),
    import('./verify-target.ts'),
  ])
  const sha256 = hash === true ? createHash('sha256') : undefined
  const tree = verify === true ? new HashTree() : undefined
  return {
    ...(sha256 === undefined ? {} : { hash: sha256 }),
    decorate: (extents) => {
      const learnt = tree === undefined ? extents : treeExtents(extents, tree)
      return sha256 === undefined ? learnt : hashExtents(learnt, sha256)
    },
    ...(tree === undefined ? {} : { verify: (target) => verifyTarget(target, request, tree) }),
  }
}

function decorate(
  { limits, signal, onProgress }: ConvertRequest,
  disk: Awaited<ReturnType<typeof openAnyDisk>>,
  { blockBytes }: DiskWriter,
  virtualSizeBytes: number | undefined,
  hashing: Hashing,
): AsyncIterable<DiskExtent> {
  let extents: AsyncIterable<DiskExtent> = disk.extents({ blockBytes, ...(signal === undefined ? {} : { signal }) })
  extents = guardExpansion(extents, () => disk.inputBytes(), { ...defaultDiskLimits, ...limits })
  extents = hashing.decorate(extents)
  return onProgress === undefined ? extents : withProgress(extents, virtualSizeBytes, onProgress)
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
