/** Where image bytes are kept. A port: a folder today, an S3-compatible store behind the same words later. */
import type { Readable } from 'node:stream'
import type { RandomAccessSource } from '../disk/random-access-source.ts'
import type { ImageId } from '../model/ids.ts'

/** Bytes on their way in; nobody sees them before `commit`. Ends with exactly one of `commit` and `abort`. */
export interface IncomingImage {
  /** Appends; resolves when the store has taken the bytes. @throws with code ENOSPC when the store is full */
  write(chunk: Uint8Array): Promise<void>
  /** What was written so far, for inspection; good until commit or abort. */
  source(): Promise<RandomAccessSource>
  /**
   * Makes the bytes durable, asks at the last moment whether they are wanted, then makes them visible at once and whole.
   * A file that lay there before that question is what a crash left, and is replaced.
   * @throws what `confirm` throws; with code EEXIST when another's bytes became visible since the question
   */
  commit(confirm: () => Promise<void>): Promise<void>
  /** Leaves nothing of its own behind, before a commit and after; others' bytes stay. */
  abort(): Promise<void>
}

/** Both ends belong to it. */
export interface ByteRange {
  readonly first: number
  readonly last: number
}

export interface ImageStore {
  begin(imageId: ImageId): Promise<IncomingImage>
  /** The file, or a part of it; it stays readable to its end even when it is removed meanwhile. @returns undefined when there is none */
  read(imageId: ImageId, part?: ByteRange): Promise<Readable | undefined>
  /** Of the file in bytes; undefined when there is none. */
  sizeOf(imageId: ImageId): Promise<number | undefined>
  /** Removing what is not there is fine. */
  remove(imageId: ImageId): Promise<void>
  /**
   * Removes what crashes left behind: files for which `isKept` answers false, and beginnings that nobody writes any more,
   * which is what those are that were not written to for `idleMs`.
   * @returns how many files went
   */
  sweep(isKept: (imageId: ImageId) => Promise<boolean>, idleMs: number): Promise<number>
  /** A path on this machine, for a reader that needs no copy; undefined when the store is elsewhere. */
  localPath(imageId: ImageId): string | undefined
}
