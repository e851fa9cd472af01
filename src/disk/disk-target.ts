/** Where image bytes go: a file, or a one-way stream. */
export interface DiskTarget {
  /** False: what is written must follow what was written before; what is left out between is filled with zeros. */
  readonly isSeekable: boolean
  /** Writes all of `bytes` at `offset`. Several calls may be under way at once; a stream keeps their order. */
  write(offset: number, bytes: Buffer): Promise<void>
  /** Ends the image here; what was not written reads as zeros. */
  setSize(sizeBytes: number): Promise<void>
  /** Another file beside this one with this name's ending, kept or dropped together with it; absent for streams. */
  createSibling?(suffix: string): Promise<{ readonly name: string; readonly target: DiskTarget }>
}

/** A target as its maker sees it: in the end exactly one of the two is called. */
export interface OwnedTarget extends DiskTarget {
  /** Makes what was written durable and visible under its name. */
  commit(): Promise<void>
  /** Leaves nothing behind. Never throws. */
  discard(): Promise<void>
}
