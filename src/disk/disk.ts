/**
 * The algebra's noun. A disk has a size, a block size, an index of ranges, and a source of extents; everything else in
 * `algebra/` takes such things and gives such things. All offsets and lengths are in bytes of what the guest sees.
 */

/** `absent`: this layer says nothing (the layer below counts; without one it reads as zeros). `zero`: it says zeros. */
export type RangeKind = 'data' | 'zero' | 'absent'

export interface DiskRange {
  readonly offset: number
  readonly length: number
  readonly kind: RangeKind
}

export interface DataExtent extends DiskRange {
  readonly kind: 'data'
  /** `length` bytes. Valid until `release`. */
  readonly data: Buffer
  /** Gives the buffer back for reuse. Whoever forgets it loses speed, nothing else. */
  release(): void
}

export interface EmptyExtent extends DiskRange {
  readonly kind: 'zero' | 'absent'
}

export type DiskExtent = DataExtent | EmptyExtent

export interface ExtentOptions {
  /** Extents begin and end at multiples of this (a power of two up to `maxExtentBytes`), the disk's end aside. */
  readonly blockBytes?: number
  readonly signal?: AbortSignal
}

/** No data extent is larger. */
export const maxExtentBytes = 2 * 1024 ** 2

/** Whoever opened a disk closes it. */
export interface Disk extends AsyncDisposable {
  /** Undefined only for a raw stream, whose end is not known before it comes. */
  readonly virtualSizeBytes: number | undefined
  /** Granularity of its index. */
  readonly blockSizeBytes: number
  /** Bytes of the image files under it; of a stream, those that were read so far. What expansion is measured against. */
  inputBytes(): number
  /**
   * The whole disk, ascending and without gaps. A stream can be asked once.
   * A consumer that leaves early (break, throw) ends all reads that are under way before it goes on.
   */
  extents(options?: ExtentOptions): AsyncGenerator<DiskExtent, void, undefined>
  close(): Promise<void>
}

/** What a format's `open` makes of an image that can be read at any place. It owns nothing that must be closed. */
export interface DiskReader {
  readonly virtualSizeBytes: number
  readonly blockSizeBytes: number
  /** The index between two offsets: ascending, without gaps, clipped to them. */
  ranges(offset: number, length: number, signal?: AbortSignal): AsyncGenerator<DiskRange, void, undefined>
  /** Fills all of `target`, whatever lay in it; zero and absent ranges give zeros. @throws DiskError `truncated` | `corrupt` */
  readInto(target: Buffer, offset: number, signal?: AbortSignal): Promise<void>
}

/** What a format's `openStream` makes of an image that comes as a stream. */
export type StreamReader = Pick<Disk, 'virtualSizeBytes' | 'blockSizeBytes' | 'extents'>

export interface RandomAccessDisk extends Disk, DiskReader {
  readonly virtualSizeBytes: number
}
