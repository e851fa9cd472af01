/** What a disk format offers the engine. A folder per format, the same file names in each; nothing knows pairs of formats. */
import type { DiskFormat } from '../../model/disk-formats.ts'
import type { ByteStream } from '../byte-stream.ts'
import type { DiskReader, StreamReader } from '../disk.ts'
import type { DiskTarget } from '../disk-target.ts'
import type { DiskWriter } from '../disk-writer.ts'
import type { DiskLimits } from '../limits.ts'
import type { RandomAccessSource } from '../random-access-source.ts'
import type { DiskReference, RefusableReference } from '../references.ts'
import type { FormatOptions } from './format-options.ts'

/** What sniffers see: never more than the two ends of a file. */
export interface SniffInput {
  /** The first bytes: `sniffHeadBytes` of them, or the whole file when it is shorter. */
  readonly head: Buffer
  /** The last 512 bytes; absent while a file is still arriving. */
  readonly tail?: Buffer
}

/** Enough for the latest magic number of all: ISO 9660's at 0x8001. */
export const sniffHeadBytes = 0x8006

export interface InspectContext {
  readonly limits: DiskLimits
  readonly signal?: AbortSignal
  /** Reports the other files that the image names, instead of refusing it for them. They are not opened. */
  readonly allowReferences?: boolean
}

export type DetailValue = string | number | boolean

export interface DiskInspection {
  readonly format: DiskFormat
  /** Kind within the format: `streamOptimized`, `dynamic`, `v3` … */
  readonly variant: string
  readonly virtualSizeBytes: number
  readonly fileSizeBytes: number
  /** Guest data that the mapping tables say is present, before decompression; the file's size where there are no tables. */
  readonly allocatedBytes: number
  /** `part` when tables were too large to check within the limits: what was checked was right. */
  readonly tablesChecked: 'all' | 'part'
  /** Particulars of the format, for people and `disk info`. */
  readonly details: Readonly<Record<string, DetailValue>>
  /** Other files that the image cannot be read without; only with `allowReferences`. Names come out of the image: quote, never open. */
  readonly references?: readonly DiskReference[]
}

export interface OpenContext {
  readonly limits: DiskLimits
  readonly signal?: AbortSignal
  /** Name or id of an internal snapshot to read instead of the disk's present state. */
  readonly snapshot?: string
  /** Opens a file that the image names, if the caller allows it. @throws the reference's refusal otherwise */
  openFile(reference: RefusableReference): Promise<RandomAccessSource>
  /** The same for a file that is a disk image itself. @param check judges the file before it is opened as a disk */
  openDisk(reference: RefusableReference, check?: (source: RandomAccessSource) => Promise<void>): Promise<DiskReader>
}

export interface CreateContext {
  readonly options: FormatOptions
  /** Undefined when the disk is a stream of unknown length. */
  readonly virtualSizeBytes: number | undefined
}

/** Space of the file that is taken and that nothing refers to. */
export interface SpaceUse {
  readonly leakedClusters: number
  readonly leakedBytes: number
}

export interface DiskFormatModule {
  readonly format: DiskFormat
  /** True when the bytes carry this format's mark. Cheap, and never throws. */
  sniff(input: SniffInput): boolean
  /** Checks headers and tables. @throws DiskError, and nothing else but what the source itself throws. */
  inspect(source: RandomAccessSource, context: InspectContext): Promise<DiskInspection>
  /** Reads the disk; all that `inspect` refuses is refused here too, but for references. Absent: inspected only. */
  open?(source: RandomAccessSource, context: OpenContext): Promise<DiskReader>
  /** Reads the disk from a stream in one pass; absent where the format does not allow it. */
  openStream?(stream: ByteStream, context: Pick<OpenContext, 'limits' | 'signal'>): Promise<StreamReader>
  /** Holds what the image counts as used against what it uses. Absent: the format keeps no such counts. @throws DiskError */
  checkUse?(source: RandomAccessSource, context: InspectContext): Promise<SpaceUse>
  /** Begins a new image. Absent: read only. */
  create?(target: DiskTarget, context: CreateContext): Promise<DiskWriter>
}
