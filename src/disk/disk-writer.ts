import type { DiskExtent } from './disk.ts'

/** What a format's `create` makes: takes the extents of a whole disk in order and writes them as an image. */
export interface DiskWriter {
  /** Extents must begin and end at multiples of this, the disk's end aside. */
  readonly blockBytes: number
  /** Resolves when the next extent may come; the write itself may still be under way. Releases the extent's buffer. */
  write(extent: DiskExtent): Promise<void>
  /** Writes what is left: tables, headers. The image is whole when it resolves. */
  finish(virtualSizeBytes: number): Promise<void>
  /** After a failure: resolves when no write is under way. */
  settle(): Promise<void>
}
