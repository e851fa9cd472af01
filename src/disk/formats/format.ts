/** What a disk format offers the engine. A folder per format, the same file names in each; nothing knows pairs of formats. */
import type { DiskFormat } from '../../model/disk-formats.ts'
import type { DiskLimits } from '../limits.ts'
import type { RandomAccessSource } from '../random-access-source.ts'

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
}

export interface DiskFormatModule {
  readonly format: DiskFormat
  /** True when the bytes carry this format's mark. Cheap, and never throws. */
  sniff(input: SniffInput): boolean
  /** Checks headers and tables. @throws DiskError, and nothing else but what the source itself throws. */
  inspect(source: RandomAccessSource, context: InspectContext): Promise<DiskInspection>
}
