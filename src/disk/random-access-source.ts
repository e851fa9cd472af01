/** Where image bytes come from: a file, memory, later an HTTP range. Whoever opened a source closes it. */
export interface RandomAccessSource {
  readonly sizeBytes: number
  /**
   * Exactly `length` bytes from `offset`, in a buffer that the caller may keep.
   * @throws DiskError `truncated` when the range is not wholly inside the source.
   */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Buffer>
}
