/** Where image bytes come from: a file, memory, later an HTTP range. Whoever opened a source closes it. */
export interface RandomAccessSource {
  readonly sizeBytes: number
  /**
   * Exactly `length` bytes from `offset`, in a buffer that the caller may keep.
   * @throws DiskError `truncated` when the range is not wholly inside the source.
   */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Buffer>
  /** Fills all of `target` from `offset`. @throws DiskError `truncated` */
  readInto(target: Buffer, offset: number, signal?: AbortSignal): Promise<void>
  /** How to ask for its holes; resolves to undefined where the system cannot tell them. Absent for memory. */
  loadStretches?(): Promise<FindStretch | undefined>
  /** Says that two sources are the same file; absent for memory. */
  readonly identity?: string
}

/** The stretch that begins at `offset`: whether it holds data or is a hole, and where it ends. */
export type FindStretch = (offset: number) => SourceStretch

export interface SourceStretch {
  readonly hasData: boolean
  readonly endOffset: number
}

/** A source that its holder must close. */
export interface OwnedSource extends RandomAccessSource, AsyncDisposable {
  close(): Promise<void>
}
