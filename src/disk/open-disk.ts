/**
 * Opens a disk image for reading. Only what the caller hands over is read: other files that the image names are opened by
 * the caller's own resolver, or not at all.
 */
import type { DiskFormat } from '../model/disk-formats.ts'
import { detectFormat } from './detect-format.ts'
import { DiskError, tooLarge } from './disk-error.ts'
import type { DiskReader, RandomAccessDisk } from './disk.ts'
import { openFileSource } from './file-source.ts'
import type { OpenContext } from './formats/format.ts'
import { diskFormatModule } from './formats/index.ts'
import { defaultDiskLimits } from './limits.ts'
import type { DiskLimits } from './limits.ts'
import { randomAccessDisk } from './random-access-disk.ts'
import type { OwnedSource, RandomAccessSource } from './random-access-source.ts'
import type { RefusableReference, ResolveReference } from './references.ts'

export interface OpenDiskOptions {
  /** What the image is; content of any other format is refused. Without it the marks of the image decide. */
  readonly format?: DiskFormat
  /** Name or id of an internal snapshot (qcow2). */
  readonly snapshot?: string
  /** Without it, every image that needs another file is refused. */
  readonly resolve?: ResolveReference
  readonly limits?: Partial<DiskLimits>
  readonly signal?: AbortSignal
}

/** Layers below each other, split disks counted as one. */
const maxDepth = 64

/**
 * @param image a path, or a source that stays the caller's
 * @throws DiskError for what the image is; the file system's own errors and the signal's reason pass through
 */
export async function openDisk(
  image: string | RandomAccessSource,
  options: OpenDiskOptions = {},
): Promise<RandomAccessDisk & { readonly format: DiskFormat }> {
  const opening = new Opening(options)
  try {
    const source = typeof image === 'string' ? opening.own(await openFileSource(image)) : image
    const { reader, format } = await opening.open(source, options.format, options.snapshot)
    const inputBytes = source.sizeBytes + opening.referencedBytes
    const disk = randomAccessDisk(reader, { inputBytes: () => inputBytes, close: () => opening.close() })
    return { ...disk, format }
  } catch (error) {
    await opening.close()
    throw error
  }
}

/** All files of one disk, from the first to the lowest layer. */
class Opening {
  readonly #options: OpenDiskOptions
  readonly #limits: DiskLimits
  readonly #owned: OwnedSource[] = []
  /** Files from the first to the one being opened: one that comes again is a loop. */
  readonly #path: string[] = []
  referencedBytes = 0

  constructor(options: OpenDiskOptions) {
    this.#options = options
    this.#limits = { ...defaultDiskLimits, ...options.limits }
  }

  own(source: OwnedSource): OwnedSource {
    this.#owned.push(source)
    return source
  }

  async close(): Promise<void> {
    await Promise.all(this.#owned.splice(0).map((source) => source.close()))
  }

  async open(
    source: RandomAccessSource,
    declaredFormat: DiskFormat | undefined,
    snapshot?: string,
  ): Promise<{ readonly reader: DiskReader; readonly format: DiskFormat }> {
    const { signal } = this.#options
    const identity = source.identity ?? `source ${this.#path.length}`
    if (this.#path.includes(identity)) throw loop()
    if (this.#path.length >= maxDepth) throw tooLarge('The number of layers', `${maxDepth}`)
    this.#path.push(identity)
    const format = await detectFormat(source, declaredFormat, signal)
    const { open } = diskFormatModule(format)
    if (open === undefined) throw inspectedOnly(format)
    const context: OpenContext = {
      limits: this.#limits,
      ...(signal === undefined ? {} : { signal }),
      ...(snapshot === undefined ? {} : { snapshot }),
      openFile: (reference) => this.#openFile(reference),
      openDisk: async (reference, check) => {
        const file = await this.#openFile(reference)
        // A layer whose format is not written down would have to be guessed from what a guest could write.
        if (reference.format === undefined) throw formatUnknown()
        await check?.(file)
        return (await this.open(file, reference.format)).reader
      },
    }
    const reader = await open(source, context)
    this.#path.pop()
    return { reader, format }
  }

  async #openFile(reference: RefusableReference): Promise<RandomAccessSource> {
    const { refusal, ...plain } = reference
    const source = reference.names.length === 0 ? undefined : await this.#options.resolve?.(plain)
    if (source === undefined) throw refusal()
    this.referencedBytes += source.sizeBytes
    return this.own(source)
  }
}

function loop(): DiskError {
  return new DiskError('corrupt', 'The image has itself among the files that it stands on. Restore it from its source.')
}

function formatUnknown(): DiskError {
  return new DiskError(
    'backing-file',
    'The image does not say which format its backing file has, and guessing it is unsafe. Write it down with qemu-img rebase -u -F FORMAT.',
  )
}

function inspectedOnly(format: DiskFormat): DiskError {
  return new DiskError(
    'not-supported',
    `Disks of the format ${format} can be inspected, not read. Convert the image to qcow2 with another tool first.`,
  )
}
